export type Lang = 'vi' | 'en';
export type Bytes = Uint8Array | ArrayBuffer | Response | URL | string;
export type WasmSource = WebAssembly.Module | Bytes | Promise<WebAssembly.Module | Bytes>;

/** A value of a fact. Left out or `undefined` it is missing; `null` is an answer. */
export type FactValue = null | undefined | boolean | number | bigint | string | FactValue[] | { [name: string]: FactValue };
/** Facts by their names, nested or dotted. */
export type Facts = { [name: string]: FactValue };

/** When and where. */
export interface Moment {
  /** The day the law is read, `YYYY-MM-DD`. */
  asOf: string;
  /** When the file was received, `YYYY-MM-DDTHH:MM`; the opening of the office on `asOf` if left out. */
  receivedAt?: string | null;
  jurisdiction?: string | null;
  lang?: Lang;
}

export type Outcome = 'accept' | 'refuse' | 'ask';

/** What is wrong with a fact that was told. */
export interface Problem {
  fact: string;
  code: string;
  message: string;
}

/** A decision without its explanation. */
export interface Verdict {
  outcome: Outcome;
  unmet: string[];
  undetermined: string[];
  documents: string[];
  /** đồng; null while a fee is not settled. */
  fee: number | null;
  dueOn: string | null;
  provisional: boolean;
  problems?: Problem[];
}

/** RFC 9457. */
export interface ProblemDocument {
  type: string;
  title: string;
  status: number;
  detail: string;
  code: string;
  near?: string;
  errors?: Problem[];
}

export interface Citation {
  instrument: string;
  title: string;
  text: string;
  confidence: string;
}

export interface KnownFact {
  fact: string;
  value: unknown;
}

export interface Condition {
  id: string;
  status: 'met' | 'unmet' | 'undetermined' | 'not_applicable';
  message: string | null;
  wanted: string | null;
  citations: Citation[];
  because: KnownFact[];
}

/** A whole decision. */
export interface Decision {
  procedure: string;
  asOf: string;
  jurisdiction?: string;
  pack: { id: string; version: string; hash: string };
  outcome: Outcome;
  eligibility: { status: 'met' | 'unmet' | 'undetermined'; conditions: Condition[] };
  identity: { status: 'met' | 'unmet' | 'undetermined'; requiredLevel: number | null; checks: Condition[] };
  documents: Array<{
    id: string;
    status: 'required' | 'provided' | 'reused' | 'not_required' | 'undetermined';
    name: string;
    form: string;
    copies: unknown;
    anyOf: Array<{ id: string; name: string }>;
    reuseSource: string | null;
    citations: Citation[];
    because: KnownFact[];
  }>;
  fees: {
    status: 'determined' | 'undetermined';
    total: number | null;
    currency: 'VND';
    items: Array<{
      id: string;
      name: string;
      amount: number | null;
      row: string | null;
      calculation: { unit: string; times: string | null; before: string } | null;
      reduction: { id: string; name: string; off: string } | null;
      citations: Citation[];
      because: KnownFact[];
    }>;
  };
  deadline: {
    id: string | null;
    status: 'determined' | 'provisional' | 'undetermined';
    period: string | null;
    startsOn: string | null;
    dueOn: string | null;
    dueAt: string | null;
    counted: number;
    skipped: Array<{ date: string; reason: string }>;
    pauses: Array<{ from: string; until: string }>;
    message: string | null;
    citations: Citation[];
    because: KnownFact[];
  } | null;
  missing: Array<{ fact: string; neededBy: string[]; now: boolean }>;
  next: string | null;
  problems: Problem[];
  gaps: Array<{ id: string; message: string; neededBy: string[]; citations: Citation[] }>;
}

export interface Procedure {
  code: string;
  name: string;
  summary: string | null;
  field: string;
  authority: string;
  onlineService: string;
  from: string | null;
  until: string | null;
  jurisdictions: string[];
  notes: string[];
}

/** What a form wants to know of a procedure beside its facts. */
export interface Outline {
  /** The first days of the times between which its law does not change, in order. */
  changes: string[];
  /** Who decides, with the days it does. */
  authorities: Array<{ name: string; from: string | null; until: string | null }>;
  /** The fact that lists the documents handed in, by their ids or those of their alternatives. */
  documentsFact: string | null;
}

/** A fact that a procedure may be told, with the members of its type. */
export interface Fact {
  name: string;
  type: 'boolean' | 'number' | 'enum' | 'set' | 'date' | 'text' | 'time' | 'datetime' | 'texts' | 'list';
  optional: boolean;
  hasDefault: boolean;
  label: string;
  help: string | null;
  /** Codes with their labels. */
  values?: Array<[string, string]>;
  min?: string | null;
  max?: string | null;
  decimals?: number | null;
  unit?: string | null;
  maxLength?: number;
  personalId?: boolean;
  maxItems?: number;
  fields?: Fact[];
}

export class ThutucError extends Error {
  readonly problem: ProblemDocument;
  /** The kind of problem, such as `unknown-procedure`. */
  get code(): string;
}

type Place = Pick<Moment, 'jurisdiction' | 'lang'>;

export class Engine {
  private constructor();
  readonly pack: { id: string; version: string; hash: string; format: number; jurisdictions: string[] };
  procedures(options?: { lang?: Lang }): Procedure[];
  facts(procedure: string, options?: Place): Fact[];
  outline(procedure: string, options?: Place): Outline;
  checkFact(procedure: string, fact: string, value: FactValue, options?: Place): Problem[];
  decide(procedure: string, facts: Facts, options: Moment): Decision;
  verdict(procedure: string, facts: Facts, options: Moment): Verdict;
  session(procedure: string, options: Moment): Session;
}

/** A case that is told fact by fact. */
export class Session {
  private constructor();
  /** Tells a fact; false if it does not fit. */
  set(fact: string, value: FactValue): boolean;
  unset(fact: string): boolean;
  at(options: Pick<Moment, 'asOf' | 'receivedAt'>): void;
  /** The members of the verdict that changed since it was last read. */
  changes(): Partial<Verdict>;
  verdict(): Verdict;
  missing(): Array<{ fact: string; now: boolean }>;
  next(): string | null;
  explain(lang?: Lang): Decision;
}

/** Loads the pack of a bundle. */
export function load(bundle: Bytes | Promise<Bytes>, options?: { wasm?: WasmSource; lang?: Lang }): Promise<Engine>;
