// When a case is decided: a day that was asked for, or now in Vietnam.
import type { Moment } from '@thutuc/wasm';

/** Vietnam's hours ahead of UTC; it has no summer time. */
const AHEAD = 7 * 3_600_000;

/** The moment that a clock shows in Vietnam. */
export function now(clock = Date.now()): { asOf: string; receivedAt: string } {
  const local = new Date(clock + AHEAD).toISOString();
  return { asOf: local.slice(0, 10), receivedAt: local.slice(0, 16) };
}

/** The moment of a form: the day its page asks for, or now. */
export function momentOf(asked: { asOf?: string | undefined; receivedAt?: string | undefined; jurisdiction?: string | undefined }): Moment {
  const when = asked.asOf ? { asOf: asked.asOf, receivedAt: asked.receivedAt ?? null } : now();
  return asked.jurisdiction ? { ...when, jurisdiction: asked.jurisdiction } : when;
}
