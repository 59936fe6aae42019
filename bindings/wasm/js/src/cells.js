// Facts told as columns: how the cells of each kind of array get into the engine's memory.
import { tell } from './tell.js';

/** Greatest integer of 15 digits: a decimal of so many digits is the one nearest to its double. */
const EXACT = 1e15;
const WORD = 2 ** 32;
/** Added to a double of less than 51 bits and taken from it again, this leaves the nearest integer. */
const ROUND = 1.5 * 2 ** 52;
const ROOM = { u8: Uint8Array, u16: Uint16Array, u32: Uint32Array, i32: Int32Array, i64: BigInt64Array, u64: BigUint64Array };
const SET_ROOM = new Map([[Uint8Array, 'u8'], [Uint16Array, 'u16'], [Uint32Array, 'u32'], [BigUint64Array, 'u64']]);
/** Numbers that are as their slot holds them. */
const NUMBER_ROOM = new Map([
  [Uint8Array, 'u8'], [Uint8ClampedArray, 'u8'], [Uint16Array, 'u16'], [Uint32Array, 'u32'], [Int8Array, 'i32'], [Int16Array, 'i32'], [Int32Array, 'i32'],
  [BigInt64Array, 'i64'],
]);
const CODE_ROOM = new Map([
  [Uint8Array, 'u8'], [Uint8ClampedArray, 'u8'], [Uint16Array, 'u16'], [Uint32Array, 'u32'], [Int8Array, 'u32'], [Int16Array, 'u32'], [Int32Array, 'u32'],
]);

/** What tells the cells of a fact from one case to another; nothing where a value of all cases does not fit. */
export function tellerOf(table, fact, given) {
  const { cells, missing, null: nulls, valid, codes, scale, constant } = columnOf(given);
  if (cells === undefined) {
    if (constant === undefined) throw table.wrongCells(fact.name, given, fact.kind);
    table.constant = constant;
    return table.raw.constant(fact.slot, tell(constant)) ? () => {} : undefined;
  }
  table.long(fact.name, cells.length);
  const flags = [bitmap(table, fact, valid), flagged(table, fact, missing, 'missing', valid === undefined), flagged(table, fact, nulls, 'null', true)].filter(Boolean);
  const isTold = (row) => !missing?.[row] && !nulls?.[row] && (valid === undefined || (valid[row >> 3] >> (row & 7)) & 1);
  const write = writerOf(table, fact, cells, { codes, scale, isTold });
  return (start, end) => {
    write(start, end);
    for (const flag of flags) flag(start, end);
  };
}

/** A value is that of all cases; arrays are cells; what is more is said by name. */
function columnOf(given) {
  if (ArrayBuffer.isView(given) || Array.isArray(given)) return { cells: given };
  if (typeof given === 'object' && given !== null) return 'cells' in given || 'constant' in given ? given : {};
  return { constant: given };
}

function writerOf(table, fact, cells, said) {
  if (Array.isArray(cells)) return values(table, fact, cells);
  const { constructor } = cells;
  const wrong = () => table.wrongCells(fact.name, cells, fact.kind);
  switch (fact.kind) {
    case 'boolean':
      if (constructor === Uint8Array || constructor === Uint8ClampedArray) return copied(table, fact, cells, 'u8');
      throw wrong();
    case 'date':
      if (constructor === Int32Array) return copied(table, fact, cells, 'i32');
      throw wrong();
    case 'set': {
      const room = SET_ROOM.get(constructor);
      if (room === undefined) throw wrong();
      if (said.codes !== undefined && JSON.stringify(said.codes) !== JSON.stringify(fact.codes)) throw table.wrongCells(fact.name, said.codes, 'codes');
      return copied(table, fact, cells, room);
    }
    case 'enum': {
      const room = CODE_ROOM.get(constructor);
      if (room === undefined) throw wrong();
      return said.codes === undefined ? positions(table, fact, cells, room, said.isTold) : translated(table, fact, cells, said);
    }
    case 'number': {
      const places = (fact.scale ?? 0) - (said.scale ?? 0);
      if (said.scale !== undefined && !(Number.isInteger(said.scale) && said.scale >= 0 && places >= 0)) throw table.wrongCells(fact.name, said.scale, 'scale');
      const room = NUMBER_ROOM.get(constructor);
      if (room !== undefined && places === 0) return copied(table, fact, cells, room);
      if (constructor === BigInt64Array) return large(table, fact, cells, 10n ** BigInt(places), said);
      if (room !== undefined || (constructor === Float64Array && said.scale === undefined)) return scaled(table, fact, cells, 10 ** places, said);
      throw wrong();
    }
    default: throw wrong();
  }
}

/** Where the cells of a fact go. */
function room(table, { slot }, kind) {
  table.raw.room(slot, kind);
  return () => table.view(ROOM[kind], table.raw.cells(slot));
}

function copied(table, fact, cells, kind) {
  const to = room(table, fact, kind);
  return (start, end) => to().set(cells.subarray(start, end));
}

