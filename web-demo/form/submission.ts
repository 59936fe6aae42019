// A submission on its way to the backend, with what the form promised.
import type { Decision, Facts, Lang, ProblemDocument } from '@thutuc/wasm';

/** What a form told the person: the backend holds the submission to it. */
export interface Promised {
  packHash: string;
  fee: number | null;
  documents: string[];
  dueOn: string | null;
}

/** What the backend gives for a submission that it took. */
export interface Receipt {
  /** The number of the case. */
  number: string;
  /** What opens the case's page: known only to who filed it. */
  secret: string;
}

/** Why a submission was not taken: a problem document, with the decision where there is one. */
export interface Objection extends ProblemDocument {
  unmet?: Decision['eligibility']['conditions'];
  documents?: Decision['documents'];
  differences?: Array<{ part: 'packHash' | 'fee' | 'documents' | 'dueOn'; message: string }>;
}

export type Answered = { taken: Receipt } | { objection: Objection } | { offline: true };

/** What a decision promises, as it is shown. */
export function promised(decision: Decision): Promised {
  const asked = decision.documents.filter((one) => one.status === 'required' || one.status === 'provided');
  return {
    packHash: decision.pack.hash,
    fee: decision.fees.total,
    documents: asked.map((one) => one.id),
    dueOn: decision.deadline?.dueOn ?? null,
  };
}

/** Hands a case in. `attempt` stays the same when it is sent again, so that it is taken once. */
export async function handIn(
  action: string,
  submission: { procedure: string; jurisdiction?: string; facts: Facts; promised: Promised },
  attempt: string,
  lang: Lang,
): Promise<Answered> {
  let response: Response;
  try {
    response = await fetch(action, {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'accept-language': lang, 'idempotency-key': attempt },
      body: JSON.stringify(submission),
    });
  } catch {
    return { offline: true };
  }
  const answer: unknown = await response.json().catch(() => null);
  if (response.ok && isReceipt(answer)) return { taken: answer };
  if (isProblem(answer)) return { objection: answer };
  return { offline: true };
}

function isReceipt(answer: unknown): answer is Receipt {
  return typeof answer === 'object' && answer !== null && 'number' in answer && 'secret' in answer;
}

function isProblem(answer: unknown): answer is Objection {
  return typeof answer === 'object' && answer !== null && 'title' in answer && 'code' in answer;
}
