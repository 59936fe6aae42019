// columns.js BUNDLE [ROWS]: the reference workload as columns through WebAssembly, beside loops over typed arrays written by hand.
// A JSON record a line to stdout. All answers are held to those by hand before anything is timed.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { columnsOf } from '../bindings/wasm/columns.js';
import { load } from '../bindings/wasm/js/dist/columns.node.js';
import { workload } from '../bindings/wasm/workload.js';
import { decideColumns, room } from './hand_columns.js';
import { compare } from './measure.js';

const PROCEDURE = '0.000001';
const [bundle, given = '1000000'] = process.argv.slice(2);
const rows = Number(given);
const engine = await load(readFileSync(bundle));

const some = workload(Math.min(rows, 20_000));
const { facts, asOf } = columnsOf(Array.from({ length: rows }, (_, at) => some[at % some.length]));
const hand = {
  channel: facts.channel, age: facts.applicant_age, basis: facts.residence_basis, area: facts.floor_area_per_person.cells, consent: facts.owner_consent,
  parent: facts.minor_with_parent, level: facts.eid_level, locked: facts.eid_locked, group: facts.exempt_group, held: facts.documents_in_database, day: asOf,
};
const doubles = { ...facts, floor_area_per_person: Float64Array.from(hand.area, (tenths) => tenths / 10) };
const out = room(rows);
const full = engine.columns(PROCEDURE, { columns: ['outcome', 'eligibility.*', 'documents.*', 'fee_total', 'due'] });
const few = engine.columns(PROCEDURE, { columns: ['outcome', 'fee_total', 'due'] });

decideColumns(hand, out);
same(full.decide(facts, { asOf }));
same(full.decide(doubles, { asOf }));

const system = (name, run, more = {}) => ({ system: name, run, size: rows, every: 2, ...more });
const byHand = system('by hand', () => decideColumns(hand, out), { yardstick: true });
// Both fill the arrays that they filled before.
const thutuc = (plan, of) => {
  let into = plan.decide(of, { asOf });
  return system('thutuc WebAssembly', () => { into = plan.decide(of, { asOf, into }); });
};
const mode = (what) => ({ host: 'node', mode: `columns: ${what}`, unit: 'cases/s' });
await compare(mode('outcome, 6 conditions, 6 documents, fee, day'), [byHand, thutuc(full, facts)]);
await compare(mode('the same, areas as doubles'), [byHand, thutuc(full, doubles)]);
await compare(mode('outcome, fee, day'), [byHand, thutuc(few, facts)]);

function same({ byEval, columns }) {
  assert.equal(byEval, 0);
  const of = (group) => Object.entries(columns).filter(([name]) => name.startsWith(group)).map(([, column]) => column);
  const [conditions, documents] = [of('eligibility.'), of('documents.')];
  const masks = (all, code, row) => all.reduce((mask, { values, codes }, bit) => mask | (codes[values[row]] === code ? 1 << bit : 0), 0);
  for (let row = 0; row < rows; row += row < some.length ? 1 : 997) {
    const told = [masks(conditions, 'unmet', row), masks(documents, 'required', row), Number(columns.fee_total.values[row]), columns.due.values[row]];
    assert.deepEqual(told, [out.reasons[row], out.documents[row], out.fee[row], out.deadline[row]], `case ${row}`);
  }
}
