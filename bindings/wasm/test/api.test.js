import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { before, test } from 'node:test';
import { ThutucError, load } from '@thutuc/wasm';
import { check } from '@thutuc/wasm/author';
import { bundle, files, workload } from '../fixture.js';

const P = '0.000001';
const when = { asOf: '2025-06-02', lang: 'en' };
let bytes;
let engine;

before(async () => {
  bytes = await bundle('tests/workload/rules');
  engine = await load(bytes);
});

/** The problem document that a call throws. */
async function refusal(call) {
  try {
    await call();
  } catch (error) {
    assert.ok(error instanceof ThutucError, String(error.stack));
    assert.equal(error.code, error.problem.code);
    assert.equal(error.problem.type, `https://thutuc.dev/problems/${error.problem.code}`);
    return error.problem;
  }
  return assert.fail('nothing was thrown');
}

const problems = (facts) => engine.verdict(P, facts, when).problems.map(({ fact, code, message }) => `${fact} ${code}: ${message}`);

test('the verdict is the decision without words', () => {
  for (const { asOf, facts } of workload(500)) {
    const verdict = engine.verdict(P, facts, { asOf });
    const decision = engine.decide(P, facts, { asOf });
    const ids = (of, status) => of.filter((one) => one.status === status).map((one) => one.id);
    const conditions = [...decision.eligibility.conditions, ...decision.identity.checks];
    assert.deepEqual(verdict, {
      outcome: decision.outcome,
      unmet: ids(conditions, 'unmet'),
      undetermined: ids(conditions, 'undetermined'),
      documents: ids(decision.documents, 'required'),
      fee: decision.fees.total,
      dueOn: decision.deadline.dueOn,
      provisional: decision.deadline.status === 'provisional',
    });
  }
});

test('what is not told is asked', () => {
  const decision = engine.decide(P, {}, when);
  assert.equal(decision.outcome, 'ask');
  assert.ok(decision.missing.some((missing) => missing.now));
  assert.equal(engine.verdict(P, { channel: undefined }, when).outcome, 'ask');
});

test('the pack, its procedures and facts are listed', () => {
  assert.match(engine.pack.hash, /^[0-9a-f]{64}$/);
  assert.deepEqual(engine.procedures({ lang: 'en' }).map(({ code, name }) => [code, name]), [[P, 'Permanent residence registration (workload)']]);
  assert.equal(engine.facts(P).length, 10);
});

test('a receipt at a time of day counts', () => {
  const facts = workload(1)[0].facts;
  for (const receivedAt of ['2025-06-02T09:30', '2025-06-02T23:30:00', '2025-06-02T20:00:00Z', '2025-06-03']) {
    const options = { ...when, receivedAt };
    assert.equal(engine.verdict(P, facts, options).dueOn, engine.decide(P, facts, options).deadline.dueOn);
  }
});

test('nested and dotted facts are the same, twice is a problem', async () => {
  const residence = await load(await bundle('rules'));
  const code = residence.procedures()[0].code;
  const dotted = residence.facts(code).find((fact) => fact.name.includes('.') && fact.type === 'boolean').name;
  const [head, ...tail] = dotted.split('.');
  const nested = { [head]: tail.reduceRight((value, name) => ({ [name]: value }), true) };
  assert.deepEqual(residence.verdict(code, nested, when), residence.verdict(code, { [dotted]: true }, when));
  assert.equal(residence.verdict(code, { ...nested, [dotted]: true }, when).problems[0].code, 'duplicate');
});

test('what one case was told is not told of the next', async () => {
  const { facts } = workload(1)[0];
  const { channel, exempt_group: group, ...others } = facts;
  const residence = { rules: 'rules', code: '1.004222', cases: [] };
  const [dotted] = (await load(await bundle('rules'))).facts(residence.code).filter((fact) => fact.name.includes('.') && fact.type === 'boolean');
  const [head, name] = dotted.name.split('.');
  residence.cases = [{ [head]: { [name]: true } }, {}, { [dotted.name]: true }, {}, { [head]: { [name]: false } }, { [dotted.name]: undefined }];
  const plain = [{}, facts, others, {}, { exempt_group: group, channel }, { ...facts, channel: undefined }, { channel, ...others }, { ...facts, channel: 'by_hand' }, facts];
  for (const { rules, code, cases } of [residence, { rules: 'tests/workload/rules', code: P, cases: plain }]) {
    const shared = await load(await bundle(rules));
    for (const told of cases) {
      const fresh = await load(await bundle(rules));
      assert.deepEqual(shared.verdict(code, told, when), fresh.verdict(code, told, when), JSON.stringify(told));
      assert.deepEqual(shared.decide(code, told, when), fresh.decide(code, told, when), JSON.stringify(told));
    }
  }
});

