import { load, type Answers, type Column, type Decisions } from '@thutuc/wasm/columns';

const engine = await load(new URL('pack.bundle', 'https://example.org/'));
const wanted = engine.columns('1.004222', { columns: ['outcome', 'fee_total', 'due', 'documents.*'] });
const basis: Column = { cells: Uint8Array.of(1, 0), codes: ['rent', 'own'], missing: Uint8Array.of(0, 1) };
const told = { 'residence.basis': basis, 'residence.area_per_person': Float64Array.of(6, 12.5), channel: 'online' };
const decided: Decisions = wanted.decide(told, { asOf: Int32Array.of(20_700, 20_701), receivedAt: { days: Int32Array.of(20_700, 20_701) } });

/** Each kind of column has its own array. */
export function total(column: Answers): bigint {
  if (column.kind !== 'amounts') return 0n;
  return column.values.reduce((sum, amount) => sum + amount, 0n);
}
console.log(decided.rows, wanted.facts[0]?.codes, engine.verdict('1.004222', {}, { asOf: '2026-11-22' }).outcome);

// @ts-expect-error singles are no numbers of a fact
wanted.decide({ 'residence.area_per_person': Float32Array.of(6) }, { asOf: '2026-11-22' });
