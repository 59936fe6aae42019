// The reference workload in Node: object in, object out, through the native package and through WebAssembly, beside the same rules
// written by hand and, where a folder of peers was prepared, beside ZEN. A JSON record a line to stdout.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { load } from '../bindings/wasm/js/dist/evaluate.node.js';
import { codecOf } from '../bindings/wasm/command.js';
import { workload } from '../bindings/wasm/workload.js';
import { Pack } from '../bindings/node/dist/thutuc.mjs';
import { coldStarts } from './cold.js';
import { decide } from './hand.js';
import { CASES, compare } from './measure.js';
import { zen } from './peers/zen.js';

const PROCEDURE = '0.000001';
const DAY = '2025-06-02';
const [bundle, peers] = process.argv.slice(2);

const bytes = readFileSync(bundle);
const native = Pack.load(bundle);
const wasm = await load(bytes);
const codec = await codecOf('tests/workload/rules', PROCEDURE);
const nativeWritten = Pack.load(bundle);
nativeWritten.use(codec);
const wasmWritten = await load(bytes);
wasmWritten.use(codec);
const cases = workload(CASES).map(({ asOf, facts }) => ({ asOf, facts, options: { asOf }, whole: { ...facts, submitted_at: asOf } }));
let sink = 0;

const systems = { 'thutuc native': native, 'thutuc native, codec': nativeWritten, 'thutuc WebAssembly': wasm, 'thutuc WebAssembly, codec': wasmWritten };
for (const [name, engine] of Object.entries(systems)) cases.forEach((one) => sameAsByHand(name, engine, one));

const byHand = { system: 'by hand', yardstick: true, run: () => { for (const { facts, asOf } of cases) sink += decide(facts, asOf).documents.length; } };
const verdicts = Object.entries(systems).map(([system, engine]) => ({
  system, run: () => { for (const { facts, options } of cases) sink += engine.verdict(PROCEDURE, facts, options).documents.length; },
}));
const peer = peers ? [await zen(peers, cases)] : [];
await compare({ host: 'node', mode: 'verdict' }, [byHand, ...verdicts, ...peer]);

const all = ['thutuc native', 'thutuc WebAssembly'];
await compare({ host: 'node', mode: 'decision with its sentences' }, [byHand, ...all.map((system) => ({
  system, every: 4, run: () => { for (const { facts, options } of cases) sink += systems[system].decide(PROCEDURE, facts, options).documents.length; },
}))]);

// By hand, all is decided again.
const changing = { ...cases[0].facts };
const again = { system: 'by hand', yardstick: true, run: () => {
  for (let at = 0; at < CASES; at += 1) {
    changing.applicant_age = (at * 7) % 90;
    sink += decide(changing, DAY).documents.length;
  }
} };
await compare({ host: 'node', mode: 'session, one fact changed and read' }, [again, ...all.map((system) => {
  const session = systems[system].session(PROCEDURE, { asOf: DAY });
  for (const [name, value] of Object.entries(cases[0].facts)) session.set(name, value);
  let age = 0;
  return {
    system,
    run: () => {
      for (let at = 0; at < CASES; at += 1) {
        session.set('applicant_age', (age += 7) % 90);
        if (session.changes().unmet) sink += 1;
      }
    },
  };
})]);

const onThatDay = { asOf: DAY };
const many = Array.from({ length: 20 }, () => cases.map(({ facts }) => facts)).flat();
await compare({ host: 'node', mode: 'many objects', unit: 'cases/s' }, [
  { system: 'by hand', yardstick: true, size: many.length, run: () => { sink += many.map((facts) => decide(facts, DAY)).length; } },
  { system: 'thutuc native', size: many.length, run: () => { sink += native.verdictMany(PROCEDURE, many, onThatDay).length; } },
  { system: 'thutuc WebAssembly', size: many.length, run: () => { sink += wasm.verdictMany(PROCEDURE, many, onThatDay).length; } },
]);

await coldStarts(bundle, cases[0]);
if (sink < 0) console.error(sink);

function sameAsByHand(name, engine, { asOf, facts, options }) {
  const { unmet, documents, fee, dueOn } = engine.verdict(PROCEDURE, facts, options);
  const { reasons, documents: wanted, fee: owed, deadline } = decide(facts, asOf);
  assert.deepEqual({ unmet, documents, fee, dueOn }, { unmet: reasons, documents: wanted, fee: owed, dueOn: deadline }, name);
}
