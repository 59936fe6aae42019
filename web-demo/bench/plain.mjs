// What the backend is compared with: validates a submission with JSON Schema, stores it, and decides nothing.
import { randomUUID } from 'node:crypto';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { Pack } from '@thutuc/node';
import Database from 'better-sqlite3';
import Fastify from 'fastify';

const { values } = parseArgs({ options: { port: { type: 'string' }, data: { type: 'string' } } });
mkdirSync(values.data, { recursive: true });
const db = new Database(join(values.data, 'plain.sqlite'));
db.pragma('journal_mode = wal');
db.pragma('synchronous = full');
db.exec('create table cases (id text primary key, body text not null) strict');
const insert = db.prepare('insert into cases values (?, ?)');
// As the backend does: those that arrive together share one sync.
let waiting = [];
const store = (id, body) => new Promise((stored) => {
  waiting.push({ id, body, stored });
  if (waiting.length > 1) return;
  setImmediate(() => {
    const batch = waiting;
    waiting = [];
    db.transaction(() => { for (const one of batch) insert.run(one.id, one.body); }).immediate();
    for (const one of batch) one.stored();
  });
});
// The facts as the pack's JSON Schema has them, nested by their groups.
const schema = Pack.load(new URL('../dist/site/pack.bundle', import.meta.url).pathname).factSchema('1.004222');
const app = Fastify({ ajv: { customOptions: { coerceTypes: false, removeAdditional: false, strict: false } } });
app.post('/api/submissions', {
  schema: { body: { type: 'object', required: ['procedure', 'facts', 'promised'], properties: { procedure: { type: 'string' }, facts: schema, promised: { type: 'object' } } } },
}, async (request, reply) => {
  const id = randomUUID();
  await store(id, JSON.stringify(request.body));
  return reply.code(201).send({ id });
});
console.log(await app.listen({ port: Number(values.port) }));
