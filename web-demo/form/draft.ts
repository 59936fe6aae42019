// A draft that stays on this device.
import type { FactValue } from '@thutuc/wasm';

const key = (procedure: string) => `thutuc-draft-${procedure}`;

/** What was told of a procedure here before. */
export function readDraft(procedure: string): Record<string, FactValue> {
  try {
    const kept: unknown = JSON.parse(localStorage.getItem(key(procedure)) ?? '{}');
    return typeof kept === 'object' && kept !== null && !Array.isArray(kept) ? (kept as Record<string, FactValue>) : {};
  } catch {
    // A page without storage, or a draft of another program: a form without a draft works as well.
    return {};
  }
}

/** Keeps what was told; nothing told keeps nothing. */
export function keepDraft(procedure: string, told: Record<string, FactValue>): void {
  try {
    if (Object.keys(told).length === 0) localStorage.removeItem(key(procedure));
    else localStorage.setItem(key(procedure), JSON.stringify(told));
  } catch {
    // As above: storage may be full or forbidden.
  }
}
