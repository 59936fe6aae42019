// Columns say what the engine says case by case; mistakes have a document.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { before, test } from 'node:test';
import { ThutucError, load } from '@thutuc/wasm/columns';
import { bundle, workload } from '../fixture.js';
import { columnsOf } from '../columns.js';

const P = '0.000001';
const RESIDENCE = '1.004222';
let engine;
let bytes;
let pack;

before(async () => {
  bytes = await bundle('tests/workload/rules');
  [engine, pack] = await Promise.all([load(bytes), bundle('rules').then((rules) => load(rules))]);
});

/** The answer of a column on a case; undefined where there is none. */
function answer({ kind, values, valid, codes, scale, beside }, row) {
  if (valid !== null && ((valid[row >> 3] >> (row & 7)) & 1) === 0) return undefined;
  if (kind === 'codes' || kind === 'texts') return codes[values[row]];
  if (kind === 'days') return new Date(values[row] * 86_400_000).toISOString().slice(0, 10);
  if (kind === 'numbers') return beside.find(([of]) => of === row)?.[1] ?? String(Number(values[row]) / 10 ** scale);
  return kind === 'amounts' ? Number(values[row]) : values[row];
}

/** All answers of columns; where there is none the value says nothing. */
function answers({ rows, columns }) {
  return Object.fromEntries(Object.entries(columns).map(([name, column]) => [name, Array.from({ length: rows }, (_, row) => answer(column, row))]));
}

/** What columns say of a case, as a decision says it. */
function asDecision(columns, row) {
  const status = (name) => {
    const told = answer(columns[name], row);
    return told === 'missing' || told === 'unknown' ? 'undetermined' : told;
  };
  const all = (group) => Object.fromEntries(Object.keys(columns).filter((name) => name.startsWith(group)).map((name) => [name.slice(group.length), status(name)])
    .filter(([, told]) => told !== undefined));
  return {
    outcome: status('outcome'), conditions: all('eligibility.'), checks: all('identity.'), documents: all('documents.'),
    fee: answer(columns.fee_total, row) ?? null, due: answer(columns.due, row) ?? null,
    next: answer(columns.next, row) ?? null,
  };
}

function told(decision) {
  const all = (items) => Object.fromEntries(items.map(({ id, status }) => [id, status]));
  return {
    outcome: decision.outcome, conditions: all(decision.eligibility.conditions), checks: all(decision.identity.checks), documents: all(decision.documents),
    fee: decision.fees.status === 'determined' ? decision.fees.total : null, due: decision.deadline.dueOn, next: decision.next,
  };
}

const WANTED = ['outcome', 'eligibility.*', 'identity.*', 'documents.*', 'fee_total', 'due', 'next', 'problem.*'];

test('the workload is decided as by verdict', () => {
  const cases = workload(40_000);
  const { facts, asOf } = columnsOf(cases);
  const wanted = engine.columns(P, { columns: ['outcome', 'eligibility.*', 'documents.*', 'fee_total', 'due'] });
  const { rows, byEval, columns } = wanted.decide(facts, { asOf });
  assert.deepEqual([rows, byEval], [cases.length, 0]);
  assert.ok(wanted.columns.every(({ withoutKernel }) => withoutKernel.length === 0));
  const marked = (group, of, row) => Object.keys(columns).filter((name) => name.startsWith(group) && answer(columns[name], row) === of).map((name) => name.slice(group.length));
  cases.forEach((one, row) => {
    if (row % 4 && row > 1000) return;
    const { outcome, unmet, documents, fee, dueOn } = engine.verdict(P, one.facts, { asOf: one.asOf });
    const by = { outcome, unmet, documents, fee, dueOn };
    assert.deepEqual({
      outcome: answer(columns.outcome, row), unmet: marked('eligibility.', 'unmet', row), documents: marked('documents.', 'required', row),
      fee: answer(columns.fee_total, row), dueOn: answer(columns.due, row),
    }, by, JSON.stringify(one));
  });
});