/** Positions in the fact's own list of codes. */
function positions(table, fact, cells, kind, isTold) {
  const copy = copied(table, fact, cells, kind);
  const { length } = fact.codes;
  return (start, end) => {
    copy(start, end);
    if (table.raw.greatest(fact.slot, end - start) < length) return;
    for (let row = start; row < end; row += 1) {
      if ((cells[row] < 0 || cells[row] >= length) && isTold(row)) throw table.noCode(fact.name, row, cells[row], length);
    }
  };
}

/** Positions in a list of the caller's. Texts in it that are no codes of the fact do not fit wherever they stand. */
function translated(table, fact, cells, { codes, isTold }) {
  if (!Array.isArray(codes)) throw table.wrongCells(fact.name, codes, 'codes');
  const none = fact.codes.length;
  const own = new Map(fact.codes.map((code, at) => [code, at]));
  const code = Uint16Array.from(codes, (text) => own.get(text) ?? none);
  const to = room(table, fact, none < 256 ? 'u8' : 'u16');
  return (start, end) => {
    const place = to();
    for (let row = start; row < end; row += 1) {
      const at = cells[row];
      if (at >= 0 && at < code.length) place[row - start] = code[at];
      else if (isTold(row)) throw table.noCode(fact.name, row, at, code.length);
      else place[row - start] = none;
    }
  };
}

/** Numbers as integers at the scale of their slot. A number of more places or digits stands beside them. */
function scaled(table, fact, cells, power, said) {
  const small = fact.min >= -(2 ** 31) && fact.max < 2 ** 31;
  const most = small ? 2 ** 31 - 1 : EXACT;
  const to = room(table, fact, small ? 'i32' : 'i64');
  return (start, end) => {
    const place = to();
    const words = small ? place : new Int32Array(place.buffer, place.byteOffset, place.length * 2);
    for (let row = start; row < end; row += 1) {
      const number = cells[row];
      const integer = number * power + ROUND - ROUND;
      if (integer / power !== number || integer > most || integer < -most) besideThem(table, fact, said, row, start, number);
      else if (small) words[row - start] = integer;
      else {
        const upper = Math.floor(integer / WORD);
        words[2 * (row - start)] = integer - upper * WORD;
        words[2 * (row - start) + 1] = upper;
      }
    }
  };
}

/** The same of wide integers. */
function large(table, fact, cells, power, said) {
  const to = room(table, fact, 'i64');
  return (start, end) => {
    const place = to();
    for (let row = start; row < end; row += 1) {
      const integer = cells[row] * power;
      if (BigInt.asIntN(64, integer) === integer) place[row - start] = integer;
      else besideThem(table, fact, said, row, start, cells[row]);
    }
  };
}

function besideThem(table, { slot }, { isTold, scale }, row, start, number) {
  if (isTold(row)) table.raw.beside(slot, row - start, scale ? decimal(number, scale) : tell(number));
}

/** An integer times a negative power of ten as exact text. */
function decimal(integer, scale) {
  const digits = String(integer).replace('-', '').padStart(scale + 1, '0');
  return `${integer < 0 ? '-' : ''}${digits.slice(0, -scale)}.${digits.slice(-scale)}`;
}

/** Values as a host tells them one by one; what comes again in a block is told once. */
function values(table, fact, cells) {
  const { raw } = table;
  raw.room(fact.slot, 'coded');
  const told = new Map();
  return (start, end) => {
    told.clear();
    const codes = new Uint32Array(end - start);
    for (let row = start; row < end; row += 1) {
      const value = cells[row];
      if (value === undefined) continue;
      const key = typeof value === 'object' ? tell(value) : value;
      const by = typeof value === 'object' ? `{${key}` : typeof value === 'string' ? `"${key}` : key;
      let code = told.get(by);
      if (code === undefined) told.set(by, code = raw.value(fact.slot, typeof value === 'object' ? key : tell(value)));
      if (code < 0) raw.beside(fact.slot, row - start, tell(value));
      else codes[row - start] = code;
    }
    table.view(Uint32Array, raw.cells(fact.slot)).set(codes);
  };
}

/** A byte a case as a bitmap; `fresh` unless the bitmap says something already. */
function flagged(table, { slot, name }, flags, which, fresh) {
  if (flags === undefined) return undefined;
  if (!(flags instanceof Uint8Array)) throw table.wrongCells(`${name}.${which}`, flags, 'flags');
  table.long(`${name}.${which}`, flags.length);
  return (start, end) => {
    const bits = table.view(Uint8Array, table.raw[which](slot), (end - start + 7) >> 3);
    if (fresh) bits.fill(0);
    for (let row = start; row < end; row += 1) if (flags[row]) bits[(row - start) >> 3] |= 1 << (row & 7);
  };
}

/** A bitmap of the cells that are told, as Arrow has it. */
function bitmap(table, { slot, name }, valid) {
  if (valid === undefined) return undefined;
  if (!(valid instanceof Uint8Array)) throw table.wrongCells(`${name}.valid`, valid, 'bitmap');
  if (valid.length * 8 < table.rows) table.long(`${name}.valid`, valid.length * 8);
  return (start, end) => {
    const bits = table.view(Uint8Array, table.raw.missing(slot), (end - start + 7) >> 3);
    for (let at = 0; at < bits.length; at += 1) bits[at] = ~valid[(start >> 3) + at];
  };
}
