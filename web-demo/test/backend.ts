// The backend as a process of its own, and submissions to it.
import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Pack, type Facts } from '@thutuc/node';
import { journey } from './form.js';
import { MOMENT } from './place.js';

const root = fileURLToPath(new URL('..', import.meta.url));

export const pack = Pack.load(join(root, 'dist/site/pack.bundle'));

/** A folder of its own for the data of a server. */
export const folder = (): string => mkdtempSync(join(tmpdir(), 'thutuc-backend-'));

export interface Backend {
  url: string;
  process: ChildProcess;
  log(): string;
  stop(): Promise<void>;
}

/** Starts the server; it listens on a port of its own. */
export async function start(data: string, ...options: string[]): Promise<Backend> {
  const server = spawn(process.execPath, ['dist/server/main.js', '--port', '0', '--data', data, '--at', MOMENT, '--submissions-per-minute', '1000000', ...options], { cwd: root });
  let said = '';
  let logged = '';
  server.stderr.on('data', (text: Buffer) => { logged += text.toString(); });
  const url = await new Promise<string>((ready, failed) => {
    server.stdout.on('data', (text: Buffer) => {
      logged += text.toString();
      said += text.toString();
      const found = /^http:\/\/\S+$/m.exec(said);
      if (found) ready(found[0]);
    });
    server.once('exit', (code) => failed(new Error(`the server ended with ${code}: ${logged}`)));
  });
  const stop = () => new Promise<void>((ended) => {
    if (server.exitCode !== null || server.signalCode !== null) return ended();
    server.once('exit', () => ended());
    server.kill('SIGTERM');
  });
  return { url, process: server, log: () => logged, stop };
}

/** What the form of a journey hands in. */
export function submission(procedure = '1.004222', more: Facts = {}): { procedure: string; facts: Facts; promised: ReturnType<Pack['promise']> } {
  const { facts, papers } = journey(procedure);
  const handedIn = papers.map((id) => (id === 'lease' ? 'lease_contract' : id));
  const all = { ...facts, 'submission.documents': handedIn, ...more };
  return { procedure, facts: all, promised: pack.promise(procedure, all, { asOf: MOMENT.slice(0, 10), receivedAt: MOMENT }) };
}

export function post(url: string, body: unknown, headers: Record<string, string> = {}): Promise<Response> {
  return fetch(`${url}/api/submissions`, { method: 'POST', headers: { 'content-type': 'application/json', ...headers }, body: typeof body === 'string' ? body : JSON.stringify(body) });
}

/** Checks a backup with the program for it. */
export function checkBackup(path: string): { status: number | null; said: string } {
  const { status, stdout, stderr } = spawnSync(process.execPath, ['dist/server/backup-main.js', path], { cwd: root, encoding: 'utf8' });
  return { status, said: stdout + stderr };
}
