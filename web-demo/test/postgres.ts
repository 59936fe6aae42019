// A PostgreSQL of the tests' own, where the machine has one.
import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { chmodSync, chownSync, existsSync, mkdtempSync, readdirSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** The folder of the server's programs; null: there is none. */
export function programs(): string | null {
  const base = '/usr/lib/postgresql';
  const version = existsSync(base) ? readdirSync(base).map(Number).sort((a, b) => a - b).at(-1) : undefined;
  const folder = version === undefined ? null : join(base, String(version), 'bin');
  return folder !== null && existsSync(join(folder, 'postgres')) ? folder : null;
}

export interface Cluster {
  url: string;
  stop(): Promise<void>;
}

/** A cluster in a folder of its own, reached by a socket there. */
export async function cluster(bin: string): Promise<Cluster> {
  const folder = mkdtempSync(join(tmpdir(), 'thutuc-pg-'));
  chmodSync(folder, 0o755);
  // PostgreSQL does not run as root.
  const ids = process.getuid?.() === 0 ? idsOf('postgres') : undefined;
  if (ids !== undefined) chownSync(folder, ids.uid, ids.gid);
  const data = join(folder, 'data');
  const made = spawnSync(join(bin, 'initdb'), ['-D', data, '-U', 'thutuc', '-A', 'trust', '-E', 'UTF8', '--no-locale'], { ...ids, cwd: folder, encoding: 'utf8' });
  if (made.status !== 0) throw new Error(made.stderr);
  const server: ChildProcess = spawn(join(bin, 'postgres'), ['-D', data, '-k', folder, '-c', 'listen_addresses='], { ...ids, cwd: folder, stdio: 'ignore' });
  const ready = () => spawnSync(join(bin, 'pg_isready'), ['-h', folder, '-U', 'thutuc', '-d', 'postgres']).status === 0;
  for (let tries = 0; !ready(); tries += 1) {
    if (tries > 100) throw new Error('PostgreSQL did not start');
    await new Promise((later) => setTimeout(later, 100));
  }
  return {
    url: `postgres://thutuc@/postgres?host=${encodeURIComponent(folder)}`,
    stop: () => new Promise((ended) => {
      server.once('exit', () => ended());
      server.kill('SIGINT');
    }),
  };
}

function idsOf(user: string): { uid: number; gid: number } {
  const [uid, gid] = ['-u', '-g'].map((what) => Number(spawnSync('id', [what, user], { encoding: 'utf8' }).stdout));
  return { uid: uid!, gid: gid! };
}