test('facts that do not fit are told, each in words', () => {
  assert.deepEqual(problems({ chanel: 'online' }), ['chanel unknown-fact: there is no fact `chanel`; did you mean `channel`?']);
  assert.deepEqual(problems({ channel: 'onlin' }), ['channel not-in-enumeration: `channel` takes one of online, in_person, post, "onlin" was given; did you mean `online`?']);
  assert.deepEqual(problems({ applicant_age: 'old' }), ['applicant_age wrong-type: `applicant_age` takes a number, "old" was given']);
  assert.deepEqual(problems({ applicant_age: 131 }), ['applicant_age out-of-bounds: `applicant_age` must lie between 0 and 130, 131 was given']);
  assert.deepEqual(problems({ applicant_age: 1.5 }), ['applicant_age wrong-type: `applicant_age` takes an integer, 1.5 was given']);
  assert.deepEqual(problems({ applicant_age: NaN }), ['applicant_age wrong-type: `applicant_age` takes a number, NaN was given']);
  assert.deepEqual(problems({ applicant_age: -Infinity }), ['applicant_age wrong-type: `applicant_age` takes a number, -Infinity was given']);
  assert.deepEqual(problems({ channel: null }), ['channel null-not-allowed: `channel` needs an answer; leave it out if it is not known yet']);
  assert.deepEqual(problems({ owner_consent: new Date() }), ['owner_consent wrong-type: `owner_consent` takes a boolean, a Date was given']);
  assert.deepEqual(problems({ documents_in_database: ['ct01_form', undefined] }), ['documents_in_database[2] wrong-type: `documents_in_database[2]` takes a string, undefined was given']);
  assert.deepEqual(problems({ documents_in_database: ['ct01_form', 'ct01_form'] }).map((one) => one.split(':')[0]), ['documents_in_database[2] duplicate']);
  const cyclic = {};
  cyclic.self = cyclic;
  assert.deepEqual(problems({ channel: cyclic }), ['channel wrong-type: `channel` takes a string, a cyclic object was given']);
  const ring = [];
  ring.push(ring);
  assert.deepEqual(problems({ documents_in_database: ring }), ['documents_in_database[1] wrong-type: `documents_in_database[1]` takes a string, a cyclic object was given']);
  const round = workload(1)[0].facts;
  round.round = round;
  assert.equal(engine.verdict(P, round, when).problems[0].code, 'unknown-fact');
});

test('exact numbers: a BigInt, a text and a double are the same', () => {
  const { facts } = workload(1)[0];
  const of = (value) => engine.verdict(P, { ...facts, floor_area_per_person: value }, when);
  assert.deepEqual(of(8n), of(8));
  assert.deepEqual(of('8.0'), of(8));
  assert.equal(of(8.05).problems[0].code, 'too-many-digits');
});

test('one fact is checked alone', () => {
  assert.deepEqual(engine.checkFact(P, 'applicant_age', 17), []);
  assert.equal(engine.checkFact(P, 'applicant_age', 170, { lang: 'en' })[0].message, '`applicant_age` must lie between 0 and 130, 170 was given');
  assert.equal(engine.checkFact(P, 'aplicant_age', 17)[0].code, 'unknown-fact');
});

test('calls that cannot be answered throw problem documents', async () => {
  const unknown = await refusal(() => engine.verdict('0.00001', {}, when));
  assert.deepEqual([unknown.code, unknown.status, unknown.near], ['unknown-procedure', 404, P]);
  assert.deepEqual(await refusal(() => engine.decide('0.00001', {}, when)), unknown);
  assert.equal((await refusal(() => engine.verdict(P, {}, { asOf: '2025-02-30' }))).code, 'bad-date');
  assert.equal((await refusal(() => engine.verdict(P, {}, { asOf: '1999-01-01' }))).code, 'not-in-force');
  assert.equal((await refusal(() => engine.decide(P, {}, { asOf: '1999-01-01' }))).code, 'not-in-force');
  assert.equal((await refusal(() => engine.verdict(P, {}, { ...when, jurisdiction: 'atlantis' }))).code, 'unknown-jurisdiction');
  assert.equal((await refusal(() => engine.decide(P, {}, { asOf: '2025-06-02', lang: 'fr' }))).code, 'unknown-language');
  assert.equal((await refusal(() => engine.verdict(P, {}))).detail, '`asOf` phải là văn bản, đã cho undefined');
  assert.equal((await refusal(() => engine.verdict(undefined, {}, when))).detail, '`procedure` takes a string, undefined was given');
  assert.equal((await refusal(() => engine.verdict(P, [], when))).detail, '`facts` takes an object, an array was given');
  assert.equal((await refusal(() => engine.decide(P, null, when))).detail, '`facts` takes an object, null was given');
  assert.equal((await refusal(() => engine.verdict(P, {}, { asOf: new Date(0), lang: 'en' }))).detail, '`asOf` takes a string, a Date was given');
});

