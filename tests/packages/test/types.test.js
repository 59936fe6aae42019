// The types are those of what is told and answered, held by the strict checkers of the languages.
import assert from 'node:assert/strict';
import { copyFileSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { pathToFileURL } from 'node:url';
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

/** Cases whose decisions have every part: refused, asked, accepted, with problems, with fees, with hours. */
const CASES = [
  ['1.004222', { 'residence.basis': 'rent', 'residence.area_per_person': 6 }, '2026-11-22'],
  ['1.004222', { 'residence.basis': 'castle', 'submission.channel': 'in_person' }, '2026-11-22'],
  ['2.000815', {
    'submission.channel': 'in_person', 'certification.office': 'commune', 'certification.defects': [], 'certification.issuer': 'vietnamese',
    'certification.pages': 5, 'certification.copies': 1, 'certification.brings_copies': false,
  }, '2026-11-20'],
];

test('whole decisions, facts and refusals have the types of the packages', async () => {
  const { Pack } = await import(pathToFileURL(join(node, 'node_modules/@thutuc/node/index.mjs')));
  const pack = Pack.load(join(root, 'rules'));
  const { load } = await import(pathToFileURL(join(wasm, 'node_modules/@thutuc/wasm/evaluate.node.js')));
  const engine = await load(readFileSync(bundle));
  const literals = (all) => `[\n${all.map((one) => JSON.stringify(one)).join(',\n')}\n]`;
  const refusals = CASES.map(([code, facts, asOf]) => {
    try {
      pack.enforce(code, facts, { asOf }, { fee: 1, documents: [], dueOn: '2026-11-21', packHash: 'x' });
      return undefined;
    } catch (error) {
      return error.problem;
    }
  });
  assert.ok(refusals.every((one) => one?.differences));
  const text = (of, extra) => `
    import type { Decision, Fact, Objection, Procedure, Promised, Verdict } from '${of}';
    export const decisions: Decision[] = ${literals(CASES.map(([code, facts, asOf]) => pack.decide(code, facts, { asOf })))};
    export const verdicts: Verdict[] = ${literals(CASES.map(([code, facts, asOf]) => engine.verdict(code, facts, { asOf })))};
    export const facts: Fact[] = ${literals(procedures.flatMap((code) => engine.facts(code)))};
    export const procedures: Procedure[] = ${literals(engine.procedures())};
    export const objections: Objection[] = ${literals(refusals)};
    export const promised: Promised[] = ${literals(CASES.map(([code, facts, asOf]) => pack.promise(code, facts, { asOf })))};
    ${extra}
  `;
  const diagnostics = (await (await import(pathToFileURL(join(wasm, 'node_modules/@thutuc/wasm/author.node.js')))).check({ 'pack.yaml': 'id: x' })).diagnostics;
  write(wasm, 'answers.ts', text('@thutuc/wasm', `import type { Diagnostic } from '@thutuc/wasm/author';\nexport const diagnostics: Diagnostic[] = ${literals(diagnostics)};`));
  typed(wasm, ['answers.ts']);
  write(node, 'answers.ts', text('@thutuc/node', ''));
  lend(node, '@types/node');
  typed(node, ['answers.ts'], { types: ['node'] });
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
