// Every vector in headless Chromium: a page under the strict policy reads the files, makes the calls and compares.
import { existsSync, readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { createRequire } from 'node:module';
import { extname } from 'node:path';
import { files, root, tellEnd } from './files.js';

const { chromium } = createRequire(new URL('../../bindings/wasm/package.json', import.meta.url))('playwright-core');

const POLICY = "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; connect-src 'self'";
const TYPES = { '.js': 'text/javascript', '.wasm': 'application/wasm', '.json': 'application/json', '.bundle': 'application/octet-stream' };
const SERVED = ['/tests/', '/bindings/wasm/js/', '/target/vectors/'];

const server = createServer((request, response) => {
  const path = new URL(request.url, 'http://localhost').pathname;
  const file = `${root}${path.slice(1)}`;
  const found = SERVED.some((folder) => path.startsWith(folder)) && !path.includes('..') && existsSync(file);
  const page = '<!doctype html><title>vectors</title><script type="module" src="/tests/hosts/page.js"></script>';
  const body = path === '/' ? page : path === '/files' ? JSON.stringify(files().map(([name]) => name)) : found ? readFileSync(file) : undefined;
  response.writeHead(body === undefined ? 404 : 200, { 'content-type': TYPES[extname(path)] ?? 'text/html', 'content-security-policy': POLICY });
  response.end(body);
});
await new Promise((ready) => server.listen(0, '127.0.0.1', ready));

const asRoot = process.getuid?.() === 0;
const browser = await chromium.launch({ executablePath: process.env.CHROMIUM || undefined, args: asRoot ? ['--no-sandbox'] : [] });
try {
  const page = await browser.newPage();
  const said = [];
  page.on('console', (message) => said.push(message.text()));
  page.on('pageerror', (error) => said.push(String(error)));
  await page.goto(`http://127.0.0.1:${server.address().port}/`);
  const end = await page.waitForFunction(() => globalThis.end, null, { timeout: 120_000 }).catch(() => {
    throw new Error(`the page did not end: ${said.join('\n')}`);
  });
  tellEnd(await end.jsonValue());
} finally {
  await browser.close();
  server.close();
}
