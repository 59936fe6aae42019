// A column of answers, read block after block from the engine's memory.

const ARRAYS = {
  codes: Uint8Array, wide_codes: Uint32Array, booleans: Uint8Array, level: Uint8Array, days: Int32Array, amounts: BigInt64Array, numbers: BigInt64Array,
  texts: Uint32Array, values: Array,
};

/** The answers of all cases, as far as they are read. */
export class Answers {
  #at;
  #rows;
  #values;
  #valid = null;
  #beside = [];
  #texts = new Map();

  /** `before` is the same column of other cases, whose memory is used again where it fits. */
  constructor({ name, kind, codes, scale }, at, rows, before) {
    this.name = name;
    this.kind = kind;
    this.codes = codes;
    this.scale = scale;
    this.#at = at;
    this.#rows = rows;
    const fits = before?.values instanceof ARRAYS[kind] && before.values.length === rows;
    this.#values = fits ? before.values : new ARRAYS[kind](rows);
  }

  /** Reads the answers of a block. */
  read(table, start, rows) {
    const { raw } = table;
    const at = this.#at;
    const values = this.#values;
    if (this.kind === 'values') {
      JSON.parse(raw.rest(at)).forEach((value, row) => { values[start + row] = value; });
    } else {
      values.set(table.view(values.constructor, raw.answers(at), rows), start);
    }
    if (this.kind === 'texts') this.#renumber(JSON.parse(raw.rest(at)), start, rows);
    if (raw.besideCount(at) !== 0) for (const [row, number] of JSON.parse(raw.rest(at))) this.#beside.push([start + row, number]);
    const valid = raw.valid(at);
    if (valid === 0) return;
    this.#valid ??= new Uint8Array(Math.ceil(this.#rows / 8)).fill(0xff);
    // Blocks begin at multiples of eight.
    this.#valid.set(table.view(Uint8Array, valid, Math.ceil(rows / 8)), start / 8);
  }

  /** The texts of a block are numbered anew with each block. */
  #renumber(texts, start, rows) {
    const numbers = texts.map((text) => {
      if (!this.#texts.has(text)) this.#texts.set(text, this.#texts.size);
      return this.#texts.get(text);
    });
    for (let row = start; row < start + rows; row += 1) this.#values[row] = numbers[this.#values[row]] ?? 0;
  }

  /** The column. */
  whole() {
    const column = { kind: this.kind === 'wide_codes' ? 'codes' : this.kind, values: this.#values, valid: this.#valid };
    if (this.kind === 'texts') column.codes = [...this.#texts.keys()];
    else if (this.codes !== undefined) column.codes = this.codes;
    if (this.scale !== undefined) Object.assign(column, { scale: this.scale, beside: this.#beside });
    return column;
  }
}
