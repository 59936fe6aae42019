// A module that `thutuc codec` writes gives the same answers as the closures that the engine builds.
import assert from 'node:assert/strict';
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { load } from '@thutuc/wasm';
import { parse } from 'yaml';
import { codecOf } from '../command.js';
import { bundle, workload } from '../fixture.js';

const root = fileURLToPath(new URL('../../../', import.meta.url));

/** The worked cases of a folder of rule files: procedure, facts by dotted names, options. */
function worked(folder) {
  const names = readdirSync(join(root, folder), { recursive: true }).map(String).filter((name) => name.endsWith('.cases.yaml'));
  return names.flatMap((name) => {
    const { cases, given = {}, list } = parse(readFileSync(join(root, folder, name), 'utf8'));
    return list.map((one) => ({
      procedure: cases,
      facts: Object.assign({}, ...[one.given ?? []].flat().map((part) => given[part]), one.facts),
      options: { asOf: one.as_of, receivedAt: one.received_at, jurisdiction: one.jurisdiction },
    }));
  });
}

/** Facts by dotted names as objects in objects. */
function nested(facts) {
  const whole = {};
  for (const [name, value] of Object.entries(facts)) {
    const parts = name.split('.');
    const last = parts.pop();
    parts.reduce((into, part) => (into[part] ??= {}), whole)[last] = value;
  }
  return whole;
}

/** The same facts told in other shapes, and facts that do not fit. */
function* shapes(facts) {
  yield facts;
  yield nested(facts);
  const entries = Object.entries(facts);
  yield nested(Object.fromEntries(entries.toReversed()));
  yield { ...nested(Object.fromEntries(entries.slice(2))), ...Object.fromEntries(entries.slice(0, 2)) };
  yield { ...nested(facts), 'no.such': 1 };
  yield { ...nested(facts), ...facts };
  yield Object.assign(Object.create({ inherited: 1 }), nested(facts));
  for (const odd of [undefined, null, NaN, -0, 1e300, 'x', '1.5', 7n, true, [], ['a', 'a'], {}, new Date(0), { toString: 1 }]) {
    for (let at = 0; at < entries.length; at += 3) {
      const changed = Object.fromEntries(entries.map(([name, value], of) => [name, of % 5 === at % 5 ? odd : value]));
      yield changed;
      yield nested(changed);
    }
  }
}

for (const folder of ['rules', 'tests/workload/rules']) {
  test(`all worked cases of ${folder}, in many shapes`, async () => {
    const bytes = await bundle(folder);
    const [closures, codecs] = [await load(bytes), await load(bytes)];
    const cases = folder === 'rules' ? worked(folder) : workload(100).map(({ facts, asOf }) => ({ procedure: '0.000001', facts, options: { asOf } }));
    assert.ok(cases.length >= 100, `${cases.length} cases`);
    const used = new Set();
    let compared = 0;
    for (const { procedure, facts, options } of cases) {
      const key = `${procedure} ${options.jurisdiction}`;
      if (!used.has(key)) codecs.use(await codecOf(folder, procedure, options.jurisdiction));
      used.add(key);
      for (const told of shapes(facts)) {
        assert.deepEqual(codecs.verdict(procedure, told, options), closures.verdict(procedure, told, options));
        compared += 1;
      }
    }
    console.log(`${cases.length} cases in ${compared} shapes, ${used.size} codecs`);
  });
}

test('a codec of another pack is refused', async () => {
  const engine = await load(await bundle('rules'));
  const codec = await codecOf('tests/workload/rules', '0.000001');
  assert.throws(() => engine.use(codec), (error) => error.code === 'wrong-argument' && error.message.includes('`thutuc codec`'));
  assert.throws(() => engine.use({}), (error) => error.code === 'wrong-argument');
});
