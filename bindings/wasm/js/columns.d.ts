import type { Bytes, Engine as Evaluate, FactValue, WasmSource } from './evaluate.js';
import type { Lang } from './wire.js';

export type * from './evaluate.js';
export { Session, ThutucError } from './evaluate.js';

/** Cells of a fact, one a case. A plain array is read value by value and is the slow way. */
export type Cells =
  | Uint8Array | Uint8ClampedArray | Uint16Array | Uint32Array | Int8Array | Int16Array | Int32Array | BigInt64Array | BigUint64Array | Float64Array
  | readonly FactValue[];

/** Cells and what is to be said of them. */
export interface CellsOf {
  cells: Cells;
  /** A byte a case: not 0 where the fact is not told. */
  missing?: Uint8Array;
  /** A byte a case: not 0 where the answer is "there is none". */
  null?: Uint8Array;
  /** A bit a case, the lowest first, as Arrow has it: 0 where the fact is not told. */
  valid?: Uint8Array;
  /** One of some codes: the list that the cells are positions in, if it is not the fact's own. */
  codes?: readonly string[];
  /** Integers: they are numbers times 10 to this power. */
  scale?: number;
}

/** What tells a fact: cells, or one value that all cases have. */
export type Column = Cells | CellsOf | { constant: FactValue } | boolean | number | bigint | string | null | undefined;

/** How a fact is told. */
export interface FactColumn {
  name: string;
  slot: number;
  /**
   * `boolean`: 0 or 1. `number`: integers or doubles. `enum`: positions in `codes`. `set`: a bit for each of `codes`. `date`: days
   * since 1970-01-01. `wide`: texts, lists and records, in plain arrays.
   */
  kind: 'boolean' | 'number' | 'enum' | 'set' | 'date' | 'wide';
  /** Decimal places that it is kept with. */
  scale?: number;
  codes?: string[];
  /** The least number it may be, times 10 to the power of `scale`; the first day. */
  min?: number;
  max?: number;
  /** Whether null is an answer. */
  nullable: boolean;
  default?: number;
}

/** A column of decisions. */
export interface WantedColumn {
  name: string;
  kind: 'codes' | 'wide_codes' | 'booleans' | 'level' | 'days' | 'amounts' | 'numbers' | 'texts' | 'values';
  codes?: string[];
  scale?: number;
  /** The spans of law in which it is decided case by case, which is slower. */
  withoutKernel: { from: string; why: string }[];
}

/** Where there is no answer, the value says nothing. */
interface Answered {
  /** A bit a case, the lowest first, as Arrow has it: 1 where there is an answer. `null`: everywhere. */
  valid: Uint8Array | null;
}
/** Positions in a list of codes: outcomes, states of conditions and documents, the deciding rule. */
export interface CodesColumn extends Answered {
  kind: 'codes';
  values: Uint8Array | Uint32Array;
  codes: string[];
}
/** 0 and 1. */
export interface BooleansColumn extends Answered {
  kind: 'booleans';
  values: Uint8Array;
}
/** A level of identity. */
export interface LevelColumn extends Answered {
  kind: 'level';
  values: Uint8Array;
}
/** Days since 1970-01-01. */
export interface DaysColumn extends Answered {
  kind: 'days';
  values: Int32Array;
}
/** Whole numbers of đồng. */
export interface AmountsColumn extends Answered {
  kind: 'amounts';
  values: BigInt64Array;
}
/** Numbers times 10 to the power of `scale`. */
export interface NumbersColumn extends Answered {
  kind: 'numbers';
  values: BigInt64Array;
  scale: number;
  /** Numbers of more places or digits, as exact text, with their cases; their values are 0. */
  beside: [row: number, number: string][];
}
/** Positions in a list of texts. */
export interface TextsColumn extends Answered {
  kind: 'texts';
  values: Uint32Array;
  codes: string[];
}
/** Values of any other type, as JSON has them. */
export interface ValuesColumn extends Answered {
  kind: 'values';
  values: unknown[];
}
export type Answers = CodesColumn | BooleansColumn | LevelColumn | DaysColumn | AmountsColumn | NumbersColumn | TextsColumn | ValuesColumn;

/** The decisions on all cases. */
export interface Decisions {
  rows: number;
  /** Cases that were decided one by one, whole or in part: facts were missing, or there is no kernel. */
  byEval: number;
  /** By the names of columns, in the order they were wanted. */
  columns: { [name: string]: Answers };
}

/** When the cases are decided. */
export interface Moments {
  /** The day whose law is read: one for all cases, or days since 1970-01-01. */
  asOf: string | Int32Array;
  /** When the cases were received; at 08:00 on the day of the law if it is not said. Days without seconds are at 08:00. */
  receivedAt?: string | Int32Array | { days: Int32Array; seconds?: Uint32Array };
  /** How many cases there are, where no column says it. */
  rows?: number;
  /** Decisions that are no longer needed: their arrays are filled anew where they have as many cases, and none is made. */
  into?: Decisions;
}

/** Some columns of a procedure's decisions. */
export class Columns {
  private constructor();
  readonly columns: WantedColumn[];
  readonly facts: FactColumn[];
  /** Decides the cases whose facts are told by columns, by their dotted names. May throw a {@link ThutucError}. */
  decide(facts: { readonly [fact: string]: Column }, moments: Moments): Decisions;
}

/** A loaded pack that decides cases as columns, too. */
export interface Engine extends Evaluate {
  /**
   * The columns that are wanted of a procedure's decisions, by name; `documents.*` is all that begin so. Without `columns`
   * they are `standing`, `outcome`, `first_unmet`, `fee_total`, `due` and `due.state`.
   */
  columns(procedure: string, options?: { jurisdiction?: string; columns?: readonly string[]; lang?: Lang }): Columns;
}

/** Loads the pack of a bundle. */
export function load(bundle: Bytes | Promise<Bytes>, options?: { wasm?: WasmSource; lang?: Lang }): Promise<Engine>;
