// `node dist/server/main.js`: serves the site and takes submissions.
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { Pack, now } from '@thutuc/node';
import { buildApp } from './app.js';
import { backUp } from './backup.js';
import { PostgresStore } from './postgres.js';
import { Secrets } from './secrets.js';
import { SqliteStore } from './sqlite.js';

const HELP = `node dist/server/main.js [options]
  --port N                     where to listen (8080)
  --host ADDRESS               on which address (127.0.0.1)
  --data FOLDER                where cases, the key of their secrets and backups are kept (data)
  --database URL               cases in PostgreSQL instead, such as postgres://user@host/cases
  --agency CODE                begins every case number (000.00.00.H26)
  --portal ORIGIN              a portal that may embed the form; may be given again
  --office-token-file FILE     opens the office's routes to whoever knows the file's text
  --submissions-per-minute N   from one address (60)
  --requests-per-minute N      of any kind from one address (600)
  --at MOMENT                  a rehearsal: the clock begins at this moment, such as 2026-11-20T09:00
`;
const DAY = 86_400_000;

const { values: given } = parseArgs({
  options: {
    port: { type: 'string', default: '8080' },
    host: { type: 'string', default: '127.0.0.1' },
    data: { type: 'string', default: 'data' },
    database: { type: 'string' },
    agency: { type: 'string', default: '000.00.00.H26' },
    portal: { type: 'string', multiple: true, default: [] },
    'office-token-file': { type: 'string' },
    'submissions-per-minute': { type: 'string', default: '60' },
    'requests-per-minute': { type: 'string', default: '600' },
    at: { type: 'string' },
    help: { type: 'boolean', default: false },
  },
});
if (given.help) {
  process.stdout.write(HELP);
  process.exit(0);
}

const site = fileURLToPath(new URL('../site', import.meta.url));
const store = given.database === undefined ? new SqliteStore(given.data, given.agency) : await PostgresStore.open(given.database, given.agency);
const clock = clockFrom(given.at);
let backedUpAt: Date | null = null;
const app = await buildApp({
  pack: Pack.load(`${site}/pack.bundle`),
  store,
  secrets: new Secrets(given.data),
  site,
  clock,
  portals: given.portal,
  officeToken: given['office-token-file'] && readFileSync(given['office-token-file'], 'utf8').trim(),
  submissionsPerMinute: Number(given['submissions-per-minute']),
  requestsPerMinute: Number(given['requests-per-minute']),
  log: true,
  backedUpAt: () => backedUpAt,
});

const daily = setInterval(() => void backUpNow(), DAY);
daily.unref();
await backUpNow();
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => void leave());
const address = await app.listen({ port: Number(given.port), host: given.host });
process.stdout.write(`${address}\n`);

async function backUpNow(): Promise<void> {
  try {
    const { cases, decided } = await backUp(store, given.data, now(clock()).asOf);
    backedUpAt = clock();
    app.log.info({ cases, decided }, 'backed up and restored');
  } catch (error) {
    app.log.error({ reason: (error as Error).message }, 'the backup failed');
  }
}

async function leave(): Promise<void> {
  clearInterval(daily);
  await app.close();
  await store.close();
}

/** The server's clock, or one that begins at a moment in Vietnam and goes on from there. */
function clockFrom(moment: string | undefined): () => Date {
  if (moment === undefined) return () => new Date();
  const begins = Date.parse(`${moment}:00+07:00`);
  if (Number.isNaN(begins)) throw new Error(`--at ${moment}: a moment looks like 2026-11-20T09:00`);
  const started = Date.now();
  return () => new Date(begins + Date.now() - started);
}
