import { ThutucError, load, type Decision, type Verdict } from '@thutuc/wasm';
import { check } from '@thutuc/wasm/author';

const engine = await load(new URL('pack.bundle', 'https://example.org/'));
const verdict: Verdict = engine.verdict('1.004222', { 'residence.basis': 'rent' }, { asOf: '2026-11-22' });
const decision: Decision = engine.decide('1.004222', { residence: { basis: 'rent' } }, { asOf: '2026-11-22', lang: 'en' });
const session = engine.session('1.004222', { asOf: '2026-11-22' });
session.set('residence.area_per_person', 12.5);
const due: string | null | undefined = session.changes().dueOn;
const checked = await check({ 'pack.yaml': 'id: x' });

// @ts-expect-error a day is a text
engine.verdict('1.004222', {}, { asOf: new Date() });

try {
  engine.facts('1');
} catch (error) {
  if (error instanceof ThutucError) console.log(error.code, error.problem.status, verdict.fee, decision.next, due, checked.engine);
}
