// What the form keeps of a case: a glance decides as the whole walk does, and what is set aside makes no difference.
import { readFileSync } from 'node:fs';
import { expect, test } from '@playwright/test';
import { load, type Decision, type Fact, type FactValue } from '@thutuc/wasm';
import { Interview } from '../form/interview.js';

const bundle = new Uint8Array(readFileSync(new URL('../dist/site/pack.bundle', import.meta.url)));
const MOMENT = { asOf: '2026-11-23', receivedAt: '2026-11-23T09:00', lang: 'vi' } as const;

/** The same numbers on every machine. */
function draws(seed: number): (below: number) => number {
  let state = seed >>> 0;
  return (below) => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return Math.floor((state / 2 ** 32) * below);
  };
}

function someValue(fact: Fact, draw: (below: number) => number): FactValue {
  if (draw(8) === 0) return undefined;
  if (fact.optional && draw(4) === 0) return null;
  const codes = fact.type === 'enum' || fact.type === 'set' ? fact.values.map(([code]) => code) : [];
  switch (fact.type) {
    case 'boolean': return draw(2) === 1;
    case 'enum': return codes[draw(codes.length)];
    case 'set': return codes.filter(() => draw(4) === 0);
    case 'number': return String(draw(20));
    case 'date': return `${1985 + draw(42)}-${String(1 + draw(12)).padStart(2, '0')}-${String(1 + draw(28)).padStart(2, '0')}`;
    case 'text': return fact.personalId ? `0${String(10 ** 10 + draw(9e9)).slice(0, 11)}` : ['Nguyễn Văn An', 'Trần Thị Bình', 'A'][draw(3)];
    default: return undefined;
  }
}

/** What is decided: not the reasons, of which a fact that does not matter may give another as good. */
function decided(decision: Decision): unknown {
  const reasons = ['problems', 'because', 'citations', 'reduction', 'row', 'calculation'];
  return JSON.parse(JSON.stringify(decision, (key, value: unknown) => (reasons.includes(key) ? undefined : value)));
}

test('a glance decides as the whole walk does', async () => {
  test.setTimeout(120_000);
  const engine = await load(bundle);
  let set = 0;
  for (const [at, { code }] of engine.procedures().entries()) {
    const draw = draws(17 + at);
    const interview = new Interview(engine, code, MOMENT);
    let standing = interview.stand();
    for (let step = 0; step < 150; step += 1) {
      const fact = interview.facts[draw(interview.facts.length)]!;
      interview.tell(fact.name, someValue(fact, draw));
      const glanced = interview.glance(standing).decision;
      standing = interview.stand();
      const { problems: __, ...walked } = standing.decision;
      expect(decided(glanced)).toEqual(decided(standing.decision));
      set += standing.aside.length;
      // What matters is enough to decide: the rest may as well never have been told.
      const { problems: ___, ...fresh } = engine.decide(code, interview.relevant(), MOMENT);
      expect(fresh).toEqual(walked);
    }
  }
  expect(set).toBeGreaterThan(50);
});

test('another day is walked anew', async () => {
  const engine = await load(bundle);
  const interview = new Interview(engine, '1.004222', MOMENT);
  interview.tell('submission.channel', 'vneid_app');
  interview.tell('applicant.groups', []);
  interview.stand();
  interview.at({ ...MOMENT, asOf: '2026-03-01', receivedAt: '2026-03-01T09:00' });
  expect(interview.stand().decision.fees.items[0]?.reduction).toBeNull();
  interview.at(MOMENT);
  expect(interview.stand().decision.fees.items[0]?.reduction?.id).toBe('vneid_app');
});
