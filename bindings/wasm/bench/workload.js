// The reference workload, object in and object out, in nanoseconds a case: the median of rounds over 1,000 different cases.
import { load } from '@thutuc/wasm';
import { codecOf } from '../command.js';
import { bundle, workload } from '../fixture.js';

const PROCEDURE = '0.000001';
const bytes = await bundle('tests/workload/rules');
const engine = await load(bytes);
const cases = workload(1000);
const forms = cases.map(({ asOf, facts }) => ({ facts, options: { asOf } }));

let sink = 0;
function time(name, round, rounds = 300) {
  for (let at = 0; at < 100; at += 1) round();
  const times = [];
  for (let at = 0; at < rounds; at += 1) {
    const before = process.hrtime.bigint();
    round();
    times.push(Number(process.hrtime.bigint() - before) / cases.length);
  }
  times.sort((a, b) => a - b);
  console.log(`${name} ${times[rounds >> 1].toFixed(0)} ns (p10 ${times[Math.floor(rounds / 10)].toFixed(0)})`);
}

time('verdict', () => {
  for (const { facts, options } of forms) sink += engine.verdict(PROCEDURE, facts, options).documents.length;
});

const written = await load(bytes);
written.use(await codecOf('tests/workload/rules', PROCEDURE));
time('verdict, with a codec of its own', () => {
  for (const { facts, options } of forms) sink += written.verdict(PROCEDURE, facts, options).documents.length;
});

const session = engine.session(PROCEDURE, { asOf: '2025-06-02' });
for (const [name, value] of Object.entries(cases[0].facts)) session.set(name, value);
let age = 0;
time('session: one fact changed, what changed read', () => {
  for (let at = 0; at < cases.length; at += 1) {
    session.set('applicant_age', (age += 7) % 90);
    if (session.changes().unmet) sink += 1;
  }
});

time('decide', () => {
  for (const { facts, options } of forms) sink += engine.decide(PROCEDURE, facts, options).documents.length;
}, 10);
if (sink < 0) console.log(sink);
