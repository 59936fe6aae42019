// The types are those of what is told and answered, held by the strict checkers of the languages.
import assert from 'node:assert/strict';
import { copyFileSync, cpSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { pathToFileURL } from 'node:url';
import Ajv from 'ajv/dist/2020.js';
import { blank, bundle, examples, lend, node, root, run, thutuc, typed, venv, wasm, write } from '../place.js';

const procedures = JSON.parse(thutuc('list', '--format', 'json')).map(({ code }) => code);
const name = (code) => `Facts${code.replace('.', '_')}`;

test('facts of every procedure, as TypeScript', () => {
  assert.ok(procedures.length >= 7, String(procedures));
  const files = procedures.flatMap((code) => {
    write(wasm, `facts/${code}.ts`, thutuc('types', code, '--lang', 'ts'));
    write(node, `facts/${code}.ts`, thutuc('types', code, '--lang', 'ts', '--labels', 'en'));
    return [`facts/${code}.ts`];
  });
  const use = (load, call) => `
    ${load}
    import type { Facts1_004222 } from './facts/1.004222.js';
    import type { Facts1_001193 } from './facts/1.001193.js';

    const facts: Facts1_004222 = { submission: { channel: 'in_person' }, residence: { basis: 'rent', area_per_person: '8.05' } };
    export const outcome: 'accept' | 'refuse' | 'ask' = ${call}.outcome;
    export const nothing: Facts1_004222 = {};
    export const exact: Facts1_004222[] = [{ residence: { area_per_person: 8.05 } }, { residence: { area_per_person: 8n } }];

    // @ts-expect-error no such code
    export const wrongCode: Facts1_004222 = { residence: { basis: 'castle' } };
    // @ts-expect-error no such fact
    export const wrongName: Facts1_004222 = { residence: { aera: 1 } };
    // @ts-expect-error a text that is no number
    export const wrongNumber: Facts1_004222 = { residence: { area_per_person: 'large' } };
    // @ts-expect-error null is no answer here
    export const wrongNull: Facts1_004222 = { residence: { basis: null } };
    export const birth: Facts1_001193 = {};
  `;
  write(wasm, 'use.ts', use("import { load } from '@thutuc/wasm';\nconst engine = await load('x');", "engine.decide('1.004222', facts, { asOf: '2026-11-22' })"));
  typed(wasm, [...files, 'use.ts']);
  write(node, 'use.ts', use("import { Pack } from '@thutuc/node';\nconst pack = Pack.load('x');", "pack.decide('1.004222', facts, { asOf: '2026-11-22' })"));
  lend(node, '@types/node');
  typed(node, [...files, 'use.ts'], { types: ['node'] });
});

test('facts of every procedure, as Python', () => {
  const folder = blank('facts_py');
  const modules = procedures.map((code) => `f${code.replace('.', '_')}.py`);
  procedures.forEach((code, at) => write(folder, modules[at], thutuc('types', code, '--lang', 'py')));
  const use = write(folder, 'use.py', `
import datetime
from decimal import Decimal

import thutuc
from f1_004222 import Facts1_004222

facts: Facts1_004222 = {
    "submission": {"channel": "in_person"},
    "residence": {"basis": "rent", "area_per_person": Decimal("8.05")},
    "applicant": {"groups": {"poor"}, "birth_date": datetime.date(1990, 5, 1)},
}
nothing: Facts1_004222 = {}
outcome = thutuc.Pack.load("pack.thutuc").decide("1.004222", facts, as_of="2026-11-22").outcome
assert outcome == "ask"
`);
  copyFileSync(bundle, join(folder, 'pack.thutuc'));
  run(join(venv, 'bin/mypy'), ['--strict', ...modules, 'use.py'], { cwd: folder });
  run(join(venv, 'bin/python'), [use], { cwd: folder });
  for (const wrong of ['{"residence": {"basis": "castle"}}', '{"residence": {"aera": 1}}', '{"residence": {"basis": None}}']) {
    write(folder, 'wrong.py', `from f1_004222 import Facts1_004222\n\nfacts: Facts1_004222 = ${wrong}\n`);
    assert.throws(() => run(join(venv, 'bin/mypy'), ['--strict', 'wrong.py'], { cwd: folder }), /\[(typeddict-item|typeddict-unknown-key)\]/);
  }
});

test('facts whose names Python keeps for itself', () => {
  const folder = blank('keywords_py');
  cpSync(join(root, 'tests/cli/pack'), join(folder, 'pack'), { recursive: true });
  const boat = join(folder, 'pack/library/boat.yaml');
  writeFileSync(boat, readFileSync(boat, 'utf8').replaceAll('boat.days', 'boat.class'));
  write(folder, 'boat.py', thutuc('types', '9.000002', '--lang', 'py', '--rules', join(folder, 'pack')));
  write(folder, 'use.py', 'from boat import Facts9_000002\n\nfacts: Facts9_000002 = {"boat": {"class": 3}}\n');
  run(join(venv, 'bin/mypy'), ['--strict', 'use.py'], { cwd: folder });
  run(join(venv, 'bin/python'), ['use.py'], { cwd: folder });
  write(folder, 'wrong.py', 'from boat import Facts9_000002\n\nfacts: Facts9_000002 = {"boat": {"class": None}}\n');
  assert.throws(() => run(join(venv, 'bin/mypy'), ['--strict', 'wrong.py'], { cwd: folder }), /typeddict-item/);
});

/** A case that is refused, one with a fact that does not fit, one that is accepted with a fee. */
const CASES = [
  ['1.004222', { 'residence.basis': 'rent', 'residence.area_per_person': 6 }, '2026-11-22'],
  ['1.004222', { 'residence.basis': 'castle', 'submission.channel': 'in_person' }, '2026-11-22'],
  ['2.000815', {
    'submission.channel': 'in_person', 'certification.office': 'commune', 'certification.defects': [], 'certification.issuer': 'vietnamese',
    'certification.pages': 5, 'certification.copies': 1, 'certification.brings_copies': false,
  }, '2026-11-20'],
];

/** Answers of the packages, by the names of their types. */
async function answers() {
  const { Pack } = await import(pathToFileURL(join(node, 'node_modules/@thutuc/node/dist/thutuc.mjs')));
  const pack = Pack.load(join(root, 'rules'));
  const { load } = await import(pathToFileURL(join(wasm, 'node_modules/@thutuc/wasm/dist/evaluate.node.js')));
  const engine = await load(readFileSync(bundle));
  const author = await import(pathToFileURL(join(wasm, 'node_modules/@thutuc/wasm/dist/author.node.js')));
  return {
    Decision: CASES.map(([code, facts, asOf]) => pack.decide(code, facts, { asOf })),
    Verdict: CASES.map(([code, facts, asOf]) => engine.verdict(code, facts, { asOf })),
    Fact: procedures.flatMap((code) => engine.facts(code)),
    Procedure: engine.procedures(),
    PackInfo: [engine.pack],
    Objection: refusals(pack),
    Promised: CASES.map(([code, facts, asOf]) => pack.promise(code, facts, { asOf })),
    Diagnostic: (await author.check({ 'pack.yaml': 'id: x' })).diagnostics,
  };
}

function refusals(pack) {
  return CASES.map(([code, facts, asOf]) => {
    try {
      pack.enforce(code, facts, { asOf }, { fee: 1, documents: [], dueOn: '2026-11-21', packHash: 'x' });
      return undefined;
    } catch (error) {
      return error.problem;
    }
  });
}

test('answers have the types of the packages', async () => {
  const all = Object.entries(await answers());
  const lines = all.map(([name, some]) => {
    assert.ok(some.length > 0 && some.every(Boolean), name);
    return `export const ${name}s: ${name}[] = [\n${some.map((one) => JSON.stringify(one)).join(',\n')}\n];\n`;
  });
  const text = (of) => `import type { ${all.map(([name]) => name).join(', ')} } from '${of}';\n${lines.join('')}`;
  write(wasm, 'answers.ts', text('@thutuc/wasm'));
  typed(wasm, ['answers.ts']);
  write(node, 'answers.ts', text('@thutuc/node'));
  lend(node, '@types/node');
  typed(node, ['answers.ts'], { types: ['node'] });
});

test('answers fit the JSON Schema', async () => {
  const schema = JSON.parse(readFileSync(join(root, 'bindings/wire.schema.json'), 'utf8'));
  const ajv = new Ajv({ strict: false, validateFormats: false, schemas: [{ ...schema, $id: 'wire' }] });
  for (const [name, some] of Object.entries(await answers())) {
    const fits = ajv.compile({ $ref: `wire#/$defs/${name}` });
    for (const one of some) assert.ok(fits(one), `${name}: ${ajv.errorsText(fits.errors)}`);
    assert.ok(!fits({}) || name === 'Promised', `${name} takes an empty object`);
  }
});

test('objects of Python have the types of the stubs', () => {
  const folder = blank('answers_py');
  copyFileSync(bundle, join(folder, 'pack.thutuc'));
  copyFileSync(new URL('../answers.py', import.meta.url), join(folder, 'answers.py'));
  const said = run(join(venv, 'bin/python'), ['answers.py', JSON.stringify(CASES)], { cwd: folder });
  assert.match(said, /^\d{3,} objects$/m);
  run(join(venv, 'bin/mypy'), ['--strict', 'answers.py'], { cwd: folder });
});

test('the servers of the README are well typed', () => {
  const servers = examples('bindings/node/README.md', 'js');
  assert.equal(servers.length, 2);
  lend(node, '@types/node', '@types/express', 'fastify', 'express');
  const files = servers.map((code, at) => `server${at}.ts`);
  servers.forEach((code, at) => write(node, files[at], code));
  typed(node, files, { types: ['node'] });
});
