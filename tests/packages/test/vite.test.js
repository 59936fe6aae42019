// The package in a site that Vite builds and serves: a page and a worker of it decide a case.
import assert from 'node:assert/strict';
import { copyFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { build, createServer, preview } from 'vite';
import { SAID, bundle, wasm, write } from '../place.js';
import { page } from '../page.js';

const site = join(wasm, 'site');
const DECIDE = `
import { load } from '@thutuc/wasm';

const engine = await load(new URL('/pack.thutuc', location.href));
const facts = { residence: { basis: 'rent', area_per_person: 6 } };
const decision = engine.decide('1.004222', facts, { asOf: '2026-11-22', lang: 'en' });
export const said = [decision.outcome, ...decision.eligibility.conditions.flatMap(({ message }) => message ?? [])].join('\\n');
`;
write(site, 'index.html', '<!doctype html><pre></pre><p></p><script type="module" src="/main.js"></script>');
write(site, 'decide.js', DECIDE);
write(site, 'main.js', `
import { said } from './decide.js';
document.querySelector('pre').textContent = said;
new Worker(new URL('./worker.js', import.meta.url), { type: 'module' }).onmessage = ({ data }) => { document.querySelector('p').textContent = data; };
`);
write(site, 'worker.js', "import { said } from './decide.js';\npostMessage(said);\n");
write(site, 'public/pack.thutuc', '');
copyFileSync(bundle, join(site, 'public/pack.thutuc'));
const config = { root: site, configFile: false, logLevel: 'error', worker: { format: 'es' }, build: { target: 'es2022' } };

test('built', async () => {
  await build(config);
  const server = await preview({ ...config, preview: { port: 0, host: '127.0.0.1' } });
  try {
    const [base] = server.resolvedUrls.local;
    assert.equal(`${await page(base.replace(/\/$/, ''), '/', 'pre')}\n`, SAID);
    assert.equal(`${await page(base.replace(/\/$/, ''), '/', 'p')}\n`, SAID);
  } finally {
    await server.close();
  }
});

test('while it is written', async () => {
  const server = await createServer({ ...config, server: { port: 0, host: '127.0.0.1' } });
  try {
    await server.listen();
    const [base] = server.resolvedUrls.local;
    assert.equal(`${await page(base.replace(/\/$/, ''), '/', 'pre')}\n`, SAID);
    assert.equal(`${await page(base.replace(/\/$/, ''), '/', 'p')}\n`, SAID);
  } finally {
    await server.close();
  }
});