/** A column of a fact drawn at random and the fact of each case, a fifth of them not told. */
function drawn(fact, rows, draw) {
  const { kind, codes = [], scale = 0, min, max, nullable } = fact;
  const missing = Uint8Array.from({ length: rows }, () => (draw(5) === 0 ? 1 : 0));
  const nulls = Uint8Array.from({ length: rows }, () => (nullable && draw(4) === 0 ? 1 : 0));
  const low = Math.max(min ?? 0, -1e12);
  const span = Math.min((max ?? low + 2_000_000) - low, 4_000_000) + 1;
  const integer = () => low + draw(span);
  const made = {
    boolean: () => [Uint8Array, () => draw(2), (cell) => cell === 1],
    enum: () => [Uint8Array, () => draw(codes.length), (cell) => codes[cell]],
    set: () => [codes.length > 32 ? BigUint64Array : Uint32Array, () => (codes.length > 32 ? BigInt(draw(2 ** 31)) : draw(2 ** Math.min(codes.length, 31))), (cell) => codes.filter((_, at) => (BigInt(cell) >> BigInt(at)) & 1n)],
    date: () => [Int32Array, () => Math.max(min, Math.min(max, 20_000 - draw(9_000))), (cell) => new Date(cell * 86_400_000).toISOString().slice(0, 10)],
    number: () => (scale === 0 ? [BigInt64Array, () => BigInt(integer()), String] : [Float64Array, () => integer() / 10 ** scale, (cell) => cell]),
    wide: () => [Array, () => ['001090012345', 'Nguyễn Thị Hòa', 'x'][draw(3)], (cell) => cell],
  }[kind]();
  const [Cells, cell, value] = made;
  const cells = Cells.from({ length: rows }, cell);
  const facts = Array.from(cells, (of, row) => (missing[row] ? undefined : nulls[row] ? null : value(of)));
  if (kind === 'wide') return { column: facts, facts };
  // Half of the facts are told by a bitmap of Arrow.
  const valid = new Uint8Array(Math.ceil(rows / 8));
  missing.forEach((none, row) => { if (!none) valid[row >> 3] |= 1 << (row & 7); });
  return { column: draw(2) ? { cells, missing, null: nulls } : { cells, valid, null: nulls }, facts };
}

