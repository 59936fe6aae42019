// The backend by itself: what it takes, what it refuses, what it keeps.
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from '@playwright/test';
import { checkBackup, folder, post, start, submission, type Backend } from './backend.js';

let backend: Backend;
let data: string;
const OFFICE = 'office-token-of-the-tests';

test.beforeAll(async () => {
  data = folder();
  writeFileSync(join(data, 'token'), OFFICE);
  backend = await start(data, '--office-token-file', join(data, 'token'), '--portal', 'https://portal.example');
});
test.afterAll(() => backend.stop());

interface Receipt { number: string; secret: string }
const read = async (response: Response) => (await response.json()) as Receipt & { code: string; detail: string; differences: { part: string }[]; status: number; missing: { fact: string }[]; unmet: { id: string }[] };
const open = ({ number, secret }: Receipt, url = backend.url) => fetch(`${url}/api/cases/${number}`, { headers: { authorization: `Bearer ${secret}` } });

test('a submission is taken, and its case opens with its secret only', async () => {
  const taken = await post(backend.url, submission());
  expect(taken.status).toBe(201);
  const receipt = await read(taken);
  expect(receipt.number).toMatch(/^000\.00\.00\.H26-261123-\d{4}$/);
  const shown = await (await open(receipt)).json();
  expect(shown).toMatchObject({ number: receipt.number, fee: 10000, dueOn: '2026-12-03', state: 'on_time', authority: 'Công an cấp xã', apology: null });
  expect(shown.documents.map((one: { id: string }) => one.id)).toEqual(['ct01', 'lease']);
  for (const secret of ['', 'x', receipt.secret.slice(0, -1), `${receipt.secret.slice(0, -1)}${receipt.secret.endsWith('A') ? 'B' : 'A'}`]) {
    const refused = await open({ ...receipt, secret });
    expect(refused.status).toBe(404);
    expect((await read(refused)).code).toBe('no-such-case');
  }
  expect((await open({ number: '000.00.00.H26-261123-9999', secret: receipt.secret })).status).toBe(404);
});

test('sent again it is the same case; with other contents it is refused', async () => {
  const headers = { 'idempotency-key': 'attempt-of-the-tests' };
  const first = await read(await post(backend.url, submission(), headers));
  const again = await post(backend.url, submission(), headers);
  expect(again.status).toBe(200);
  expect(await read(again)).toEqual(first);
  const other = await post(backend.url, submission('2.000815'), headers);
  expect([other.status, (await read(other)).code]).toEqual([422, 'attempt-reused']);
});

test('what the form could not have promised is refused', async () => {
  const good = submission();
  for (const [promised, part] of [[{ fee: 1 }, 'fee'], [{ packHash: '0'.repeat(64) }, 'packHash'], [{ documents: ['ct01'] }, 'documents'], [{ dueOn: '2026-12-31' }, 'dueOn']] as const) {
    const refused = await post(backend.url, { ...good, promised: { ...good.promised, ...promised } });
    const problem = await read(refused);
    expect([refused.status, problem.code, problem.differences.map((one) => one.part)]).toEqual([409, 'submission-differs', [part]]);
    expect(refused.headers.get('content-type')).toContain('application/problem+json');
  }
});

test('a refused, an incomplete, a wrong submission is told why', async () => {
  const small = await read(await post(backend.url, submission('1.004222', { 'residence.area_per_person': '6' })));
  expect([small.code, small.unmet.map((one) => one.id)]).toEqual(['submission-refused', ['rent_area']]);
  const { 'residence.basis': _, ...facts } = submission().facts as Record<string, unknown>;
  const incomplete = await read(await post(backend.url, { ...submission(), facts }));
  expect(incomplete.code).toBe('submission-incomplete');
  const wrong = await read(await post(backend.url, submission('1.004222', { 'residence.area_per_person': 'x' })));
  expect(wrong.code).toBe('bad-facts');
  const unknown = await read(await post(backend.url, { ...submission(), procedure: '9.999999' }));
  expect(unknown.code).toBe('unknown-procedure');
});

test('huge and malformed bodies get a problem document', async () => {
  for (const [body, status, code] of [
    ['{"procedure":', 400, 'malformed-body'],
    ['[]', 400, 'malformed-body'],
    [{ ...submission(), promised: { packHash: 'x' } }, 400, 'malformed-body'],
    [{ ...submission(), surprise: 1 }, 400, 'malformed-body'],
    [{ ...submission(), facts: { text: 'x'.repeat(70_000) } }, 413, 'body-too-large'],
  ] as const) {
    const refused = await post(backend.url, body);
    expect([refused.status, (await read(refused)).code]).toEqual([status, code]);
  }
  const text = await fetch(`${backend.url}/api/submissions`, { method: 'POST', headers: { 'content-type': 'text/plain' }, body: 'x' });
  expect(text.status).toBe(415);
  expect((await fetch(`${backend.url}/api/nothing`)).status).toBe(404);
});

