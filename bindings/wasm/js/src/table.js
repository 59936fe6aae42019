// Many cases at once: typed arrays in, typed arrays out. Block after block goes through the engine's memory, so that it stays
// small whatever the number of cases.
import { Answers } from './answers.js';
import { tellerOf } from './cells.js';
import { Engine, ThutucError, inside } from './engine.js';
import { describe } from './tell.js';

/** A loaded pack that decides cases as columns, too. */
export class ColumnsEngine extends Engine {
  /** The columns of a procedure's decisions that are wanted, to decide many tables. */
  columns(procedure, options = {}) {
    return new Columns(hidden, this[inside](), procedure, options);
  }
}

const hidden = Symbol('thutuc');

/** Some columns of a procedure's decisions. */
export class Columns {
  #of;
  #procedure;
  #jurisdiction;
  #lang;
  #names;
  #layout;
  #host;
  #raw;
  #facts = new Map();
  #described;

  /** Made by `engine.columns`. */
  constructor(key, of, procedure, { jurisdiction, columns, lang = 'vi' }) {
    if (key !== hidden) throw new TypeError('columns are made by `engine.columns`');
    of.texts({ procedure, jurisdiction }, lang);
    const odd = columns === undefined || Array.isArray(columns) ? columns?.find((name) => typeof name !== 'string') : columns;
    if (odd !== undefined) throw of.wrong('columns', 'text', odd, lang);
    this.#of = of;
    this.#procedure = procedure;
    this.#jurisdiction = jurisdiction;
    this.#lang = lang;
    this.#names = columns === undefined ? undefined : JSON.stringify(columns);
    this.#layout = of.layout(procedure, jurisdiction, lang);
    for (const fact of this.#layout.facts) this.#facts.set(fact.name, fact);
    this.#guarded((raw) => {
      this.#described = JSON.parse(raw.columns());
    });
  }

  /** The columns: name, kind, codes, and the spans of law in which one is decided case by case. */
  get columns() {
    return structuredClone(this.#described);
  }

  /** How each fact is told: its kind, its codes in the order of their positions, its decimal places, its bounds. */
  get facts() {
    return structuredClone(this.#layout.facts);
  }

  /** The columns in the engine; after a fault they are made anew. */
  #live() {
    if (this.#host !== this.#of.current()) {
      this.#raw = this.#of.open((glue, engine) => new glue.Columns(engine, this.#procedure, this.#jurisdiction, this.#names, this.#lang));
      this.#host = this.#of.current();
    }
    return this.#raw;
  }

  #guarded(call) {
    try {
      return call(this.#live());
    } catch (thrown) {
      throw this.#of.mend(thrown, this.#lang);
    }
  }

  /** Decides the cases whose facts are told by columns. */
  decide(facts, options = {}) {
    this.#of.object(facts, this.#lang);
    return this.#guarded((raw) => {
      raw.begin();
      const table = new Table(raw, this.#host, this.#lang, options.rows);
      for (const [name, given] of Object.entries(facts)) {
        const fact = this.#facts.get(name);
        if (given === undefined) continue;
        if (fact === undefined) throw this.#of.badFact(this.#procedure, this.#jurisdiction, name, null, this.#lang);
        const teller = tellerOf(table, fact, given);
        if (teller === undefined) throw this.#of.badFact(this.#procedure, this.#jurisdiction, name, table.constant, this.#lang);
        table.tellers.push(teller);
      }
      this.#moments(table, options);
      return table.decide(this.#described, options.into?.columns ?? {});
    });
  }

  #moments(table, { asOf, receivedAt }) {
    const { raw } = table;
    const days = (name, cells) => {
      if (!(cells instanceof Int32Array)) throw table.wrongCells(name, cells, name === 'asOf' ? 'date' : 'moment');
      table.long(name, cells.length);
      return cells;
    };
    if (typeof asOf !== 'string') {
      const cells = days('asOf', asOf);
      table.tellers.push((start, end) => table.view(Int32Array, raw.asOfDays()).set(cells.subarray(start, end)));
    }
    if (typeof asOf === 'string' || typeof receivedAt === 'string') {
      // A moment is read with a day of the law beside it, whichever that is.
      const when = this.#of.moment({ asOf: typeof asOf === 'string' ? asOf : '2000-01-01', receivedAt: typeof receivedAt === 'string' ? receivedAt : undefined }, this.#lang);
      if (typeof asOf === 'string') raw.asOf(when.day);
      if (typeof receivedAt === 'string') raw.receivedAt(when.receivedDay, when.second);
    }
    if (receivedAt == null || typeof receivedAt === 'string') return;
    const { days: at, seconds } = receivedAt instanceof Int32Array ? { days: receivedAt } : receivedAt;
    const received = days('receivedAt', at);
    table.tellers.push((start, end) => table.view(Int32Array, raw.receivedDays()).set(received.subarray(start, end)));
    if (seconds === undefined) return;
    if (!(seconds instanceof Uint32Array)) throw table.wrongCells('receivedAt', seconds, 'moment');
    table.long('receivedAt', seconds.length);
    table.tellers.push((start, end) => table.view(Uint32Array, raw.receivedSeconds()).set(seconds.subarray(start, end)));
  }
}

/** The cases of one call. */
class Table {
  /** What tells a block of cases, a function of its first case and the one after its last. */
  tellers = [];
  /** The last value that was told of all cases. */
  constant;

  constructor(raw, host, lang, rows) {
    this.raw = raw;
    this.host = host;
    this.lang = lang;
    this.rows = rows;
  }

  /** Cells in the engine's memory, where they are now: memory that grows leaves older views behind. */
  view(Cells, at, length = this.host.glue.Columns.block()) {
    return new Cells(this.host.memory.buffer, at, length);
  }

  /** Throws unless a column has a cell for each case; the first column says how many there are. */
  long(name, cells) {
    this.rows ??= cells;
    if (cells !== this.rows) throw this.#problem('wrongLength', name, cells, this.rows);
  }

  wrongCells(name, given, wanted) {
    return this.#problem('wrongCells', name, ArrayBuffer.isView(given) ? `a ${given.constructor.name}` : describe(given), wanted);
  }

  noCode(name, row, code, codes) {
    return this.#problem('noCode', name, row, String(code), codes);
  }

  #problem(name, ...of) {
    return new ThutucError(JSON.parse(this.host.glue.Columns[name](...of, this.lang)));
  }

  decide(described, before) {
    const rows = this.rows ?? 1;
    const block = this.host.glue.Columns.block();
    const columns = described.map((column, at) => new Answers(column, at, rows, before[column.name]));
    let byEval = 0;
    for (let start = 0; start < rows; start += block) {
      const end = Math.min(start + block, rows);
      this.raw.next();
      for (const tell of this.tellers) tell(start, end);
      byEval += this.raw.run(end - start, this.lang);
      for (const column of columns) column.read(this, start, end - start);
    }
    return { rows, byEval, columns: Object.fromEntries(columns.map((column) => [column.name, column.whole()])) };
  }
}