for (const procedure of [RESIDENCE, '1.004194']) {
  test(`random cases of ${procedure} are decided as by decide`, () => {
    let state = 7;
    const draw = (below) => {
      state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
      return Math.floor((state / 2 ** 32) * below);
    };
    // One case more than blocks have, so that the last block is another.
    const rows = 400;
    const wanted = pack.columns(procedure, { columns: WANTED });
    const facts = wanted.facts.map((fact) => ({ name: fact.name, ...drawn(fact, rows, draw) }));
    const days = Int32Array.from({ length: rows }, () => 20_454 + draw(300));
    const received = { days: days.map((day) => day - draw(3)), seconds: Uint32Array.from({ length: rows }, () => draw(86_400)) };
    const { columns } = wanted.decide(Object.fromEntries(facts.map(({ name, column }) => [name, column])), { asOf: days, receivedAt: received });
    const outcomes = new Set();
    for (let row = 0; row < rows; row += 1) {
      const one = Object.fromEntries(facts.map((fact) => [fact.name, fact.facts[row]]));
      const iso = (ms) => new Date(ms).toISOString().slice(0, 19);
      const options = { asOf: iso(days[row] * 86_400_000).slice(0, 10), receivedAt: iso(received.days[row] * 86_400_000 + received.seconds[row] * 1000) };
      const decision = pack.decide(procedure, one, options);
      const wrong = Object.keys(columns).filter((name) => name.startsWith('problem.') && answer(columns[name], row) === 1).map((name) => name.slice(8));
      assert.deepEqual(asDecision(columns, row), told(decision), JSON.stringify([one, options]));
      assert.deepEqual(wrong.sort(), decision.problems.map(({ fact }) => fact.replace(/\[.*/, '')).sort());
      outcomes.add(decision.outcome);
    }
    assert.ok(outcomes.size > 1, 'cases differ');
  });
}

test('blocks make no difference, nor how a column is told', () => {
  const cases = workload(20_000);
  const { facts, asOf } = columnsOf(cases);
  const wanted = engine.columns(P, { columns: ['*'] });
  const decided = wanted.decide(facts, { asOf });
  const codes = ['post', 'somewhere', 'online', 'in_person'];
  const others = {
    channel: { cells: Int32Array.from(cases, (one) => codes.indexOf(one.facts.channel)), codes },
    applicant_age: BigInt64Array.from(cases, (one) => BigInt(one.facts.applicant_age)),
    floor_area_per_person: Float64Array.from(cases, (one) => one.facts.floor_area_per_person),
    owner_consent: cases.map((one) => one.facts.owner_consent),
    residence_basis: cases.map((one) => one.facts.residence_basis),
    documents_in_database: cases.map((one) => one.facts.documents_in_database),
    exempt_group: { cells: facts.exempt_group, missing: new Uint8Array(cases.length) },
  };
  const all = answers(decided);
  assert.deepEqual(answers(wanted.decide({ ...facts, ...others }, { asOf })), all);
  // Into the arrays of other decisions.
  const into = wanted.decide({}, { asOf });
  const { fee_total: fee } = into.columns;
  const again = wanted.decide(facts, { asOf, into });
  assert.deepEqual(answers(again), all);
  assert.equal(again.columns.fee_total.values, fee.values);
  // The last cases, all in one block, from arrays that begin elsewhere.
  const last = Object.fromEntries(Object.entries(facts).map(([name, given]) => [name, given.cells ? { ...given, cells: given.cells.subarray(15_000) } : given.subarray(15_000)]));
  const part = wanted.decide(last, { asOf: asOf.subarray(15_000) });
  for (const [name, values] of Object.entries(answers(part))) assert.deepEqual(values, all[name].slice(15_000), name);
});

test('one value stands for all cases', () => {
  const { facts, options } = { facts: workload(1)[0].facts, options: { asOf: '2025-06-02' } };
  const wanted = engine.columns(P, { columns: ['outcome', 'fee_total', 'due'] });
  const alike = Object.fromEntries(Object.entries(facts).map(([name, value]) => [name, Array.isArray(value) ? { constant: value } : value]));
  const { columns } = wanted.decide(alike, { ...options, rows: 20_000 });
  const { outcome, fee, dueOn } = engine.verdict(P, facts, options);
  for (const row of [0, 9_999, 19_999]) assert.deepEqual([answer(columns.outcome, row), answer(columns.fee_total, row), answer(columns.due, row)], [outcome, fee, dueOn]);
});

test('a cell that does not fit is missing and told of, never a wrong answer', () => {
  const wanted = engine.columns(P, { columns: ['outcome', 'next', 'problem.*'] });
  const told = {
    floor_area_per_person: Float64Array.of(Number.NaN, -4, 1e300, 7.95, 12),
    applicant_age: Int32Array.of(30, 30, 30, -1, 30),
    channel: { cells: Uint8Array.of(0, 1, 0, 0, 0), codes: ['online', 'by pigeon'] },
  };
  const { columns } = wanted.decide(told, { asOf: '2025-06-02' });
  const problems = (fact) => [...columns[`problem.${fact}`].values];
  assert.deepEqual(problems('floor_area_per_person').slice(0, 3), [1, 1, 1]);
  assert.equal(problems('floor_area_per_person')[4], 0);
  assert.deepEqual(problems('applicant_age'), [0, 0, 0, 1, 0]);
  assert.deepEqual(problems('channel'), [0, 1, 0, 0, 0]);
  assert.ok([0, 1, 2, 3, 4].every((row) => answer(columns.outcome, row) === 'ask'));
});

test('mistakes have a problem document', () => {
  const wanted = engine.columns(P, { lang: 'en' });
  const when = { asOf: '2025-06-02' };
  const refused = (call, code, detail, near) => assert.throws(call, (error) => {
    assert.ok(error instanceof ThutucError, String(error.stack));
    assert.equal(error.code, code);
    assert.match(error.problem.detail, detail);
    if (near !== undefined) assert.ok(JSON.stringify(error.problem).includes(near), JSON.stringify(error.problem));
    return true;
  });
  refused(() => wanted.decide({ chanel: Uint8Array.of(0) }, when), 'bad-facts', /chanel/, '`channel`');
  refused(() => wanted.decide({ channel: Uint8Array.of(0, 1), applicant_age: Uint8Array.of(9) }, when), 'bad-column', /`applicant_age` has 1 cells for 2 cases/);
  refused(() => wanted.decide({ channel: Uint8Array.of(0, 1) }, { asOf: Int32Array.of(20_000) }), 'bad-column', /`asOf` has 1 cells for 2 cases/);
  refused(() => wanted.decide({ channel: Uint8Array.of(0, 7) }, when), 'bad-column', /`channel` has code 7 in row 1: its list has 3 codes/);
  refused(() => wanted.decide({ channel: { cells: Int8Array.of(0, -1), codes: ['post'] } }, when), 'bad-column', /code -1 in row 1: its list has 1 codes/);
  refused(() => wanted.decide({ channel: Float64Array.of(0) }, when), 'bad-column', /`channel` is a Float64Array; it takes a typed array of positions/);
  refused(() => wanted.decide({ applicant_age: Float32Array.of(1) }, when), 'bad-column', /Float32Array/);
  refused(() => wanted.decide({ applicant_age: { cells: Int32Array.of(1), scale: 99 } }, when), 'bad-column', /decimal places/);
  refused(() => wanted.decide({ owner_consent: { missing: Uint8Array.of(1) } }, when), 'bad-column', /`owner_consent`/);
  refused(() => wanted.decide({ owner_consent: { cells: Uint8Array.of(1), missing: [true] } }, when), 'bad-column', /`owner_consent.missing`/);
  refused(() => wanted.decide({ owner_consent: { cells: new Uint8Array(9), valid: Uint8Array.of(1) } }, when), 'bad-column', /`owner_consent.valid` has 8 cells for 9 cases/);
  refused(() => wanted.decide({ channel: 'by pigeon' }, when), 'bad-facts', /channel/);
  refused(() => wanted.decide({}, { asOf: '2025-02-30' }), 'bad-date', /2025-02-30/);
  refused(() => wanted.decide({}, {}), 'bad-column', /`asOf` is undefined/);
  refused(() => wanted.decide([], when), 'wrong-argument', /facts/);
  refused(() => engine.columns(P, { columns: ['outcom'], lang: 'en' }), 'unknown-column', /`outcom`; did you mean `outcome`\?|`outcom`/, 'outcome');
  refused(() => engine.columns(P, { columns: 'outcome', lang: 'en' }), 'wrong-argument', /columns/);
  refused(() => engine.columns('1', { lang: 'en' }), 'unknown-procedure', /1/);
  assert.equal(wanted.decide({ channel: 'online' }, when).rows, 1, 'after a mistake all is well');
  assert.equal(wanted.decide({ channel: { cells: Uint8Array.of(0, 7), missing: Uint8Array.of(0, 1) } }, when).rows, 2, 'what is missing has no code');
});

test('days before the law are not decided', () => {
  const { columns } = engine.columns(P).decide({}, { asOf: Int32Array.of(0, 20_000) });
  assert.deepEqual([0, 1].map((row) => answer(columns.standing, row)), ['not_in_force', 'decided']);
  assert.equal(answer(columns.outcome, 0), undefined);
});

test('the same binary decides single cases', () => {
  const [{ facts, asOf }] = workload(1);
  assert.equal(engine.decide(P, facts, { asOf }).outcome, engine.verdict(P, facts, { asOf }).outcome);
  const binary = readFileSync(new URL(import.meta.resolve('@thutuc/wasm/columns.wasm')));
  assert.ok(WebAssembly.validate(binary));
});
