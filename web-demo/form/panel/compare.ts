// Two decisions on one case under the law of two days: which lines differ.
import type { Condition, Decision, Lang } from '@thutuc/wasm';
import { money } from '../format.js';
import { words } from '../words.js';
import type { Part } from './scene.js';

/** What a decision looks like beside that of another day. */
export interface Comparison {
  /** The other day. */
  on: string;
  /** Lines that differ, by `part.id`, with what they were; null: they were not there. */
  changes: Map<string, string | null>;
  /** Lines that the other day had and this one has not. */
  gone: Array<{ part: Part; id: string; name: string }>;
}

/** How `now` differs from `other`. */
export function compare(now: Decision, other: Decision, lang: Lang): Comparison {
  const say = words(lang);
  const changes: Comparison['changes'] = new Map();
  const gone: Comparison['gone'] = [];
  const lines = <T extends { id: string }>(part: Part, a: readonly T[], b: readonly T[], look: (line: T) => string, name: (line: T) => string) => {
    const before = new Map(b.map((line) => [line.id, line]));
    for (const line of a) {
      const was = before.get(line.id);
      before.delete(line.id);
      if (was === undefined) changes.set(`${part}.${line.id}`, null);
      else if (look(was) !== look(line)) changes.set(`${part}.${line.id}`, look(was));
    }
    for (const line of before.values()) gone.push({ part, id: line.id, name: name(line) });
  };
  const applies = (all: readonly Condition[]) => all.filter((one) => one.status !== 'not_applicable');
  const status = (one: Condition) => say.status[one.status];
  const said = (one: Condition) => one.message ?? one.id;
  lines('eligibility', applies(now.eligibility.conditions), applies(other.eligibility.conditions), status, said);
  lines('identity', applies(now.identity.checks), applies(other.identity.checks), status, said);
  const asked = (decision: Decision) => decision.documents.filter((one) => one.status !== 'not_required');
  const paper = (one: Decision['documents'][number]) => `${one.name}${one.status === 'reused' ? `: ${say.reused(one.reuseSource)}` : ''}`;
  lines('documents', asked(now), asked(other), paper, (one) => one.name);
  const amount = (one: Decision['fees']['items'][number]) => (one.amount === null ? say.feeOpen : money(one.amount, lang));
  lines('fees', now.fees.items, other.fees.items, amount, (one) => `${one.name} ${amount(one)}`);
  const periods: Part = 'deadline';
  const due = (decision: Decision) => (decision.deadline === null ? [] : [{ id: 'period', period: decision.deadline.period ?? say.dueOpen }]);
  lines(periods, due(now), due(other), (one) => one.period, (one) => one.period);
  if (now.outcome !== other.outcome) changes.set('outcome', say.outcome[other.outcome]);
  if (now.fees.total !== other.fees.total) changes.set('total', other.fees.total === null ? say.feeOpen : money(other.fees.total, lang));
  return { on: other.asOf, changes, gone };
}

