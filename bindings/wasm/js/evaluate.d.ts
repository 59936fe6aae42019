import type {
  Decision, Fact, FactProblem, Lang, MissingFact, Outline, PackInfo, ProblemDocument, Procedure, Request, Verdict,
} from './wire.js';

export type * from './wire.js';

export type Bytes = Uint8Array | ArrayBuffer | Response | URL | string;
export type WasmSource = WebAssembly.Module | Bytes | Promise<WebAssembly.Module | Bytes>;

/** A value of a fact. Left out or `undefined` it is missing; `null` is an answer. */
export type FactValue = null | undefined | boolean | number | bigint | string | readonly FactValue[] | { readonly [name: string]: FactValue };
/** An object of facts by their names, nested or dotted. `thutuc types CODE --lang ts` writes the interface of a procedure's. */
export type Facts = object;

/** When and where, and in which language. */
export type Moment = Pick<Request, 'asOf' | 'receivedAt' | 'jurisdiction'> & { lang?: Lang };
type Place = Pick<Moment, 'jurisdiction' | 'lang'>;

/** Why a call gave no answer. */
export class ThutucError extends Error {
  readonly problem: ProblemDocument;
  /** The kind of problem, such as `unknown-procedure`. */
  get code(): string;
}

/** A loaded pack. Every call may throw a {@link ThutucError}. */
export class Engine {
  private constructor();
  /** Which rules are loaded. */
  readonly pack: PackInfo;
  procedures(options?: { lang?: Lang }): Procedure[];
  /** The facts a procedure may be told. */
  facts(procedure: string, options?: Place): Fact[];
  /** What a form wants to know of a procedure beside its facts. */
  outline(procedure: string, options?: Place): Outline;
  /** What is wrong with one fact; nothing if it fits. */
  checkFact(procedure: string, fact: string, value: FactValue, options?: Place): FactProblem[];
  /** The whole decision, with its reasons, citations and sentences. */
  decide(procedure: string, facts: Facts, options: Moment): Decision;
  /** The decision without its explanation: ids, total, day. */
  verdict(procedure: string, facts: Facts, options: Moment): Verdict;
  /** Many of them. */
  verdictMany(procedure: string, cases: readonly Facts[], options: Moment): Verdict[];
  session(procedure: string, options: Moment): Session;
  /** Packs the facts of a procedure with a module that `thutuc codec` wrote for the rules of this pack. */
  use(codec: Codec): void;
}

/** What a module that `thutuc codec` wrote has as its default. */
export type Codec = (host: object) => object;

/** A case that is told fact by fact. */
export class Session {
  private constructor();
  /** Tells a fact by its dotted name; false if it does not fit. `undefined` takes it back. */
  set(fact: string, value: FactValue): boolean;
  unset(fact: string): boolean;
  at(options: Pick<Moment, 'asOf' | 'receivedAt'>): void;
  /** The members of the verdict that changed since it was last read. */
  changes(): Partial<Verdict>;
  verdict(): Verdict;
  /** The missing facts that can still change something, in the author's order. */
  missing(): Pick<MissingFact, 'fact' | 'now'>[];
  /** The fact to ask for next. */
  next(): string | null;
  explain(lang?: Lang): Decision;
}

/** Loads the pack of a bundle. */
export function load(bundle: Bytes | Promise<Bytes>, options?: { wasm?: WasmSource; lang?: Lang }): Promise<Engine>;
