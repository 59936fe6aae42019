import type {
  Day, Decision, Diagnostic, Fact, FactProblem, Lang, LocalDateTime, MissingFact, Objection, ProblemDocument, Procedure, Promised, Request,
  ServiceLevel, StepCut, StepPlan, Verdict,
} from './wire.js'

export type * from './wire.js'

/**
 * An object of facts by their names, nested or dotted; numbers of more than 15 digits as text or `BigInt`. What is absent or
 * `undefined` is missing. `thutuc types CODE --lang ts` writes the interface of a procedure's.
 */
export type Facts = object
/** Where, and in which language. */
export type Options = Pick<Request, 'jurisdiction'> & { lang?: Lang }
/** When: the day the law is read, and when the file was received. */
export type Moment = Pick<Request, 'asOf' | 'receivedAt'>
export type Asked = Moment & Options
export interface Reloaded {
  changed: boolean
  hash: string
}

/** A loaded pack. Every call may throw a {@link ThutucError}. */
export class Pack {
  private constructor()
  /** Loads a folder of rule files, a bundle's file, or a bundle's bytes; says in `lang` what is wrong with it. */
  static load(source: string | URL | Uint8Array, options?: { lang?: Lang }): Pack
  /** As `load`, off the main thread. */
  static loadAsync(source: string | URL | Uint8Array, options?: { lang?: Lang }): Promise<Pack>
  readonly id: string
  readonly version: string
  /** The hash of everything that can change a decision. */
  readonly hash: string
  readonly jurisdictions: string[]
  /** What is worth a look in the rule files. */
  readonly warnings: Diagnostic[]
  /** The pack as one file, which loads fast and without the rule files. */
  bundle(): Uint8Array
  procedures(options?: { lang?: Lang }): Procedure[]
  /** The facts a procedure may be told. */
  facts(procedure: string, options?: Options): Fact[]
  /** The same as a JSON Schema. */
  factSchema(procedure: string, options?: Options): Record<string, unknown>
  /** What is wrong with one fact; nothing if it fits. */
  checkFact(procedure: string, fact: string, value: unknown, options?: Options): FactProblem[]
  /** The whole decision, with its reasons, citations and sentences. */
  decide(procedure: string, facts: Facts, options: Asked): Decision
  /** As `decide`, off the main thread. */
  decideAsync(procedure: string, facts: Facts, options: Asked): Promise<Decision>
  /** Many cases of a procedure, off the main thread, on all cores. */
  decideMany(procedure: string, cases: readonly Facts[], options: Asked): Promise<Decision[]>
  /** The decision without its explanation: ids, total, day. */
  verdict(procedure: string, facts: Facts, options: Asked): Verdict
  /** Many of them, on this thread. */
  verdictMany(procedure: string, cases: readonly Facts[], options: Asked): Verdict[]
  /** Packs the facts of a procedure with a module that `thutuc codec` wrote for the rules of this pack; until it is reloaded. */
  use(codec: Codec): void
  /** A case that is told fact by fact, as a form is filled in. */
  session(procedure: string, options: Asked): Session
  /** The steps of a case inside the authority, planned over working hours; what is late, what is owed, what cuts would save. */
  steps(procedure: string, facts: Facts, options: Asked & { now?: LocalDateTime; cuts?: readonly StepCut[] }): StepPlan
  /** The level of online service of one procedure (in the cases that the facts leave possible), or of all. */
  levels(options: Pick<Moment, 'asOf'> & Options & { procedure?: string; facts?: Facts }): ServiceLevel[]
  /** What a form promises with its decision: hand it in with the facts. */
  promise(procedure: string, facts: Facts, options: Asked): Promised
  /** Takes a submission; throws when it is refused, incomplete or not what was promised. */
  enforce(procedure: string, facts: Facts, options: Asked, promised?: Promised | null): Decision
  /** Loads the pack again from where it came. Calls under way finish with the old one; a broken pack leaves it in place. */
  reload(): Promise<Reloaded>
  /** Reloads when files change. */
  watch(listener?: (error: unknown, reloaded?: Reloaded) => void): { close(): void }
}

/** What a module that `thutuc codec` wrote has as its default. */
export type Codec = (host: object) => object

/** A case that stays with the engine. */
export class Session {
  private constructor()
  /** Tells a fact by its dotted name; false if it does not fit. `undefined` takes it back. */
  set(fact: string, value: unknown): boolean
  unset(fact: string): boolean
  at(moment: Moment): void
  /** The members of the verdict that changed since it was last read. */
  changes(): Partial<Verdict>
  verdict(): Verdict
  problems(): FactProblem[]
  /** The missing facts that can still change something, in the author's order. */
  missing(): Pick<MissingFact, 'fact' | 'now'>[]
  /** The fact to ask for next. */
  next(): string | null
  explain(lang?: Lang): Decision
}

/** A problem document; that of a submission has the members of an {@link Objection}, that of rule files `diagnostics`. */
export type Refusal = ProblemDocument & Partial<Objection> & { diagnostics?: Diagnostic[] }

/** Why a call gave no answer. */
export class ThutucError extends Error {
  constructor(problem: Refusal)
  readonly name: 'ThutucError'
  readonly code: string
  readonly status: number
  readonly problem: Refusal
  toJSON(): Refusal
}

/** The moment a clock shows in Vietnam (UTC+07:00): what a server tells of a file that arrives now. */
export function now(clock?: Date): { asOf: Day; receivedAt: LocalDateTime }
