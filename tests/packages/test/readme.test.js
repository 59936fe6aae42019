// The example of the README in five hosts: one answer.
import assert from 'node:assert/strict';
import { copyFileSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { SAID, blank, bundle, examples, lend, node, root, run, thutuc, typed, venv, wasm, write } from '../place.js';
import { page } from '../page.js';

const README = 'README.md';

test('shell', () => {
  const folder = blank('shell');
  const [, script] = examples(README, 'sh').filter((code) => code.startsWith('make'));
  const [made, ...lines] = script.split('\n');
  assert.match(made, /^make cli && export PATH=/);
  const rules = join(root, 'rules');
  const path = `${join(process.env.THUTUC ?? join(root, 'target/release/thutuc'), '..')}:${process.env.PATH}`;
  run('ln', ['-s', rules, 'rules'], { cwd: folder });
  const said = run('bash', ['-euo', 'pipefail', '-c', lines.join('\n')], { cwd: folder, env: { PATH: path } });
  assert.match(said, /\[REFUSE\]/);
  assert.match(said.replace(/\s+/g, ' '), /at least 8 m² per person; 6 m² is declared/);
  assert.deepEqual(readFileSync(join(folder, 'pack.thutuc')), readFileSync(bundle));
});

test('Rust', () => {
  const [example] = examples(README, 'rust');
  const [, kept] = readFileSync(join(root, 'core/examples/readme.rs'), 'utf8').split(/^\/\/!.*\n\n/);
  assert.equal(kept, example, 'core/examples/readme.rs is the example of the README');
  const folder = blank('rust');
  copyFileSync(bundle, join(folder, 'pack.thutuc'));
  const said = run('cargo', ['run', '--quiet', '--locked', '-p', 'thutuc', '--example', 'readme', '--manifest-path', join(root, 'Cargo.toml')], { cwd: folder });
  assert.equal(said, SAID.replace('refuse', 'Refuse'));
});

test('browser', async () => {
  const [example] = examples(README, 'html');
  write(wasm, 'readme.html', example);
  const text = await page(wasm, '/readme.html', 'pre');
  assert.equal(`${text}\n`, SAID);
});

for (const file of [README, 'bindings/node/README.md']) {
  test(`Node, ${file}`, () => {
    const [example] = examples(file, 'ts');
    write(node, 'example.mjs', example);
    assert.equal(run('node', ['example.mjs'], { cwd: node }), SAID);
    write(node, 'example.ts', example);
    lend(node, '@types/node');
    typed(node, ['example.ts'], { types: ['node'] });
    // The same from CommonJS.
    write(node, 'example.cjs', example.replace("import { Pack } from '@thutuc/node'", "const { Pack } = require('@thutuc/node')"));
    assert.equal(run('node', ['example.cjs'], { cwd: node }), SAID);
    write(node, 'common.cts', example);
    typed(node, ['common.cts'], { types: ['node'] });
  });
}

test('Node through WebAssembly', () => {
  const [example, columns] = examples('bindings/wasm/js/README.md', 'ts');
  write(wasm, 'example.mjs', example);
  assert.equal(run('node', ['example.mjs'], { cwd: wasm }), SAID);
  write(wasm, 'columns.mjs', columns);
  assert.equal(run('node', ['columns.mjs'], { cwd: wasm }), 'refuse\nask\nask\n');
  write(wasm, 'example.ts', example);
  write(wasm, 'columns.ts', columns);
  typed(wasm, ['example.ts', 'columns.ts']);
});

for (const file of [README, 'bindings/python/README.md']) {
  test(`Python, ${file}`, () => {
    const folder = blank('python');
    copyFileSync(bundle, join(folder, 'pack.thutuc'));
    write(folder, 'example.py', examples(file, 'python')[0]);
    assert.equal(run(join(venv, 'bin/python'), ['example.py'], { cwd: folder }), SAID);
    run(join(venv, 'bin/mypy'), ['--strict', 'example.py'], { cwd: folder });
  });
}

test('what the shell says is what the hosts say', () => {
  const facts = write(blank('facts'), 'facts.json', '{ "residence": { "basis": "rent", "area_per_person": 6 } }');
  const { outcome, eligibility } = JSON.parse(thutuc('decide', '1.004222', '--facts', facts, '--as-of', '2026-11-22', '--format', 'json', '--bundle', bundle));
  assert.equal(outcome, 'refuse');
  assert.equal(eligibility.conditions.filter(({ message }) => message).length, 1);
});
