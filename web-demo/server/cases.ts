// What is kept of a case, and what every store of cases can do.
import type { Day, Decision } from '@thutuc/node';

/** A submission that the rules accepted. */
export interface Accepted {
  /** Chosen by the form; sending again with it is the same submission. */
  attempt: string;
  /** Of the facts and the promise. */
  bodyHash: string;
  lang: string;
  receivedAt: string;
  facts: unknown;
  promised: unknown;
  decision: Decision;
}

/** A stored case. */
export interface StoredCase {
  number: string;
  procedure: string;
  jurisdiction: string | null;
  lang: string;
  receivedAt: string;
  facts: string;
  promised: string;
  packHash: string;
  decision: string;
  dueOn: Day | null;
  attempt: string;
  bodyHash: string;
  answeredOn: Day | null;
}

/** Where cases are kept. */
export interface CaseStore {
  /** Keeps a pack, so that each of its decisions can be made again. */
  keepPack(hash: string, bundle: Uint8Array): Promise<void>;
  /** Stores a submission; resolved when it is on the disk. One that came before with the same attempt is that one. */
  put(accepted: Accepted): Promise<StoredCase>;
  byAttempt(attempt: string): Promise<StoredCase | undefined>;
  byNumber(number: string): Promise<StoredCase | undefined>;
  /** Notes the day of the answer; false if there is no such case. */
  answer(number: string, on: Day): Promise<boolean>;
  /** How many cases there are. */
  count(): Promise<number>;
  /** Cases that are not answered and were due before a day. */
  late(today: Day): Promise<number>;
  /** Whether it can be written. */
  works(): Promise<boolean>;
  /** Writes a copy of everything, an SQLite file, beside which work goes on. */
  copyTo(path: string): Promise<void>;
  close(): Promise<void>;
}

/** A case number as offices write it: the agency's code, the day, a running number of the day. */
export function numberOf(agency: string, day: Day, running: number): string {
  return `${agency}-${day.slice(2).replaceAll('-', '')}-${String(running).padStart(4, '0')}`;
}

/** The row of a submission that was given a number. */
export function caseOf(accepted: Accepted, number: string): StoredCase {
  const { decision } = accepted;
  return {
    number,
    procedure: decision.procedure,
    jurisdiction: decision.jurisdiction ?? null,
    lang: accepted.lang,
    receivedAt: accepted.receivedAt,
    facts: JSON.stringify(accepted.facts),
    promised: JSON.stringify(accepted.promised),
    packHash: decision.pack.hash,
    decision: JSON.stringify(decision),
    dueOn: decision.deadline?.dueOn ?? null,
    attempt: accepted.attempt,
    bodyHash: accepted.bodyHash,
    answeredOn: null,
  };
}