test('headers, portals, OpenAPI, health, metrics', async () => {
  expect((await post(backend.url, submission())).status).toBe(201);
  const page = await fetch(`${backend.url}/thu-tuc/1.004222`);
  const policy = page.headers.get('content-security-policy') ?? '';
  expect(policy).toContain("default-src 'none'");
  expect(policy).not.toContain('unsafe-inline');
  expect(policy).not.toContain("'unsafe-eval'");
  expect(page.headers.get('x-content-type-options')).toBe('nosniff');
  const allowed = await fetch(`${backend.url}/api/submissions`, { method: 'OPTIONS', headers: { origin: 'https://portal.example' } });
  expect([allowed.status, allowed.headers.get('access-control-allow-origin')]).toEqual([204, 'https://portal.example']);
  const stranger = await fetch(`${backend.url}/api/health`, { headers: { origin: 'https://other.example' } });
  expect(stranger.headers.get('access-control-allow-origin')).toBeNull();
  const api = await (await fetch(`${backend.url}/api/openapi.json`)).json();
  expect(Object.keys(api.paths)).toEqual(expect.arrayContaining(['/api/submissions', '/api/cases/{number}', '/api/health']));
  expect(await (await fetch(`${backend.url}/api/health`)).json()).toMatchObject({ status: 'ok', backedUpAt: expect.any(String) });
  const metrics = await (await fetch(`${backend.url}/api/metrics`)).text();
  expect(metrics).toMatch(/thutuc_cases \d+/);
  expect(metrics).toContain('thutuc_submissions_total{outcome="accepted"}');
});

test('too many submissions from one address are slowed down', async () => {
  const slow = await start(folder(), '--submissions-per-minute', '3');
  const answers = [];
  for (let at = 0; at < 5; at += 1) answers.push((await post(slow.url, submission())).status);
  expect(answers).toEqual([201, 201, 201, 429, 429]);
  await slow.stop();
});

test('the log knows no person, number or secret', async () => {
  const receipt = await read(await post(backend.url, submission()));
  await (await open(receipt)).json();
  await post(backend.url, { ...submission(), facts: { 'applicant.full_name': 'Nguyễn Văn An', x: 1 } });
  await post(backend.url, '{"facts": "Nguyễn Văn An');
  await expect.poll(() => backend.log()).toContain('"route":"/api/cases/:number"');
  await expect.poll(() => backend.log()).toContain('"status":400');
  const log = backend.log();
  for (const private_ of ['Nguyễn', 'Văn An', '001090000123', receipt.number, receipt.secret, '1990-05-01']) expect(log).not.toContain(private_);
});

test('the deadline: due soon, late with the apology, answered', async () => {
  const receipt = await read(await post(backend.url, submission()));
  const states = [];
  await backend.stop();
  for (const moment of ['2026-12-01T09:00', '2026-12-02T09:00', '2026-12-03T16:00', '2026-12-04T08:00']) {
    const later = await start(data, '--at', moment, '--office-token-file', join(data, 'token'));
    const shown = await (await open(receipt, later.url)).json();
    states.push(shown.state);
    if (shown.state === 'late') {
      expect(shown.apology.text).toContain('03/12/2026');
      expect(shown.apology.citations[0].text).toContain('03/2025/TT-VPCP');
      const put = (token: string) => fetch(`${later.url}/api/office/cases/${receipt.number}/answer`, { method: 'PUT', headers: { 'content-type': 'application/json', authorization: `Bearer ${token}` }, body: '{"answeredOn":"2026-12-04"}' });
      expect((await put('guess')).status).toBe(404);
      expect((await put(OFFICE)).status).toBe(204);
      states.push((await (await open(receipt, later.url)).json()).state);
    }
    await later.stop();
  }
  expect(states).toEqual(['on_time', 'due_soon', 'due_soon', 'late', 'answered']);
  backend = await start(data, '--office-token-file', join(data, 'token'), '--portal', 'https://portal.example');
});

test('a backup is what can be restored; a damaged one is found out', async () => {
  const own = folder();
  const first = await start(own);
  for (const procedure of ['1.004222', '2.000815', '1.000894']) expect((await post(first.url, submission(procedure))).status).toBe(201);
  await first.stop();
  // The server backs up when it starts, and daily.
  await (await start(own)).stop();
  const kept = readdirSync(join(own, 'backups'));
  expect(kept).toEqual(['cases-2026-11-23.sqlite', 'secrets.key']);
  const path = join(own, 'backups', kept[0]!);
  expect(checkBackup(path)).toEqual({ status: 0, said: `${path}: 3 cases; 3 decisions made again, all the same\n` });
  const bytes = readFileSync(path);
  const at = bytes.indexOf(Buffer.from('"total":10000'));
  expect(at).toBeGreaterThan(0);
  const forged = join(own, 'forged.sqlite');
  bytes.write('"total":10001', at);
  writeFileSync(forged, bytes);
  expect(checkBackup(forged).status).toBe(1);
  expect(checkBackup(forged).said).toContain('is decided otherwise');
});

test('killed in the middle of writing it loses nothing that it acknowledged', async () => {
  test.setTimeout(120_000);
  const own = folder();
  const acknowledged: Receipt[] = [];
  for (let round = 0; round < 4; round += 1) {
    const server = await start(own);
    let going = true;
    const person = async () => {
      while (going) {
        const answer = await post(server.url, submission('2.000815')).then((response) => (response.status === 201 ? read(response) : null), () => null);
        if (answer?.number) acknowledged.push(answer);
      }
    };
    const people = Array.from({ length: 16 }, person);
    await new Promise((ready) => setTimeout(ready, 700 + 150 * round));
    server.process.kill('SIGKILL');
    going = false;
    await Promise.all(people);
  }
  expect(acknowledged.length).toBeGreaterThan(200);
  expect(new Set(acknowledged.map((one) => one.number)).size).toBe(acknowledged.length);
  const after = await start(own);
  // Each acknowledged case is there: in the copy that was restored, and a sample by its secret.
  const restored = checkBackup(join(own, 'backups', 'cases-2026-11-23.sqlite'));
  expect(restored.status).toBe(0);
  expect(Number(/: (\d+) cases/.exec(restored.said)?.[1])).toBeGreaterThanOrEqual(acknowledged.length);
  for (const receipt of acknowledged.slice(-50)) expect((await open(receipt, after.url)).status).toBe(200);
  await after.stop();
});