test('bytes that are no bundle are refused', async () => {
  const newer = Uint8Array.from(bytes);
  newer[6] = 99;
  const damaged = Uint8Array.from(bytes);
  damaged[damaged.length - 1] ^= 1;
  assert.equal((await refusal(() => load(new Uint8Array([80, 75, 3, 4])))).code, 'not-a-bundle');
  assert.equal((await refusal(() => load(newer))).code, 'other-format');
  assert.equal((await refusal(() => load(bytes.slice(0, -9)))).code, 'damaged-bundle');
  assert.equal((await refusal(() => load(damaged, { lang: 'en' }))).code, 'damaged-bundle');
});

test('a session asks, is told, says what changed', async () => {
  const session = engine.session(P, when);
  assert.equal(session.changes().outcome, 'ask');
  assert.deepEqual(session.changes(), {});
  let asked = 0;
  const { facts } = workload(1)[0];
  for (let next = session.next(); next !== null; next = session.next()) {
    assert.ok(session.set(next, facts[next]));
    asked += 1;
  }
  assert.ok(asked > 0 && asked <= 10);
  for (const name in facts) session.set(name, facts[name]);
  assert.deepEqual(session.verdict(), engine.verdict(P, facts, when));
  assert.equal(session.set('applicant_age', 1000), false);
  assert.equal(session.changes().problems[0].code, 'out-of-bounds');
  assert.equal(session.set('applicant_age', 17), true);
  assert.deepEqual(session.changes().problems, []);
  session.unset('applicant_age');
  assert.deepEqual(session.missing().map((missing) => missing.fact), engine.decide(P, { ...facts, applicant_age: undefined }, when).missing.map((missing) => missing.fact));
  assert.equal(session.explain('en').pack.hash, engine.pack.hash);
  const before = session.verdict().dueOn;
  session.at({ asOf: '2025-06-03' });
  assert.notEqual(session.verdict().dueOn, before);
  assert.equal((await refusal(() => session.set('aplicant_age', 1))).errors[0].code, 'unknown-fact');
});

test('a fault is one internal error and the engine stays usable', async () => {
  const memories = [];
  const { Instance } = WebAssembly;
  WebAssembly.Instance = class extends Instance {
    constructor(...given) {
      super(...given);
      memories.push(this.exports.memory);
    }
  };
  try {
    const frail = await load(bytes);
    const { facts } = workload(1)[0];
    const expected = frail.verdict(P, facts, when);
    const session = frail.session(P, when);
    for (const name in facts) session.set(name, facts[name]);
    for (const call of [() => frail.verdict(P, facts, when), () => frail.decide(P, facts, when), () => session.verdict()]) {
      new Uint8Array(memories.at(-1).buffer).fill(0xff, 1024);
      const fault = await refusal(call);
      assert.deepEqual([fault.code, fault.status], ['internal', 500]);
      assert.deepEqual(frail.verdict(P, facts, when), expected);
      assert.deepEqual(session.verdict(), expected);
    }
  } finally {
    WebAssembly.Instance = Instance;
  }
});

test('a module and an address can be given', async () => {
  const wasm = new URL('../js/dist/evaluate.wasm', import.meta.url);
  assert.equal((await load(bytes, { wasm })).pack.id, engine.pack.id);
  assert.equal((await load(Promise.resolve(bytes.buffer.slice(0)), { wasm: await WebAssembly.compile(readFileSync(wasm)) })).pack.id, engine.pack.id);
});

test('the author build says what is wrong and where', async () => {
  const sources = files('tests/workload/rules');
  const good = await check(sources);
  assert.deepEqual(good.engine.verdict(P, workload(1)[0].facts, when), engine.verdict(P, workload(1)[0].facts, when));
  sources['registration.yaml'] = sources['registration.yaml'].replace('eid_level >= 2', 'eid_levl >= 2');
  const bad = await check(sources);
  assert.equal(bad.engine, null);
  const error = bad.diagnostics.find((one) => one.severity === 'error');
  assert.deepEqual([error.code, error.file], ['unknown-name', 'registration.yaml']);
});
