// The state of a deadline, and the apology that a late answer calls for.
import type { Day, Lang } from '@thutuc/node';
import apologies from './apology.json' with { type: 'json' };

export type State = 'on_time' | 'due_soon' | 'late' | 'answered';

export interface Apology {
  text: string;
  citations: { text: string; confidence: string }[];
}

/** The authority must tell of a delay this many days before the answer is due. */
const SOON = 1;

/** How a case stands on a day. */
export function stateOn(today: Day, dueOn: Day | null, answeredOn: Day | null): State {
  if (answeredOn !== null) return 'answered';
  if (dueOn === null) return 'on_time';
  if (dueOn < today) return 'late';
  return daysBefore(dueOn, SOON) <= today ? 'due_soon' : 'on_time';
}

/** The apology for an answer that was due on a day, under the rules of today. */
export function apology(today: Day, dueOn: Day, lang: Lang): Apology | null {
  const rule = apologies.find((one) => one.from <= today && (one.until === null || today <= one.until));
  if (rule === undefined) return null;
  return { text: rule.text[lang].replace('{due}', dueOn.split('-').reverse().join('/')), citations: rule.citations };
}

function daysBefore(day: Day, days: number): Day {
  return new Date(Date.parse(`${day}T00:00:00Z`) - days * 86_400_000).toISOString().slice(0, 10);
}
