// Submissions decided and stored a second on one process, beside a Fastify route that only validates and stores.
// Reported, not asserted: node bench/backend.mjs [seconds]
import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import autocannon from 'autocannon';
import { Pack } from '@thutuc/node';

const root = fileURLToPath(new URL('..', import.meta.url));
const seconds = Number(process.argv[2] ?? 8);
const MOMENT = '2026-11-23T09:00';
const pack = Pack.load(join(root, 'dist/site/pack.bundle'));
const { facts, papers } = JSON.parse(readFileSync(join(root, 'test/journeys.json'), 'utf8')).find((one) => one.procedure === '1.004222');
const all = { ...facts, 'submission.documents': papers.map((id) => (id === 'lease' ? 'lease_contract' : id)) };
const promised = pack.promise('1.004222', all, { asOf: '2026-11-23', receivedAt: MOMENT });
const bodyOf = (told) => JSON.stringify({ procedure: '1.004222', facts: told, promised });

/** The same facts by their groups, as the schema has them. */
function nested(flat) {
  const groups = {};
  for (const [name, value] of Object.entries(flat)) {
    const at = name.indexOf('.');
    (groups[name.slice(0, at)] ??= {})[name.slice(at + 1)] = value;
  }
  return groups;
}

for (const [name, script, options, body] of [
  ['validates with JSON Schema and stores', 'bench/plain.mjs', [], bodyOf(nested(all))],
  ['decides, enforces the promise and stores', 'dist/server/main.js', ['--at', MOMENT, '--submissions-per-minute', '100000000', '--requests-per-minute', '100000000'], bodyOf(all)],
]) {
  const data = mkdtempSync(join(tmpdir(), 'thutuc-bench-'));
  const server = spawn(process.execPath, [script, '--port', '0', '--data', data, ...options], { cwd: root, stdio: ['ignore', 'pipe', 'inherit'] });
  const url = await new Promise((ready) => {
    let said = '';
    server.stdout.on('data', (text) => {
      said = (said + text).slice(-10_000);
      const found = /^http:\/\/\S+$/m.exec(said);
      if (found) ready(found[0]);
    });
  });
  const run = (duration) => autocannon({ url: `${url}/api/submissions`, method: 'POST', headers: { 'content-type': 'application/json' }, body, connections: 64, duration });
  await run(2);
  const result = await run(seconds);
  console.log(`${name}: ${Math.round(result.requests.average)} a second, p50 ${result.latency.p50} ms, p99 ${result.latency.p99} ms, ${result['2xx']} taken, ${result.non2xx} refused`);
  server.kill();
  await new Promise((ended) => server.once('exit', ended));
  rmSync(data, { recursive: true });
}
