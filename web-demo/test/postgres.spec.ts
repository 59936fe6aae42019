// The same backend with its cases in PostgreSQL.
import { join } from 'node:path';
import { expect, test } from '@playwright/test';
import { checkBackup, folder, post, start, submission } from './backend.js';
import { cluster, programs, type Cluster } from './postgres.js';

const bin = programs();
test.skip(bin === null, 'there is no PostgreSQL on this machine');
test.describe.configure({ mode: 'serial' });

let database: Cluster;
test.beforeAll(async () => { database = await cluster(bin!); });
test.afterAll(() => database.stop());

interface Receipt { number: string; secret: string }
const open = (url: string, { number, secret }: Receipt) => fetch(`${url}/api/cases/${number}`, { headers: { authorization: `Bearer ${secret}` } });

test('cases are taken, opened, sent again, backed up and restored', async () => {
  const data = folder();
  const backend = await start(data, '--database', database.url);
  const headers = { 'idempotency-key': 'attempt-in-postgres' };
  const first = await (await post(backend.url, submission(), headers)).json() as Receipt;
  expect(first.number).toMatch(/^000\.00\.00\.H26-261123-0001$/);
  const again = await post(backend.url, submission(), headers);
  expect([again.status, await again.json()]).toEqual([200, first]);
  expect(await (await open(backend.url, first)).json()).toMatchObject({ fee: 10000, dueOn: '2026-12-03', state: 'on_time' });
  expect((await open(backend.url, { ...first, secret: 'x' })).status).toBe(404);
  expect((await post(backend.url, { ...submission(), promised: { ...submission().promised, fee: 1 } })).status).toBe(409);
  expect(await (await fetch(`${backend.url}/api/health`)).json()).toMatchObject({ status: 'ok' });
  await backend.stop();
  await (await start(data, '--database', database.url)).stop();
  expect(checkBackup(join(data, 'backups', 'cases-2026-11-23.sqlite'))).toMatchObject({ status: 0, said: expect.stringContaining('1 cases; 1 decisions made again') });
});

test('two servers on one database give every case its own number; one killed loses nothing', async () => {
  const data = folder();
  const servers = [await start(data, '--database', database.url), await start(data, '--database', database.url)];
  const acknowledged: Receipt[] = [];
  let going = true;
  const person = async (url: string) => {
    while (going) {
      const answer = await post(url, submission('2.000815')).then((response) => (response.status === 201 ? response.json() : null), () => null) as Receipt | null;
      if (answer === null) break;
      acknowledged.push(answer);
    }
  };
  const people = servers.flatMap(({ url }) => Array.from({ length: 8 }, () => person(url)));
  await new Promise((ready) => setTimeout(ready, 1500));
  servers[0]!.process.kill('SIGKILL');
  await new Promise((ready) => setTimeout(ready, 500));
  going = false;
  await Promise.all(people);
  expect(acknowledged.length).toBeGreaterThan(50);
  expect(new Set(acknowledged.map((one) => one.number)).size).toBe(acknowledged.length);
  for (const receipt of acknowledged.slice(-40)) expect((await open(servers[1]!.url, receipt)).status).toBe(200);
  await servers[1]!.stop();
});
