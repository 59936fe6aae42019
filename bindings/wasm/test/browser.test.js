// A page with only the strict policy decides a case, and a worker does; in the system's Chromium.
import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { extname } from 'node:path';
import { after, before, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { load } from '@thutuc/wasm';
import { chromium } from 'playwright-core';
import { bundle, workload } from '../fixture.js';

const POLICY = "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; worker-src 'self'; connect-src 'self'";
const TYPES = { '.js': 'text/javascript', '.wasm': 'application/wasm', '.html': 'text/html', '.bundle': 'application/octet-stream' };
const P = '0.000001';
const { asOf, facts } = workload(1)[0];

const decide = `
  import { load } from '/js/dist/evaluate.js';
  const engine = await load(new URL('/pack.bundle', location.href));
  const answer = [engine.verdict('${P}', ${JSON.stringify(facts)}, { asOf: '${asOf}' }), engine.decide('${P}', ${JSON.stringify(facts)}, { asOf: '${asOf}' }).pack.hash];
`;
const pages = {
  '/': '<!doctype html><title>thutuc</title><script type="module" src="/page.js"></script>',
  '/page.js': `${decide}
    document.title = JSON.stringify(answer);
    let evil = 'blocked';
    try { evil = new Function('return "allowed"')(); } catch {}
    document.documentElement.dataset.eval = evil;
    new Worker('/worker.js', { type: 'module' }).onmessage = ({ data }) => { document.documentElement.dataset.worker = JSON.stringify(data); };`,
  '/worker.js': `${decide} postMessage(answer);`,
  '/tables': '<!doctype html><title>thutuc</title><script type="module" src="/tables.js"></script>',
  '/tables.js': "new Worker('/columns.js', { type: 'module' }).onmessage = ({ data }) => { document.documentElement.dataset.worker = JSON.stringify(data); };",
  '/columns.js': `
    import { load } from '/js/dist/columns.js';
    const engine = await load(new URL('/pack.bundle', location.href));
    const { rows, columns } = engine.columns('${P}', { columns: ['outcome', 'due'] }).decide({ applicant_age: Uint8Array.of(20, 30) }, { asOf: '${asOf}' });
    postMessage([rows, columns.outcome.codes[columns.outcome.values[1]]]);`,
};

let server;
let browser;
let bytes;

before(async () => {
  bytes = await bundle('tests/workload/rules');
  server = createServer((request, response) => {
    const path = new URL(request.url, 'http://localhost').pathname;
    const file = fileURLToPath(new URL(`..${path}`, import.meta.url));
    const body = pages[path] ?? (path === '/pack.bundle' ? bytes : path.startsWith('/js/') && existsSync(file) ? readFileSync(file) : undefined);
    response.writeHead(body === undefined ? 404 : 200, {
      'content-type': TYPES[extname(path)] ?? 'text/html',
      'content-security-policy': POLICY,
    });
    response.end(body);
  });
  await new Promise((ready) => server.listen(0, '127.0.0.1', ready));
  const root = process.getuid?.() === 0;
  browser = await chromium.launch({ executablePath: process.env.CHROMIUM || undefined, args: root ? ['--no-sandbox'] : [] });
});

after(async () => {
  await browser?.close();
  server?.close();
});

test('a page with the strict policy decides a case, in a worker too', async () => {
  const page = await browser.newPage();
  const said = [];
  page.on('console', (message) => said.push(message.text()));
  page.on('pageerror', (error) => said.push(String(error)));
  await page.goto(`http://127.0.0.1:${server.address().port}/`);
  const worker = await page.waitForFunction(() => document.documentElement.dataset.worker, null, { timeout: 20_000 })
    .then((handle) => handle.jsonValue(), () => assert.fail(said.join('\n')));
  const engine = await load(bytes);
  const expected = [engine.verdict(P, facts, { asOf }), engine.pack.hash];
  assert.deepEqual(JSON.parse(await page.title()), expected);
  assert.deepEqual(JSON.parse(worker), expected);
  assert.equal(await page.evaluate(() => document.documentElement.dataset.eval), 'blocked');
});

test('a worker decides a table, under the same policy', async () => {
  const page = await browser.newPage();
  const said = [];
  page.on('console', (message) => said.push(message.text()));
  await page.goto(`http://127.0.0.1:${server.address().port}/tables`);
  const worker = await page.waitForFunction(() => document.documentElement.dataset.worker, null, { timeout: 20_000 })
    .then((handle) => handle.jsonValue(), () => assert.fail(said.join('\n')));
  assert.deepEqual(JSON.parse(worker), [2, 'ask']);
});
