// A page of a folder in the system's Chromium.
import { readFileSync, statSync } from 'node:fs';
import { createServer } from 'node:http';
import { extname, join, normalize } from 'node:path';
import { chromium } from 'playwright-core';

const TYPES = { '.js': 'text/javascript', '.mjs': 'text/javascript', '.wasm': 'application/wasm', '.html': 'text/html', '.thutuc': 'application/octet-stream' };

/** The text that a page of a folder, or of an address, puts into an element. */
export async function page(folder, path, element) {
  const address = folder.startsWith('http') ? { base: folder, close() {} } : await served(folder);
  const root = process.getuid?.() === 0;
  const browser = await chromium.launch({ executablePath: process.env.CHROMIUM || undefined, args: root ? ['--no-sandbox'] : [] });
  const said = [];
  try {
    const page = await browser.newPage();
    page.on('console', (message) => said.push(message.text()));
    page.on('pageerror', (error) => said.push(String(error)));
    page.on('requestfailed', (request) => said.push(`${request.url()}: ${request.failure()?.errorText}`));
    await page.goto(`${address.base}${path}`);
    const filled = (selector) => document.querySelector(selector)?.textContent;
    return await page.waitForFunction(filled, element, { timeout: 30_000 }).then((handle) => handle.jsonValue(), () => {
      throw new Error(`the page says nothing; its console:\n${said.join('\n')}`);
    });
  } finally {
    await browser.close();
    address.close();
  }
}

/** Serves the files of a folder. */
async function served(folder) {
  const server = createServer((request, response) => {
    const file = join(folder, normalize(decodeURIComponent(new URL(request.url, 'http://localhost').pathname)));
    const found = statSync(file, { throwIfNoEntry: false })?.isFile();
    response.writeHead(found ? 200 : 404, { 'content-type': TYPES[extname(file)] ?? 'text/plain' });
    response.end(found ? readFileSync(file) : '');
  });
  await new Promise((ready) => server.listen(0, '127.0.0.1', ready));
  return { base: `http://127.0.0.1:${server.address().port}`, close: () => server.close() };
}
