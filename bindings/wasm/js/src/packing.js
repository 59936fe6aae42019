// Facts into slots and words into verdicts, by the layout that a program publishes.
import { tell } from './tell.js';

export const MISSING = 0;
const NULL = 1;
const NARROW = 2;
export const WIDE = 3;

const KINDS = { boolean: 1, number: 2, enum: 3, set: 4, date: 5, wide: 6 };
const GROUP = 7;

/** Greatest integer of 15 digits: a decimal of so many digits is the one nearest to its double. */
const EXACT = 1e15;
/** A set of more codes than this is told as JSON. */
const BITS = 31;

/** How the facts of a program are found and packed. */
export class Plan {
  constructor(layout) {
    this.bySlot = layout.facts.map(entryOf);
    this.top = group('', '');
    for (const entry of this.bySlot) insert(this.top, entry.key, entry);
    // The facts that were told last, where none was in a group, and the slots of the others. So far none were: not even no facts.
    this.told = [undefined];
    this.untold = [];
  }

  /** The entry of a dotted name. */
  find(name) {
    const entry = this.top.entries.get(name);
    return entry === undefined || entry.kind === GROUP ? undefined : entry;
  }

  /**
   * Writes facts to the slots. Returns the JSON of those that are no numbers, or nothing.
   */
  pack(facts, states, numbers) {
    // Callers tell the same facts in the same order again and again: then none is looked up, and none can be told twice.
    const { told, untold } = this;
    for (let at = 0; at < untold.length; at += 1) states[untold[at]] = MISSING;
    let rest;
    let at = 0;
    for (const key in facts) {
      const entry = told[at];
      if (entry === undefined || entry.key !== key) return this.#pack(facts, states, numbers);
      at += 1;
      const value = facts[key];
      const state = value === undefined ? MISSING : place(entry, value, numbers);
      states[entry.slot] = state;
      if (state === WIDE) rest = member(rest, entry.name, value);
    }
    if (at !== told.length) return this.#pack(facts, states, numbers);
    return rest === undefined ? undefined : `{${rest}}`;
  }

  /** The same of any facts. */
  #pack(facts, states, numbers) {
    clear(states);
    const rest = walk(this.top, facts, states, numbers);
    if (rest === TWICE) {
      clear(states);
      return tell(facts);
    }
    this.#remember(facts);
    return rest === undefined ? undefined : `{${rest}}`;
  }

  #remember(facts) {
    const { order } = this.top;
    let count = 0;
    for (const key in facts) {
      const entry = order[count];
      if (entry === undefined || entry.key !== key || entry.kind === GROUP) return;
      count += 1;
    }
    this.told = order.slice(0, count);
    this.untold = this.bySlot.filter((entry) => !this.told.includes(entry)).map((entry) => entry.slot);
  }
}

/** Makes all slots missing. For so few a loop is several times as fast as `fill`. */
function clear(states) {
  for (let at = 0; at < states.length; at += 1) states[at] = MISSING;
}

/** A fact or a group of facts by one of its names. All have the members of both, so that the engine that runs this sees one shape. */
class Entry {
  constructor(key, name, { slot, kind, power, codes }, entries) {
    this.key = known(key);
    this.name = name;
    this.slot = slot;
    this.kind = kind;
    this.power = power;
    this.codes = codes;
    this.entries = entries;
    this.order = [];
  }
}

function entryOf({ name, slot, kind, scale = 0, codes = [] }) {
  const wide = kind === 'set' && codes.length > BITS;
  return new Entry(name, name, { slot, kind: wide ? KINDS.wide : KINDS[kind], power: 10 ** scale, codes: new Codes(codes) }, NONE);
}

function group(key, name) {
  return new Entry(key, name, { slot: -1, kind: GROUP, power: 1, codes: new Codes([]) }, new Map());
}

const NONE = new Map();

/** A text in the place where the names of members are: two of those are compared by where they are. */
function known(text) {
  for (const key in { [text]: 0 }) return key;
  return text;
}

/** The positions of codes. */
class Codes {
  constructor(codes) {
    this.few = codes.length > COMPARED ? [] : codes.map(known);
    this.positions = new Map(codes.map((code, at) => [code, at]));
  }

  /** The position of a code; -1 for anything else. */
  of(value) {
    const { few } = this;
    for (let at = 0; at < few.length; at += 1) if (few[at] === value) return at;
    return few.length !== 0 ? -1 : this.positions.get(value) ?? -1;
  }

  /** The same, looked for from a position on. */
  after(value, from) {
    const { few } = this;
    for (let at = from; at < few.length; at += 1) if (few[at] === value) return at;
    return this.of(value);
  }
}

/** So many codes are found faster by comparing than by hashing. */
const COMPARED = 8;

/** A fact is found by its dotted name, and by its last names within each group that its first names are. */
function insert(node, path, entry) {
  node.entries.set(path, path === entry.key ? entry : new Entry(path, entry.name, entry, NONE));
  for (let dot = path.indexOf('.'); dot > 0; dot = path.indexOf('.', dot + 1)) {
    const head = path.slice(0, dot);
    let child = node.entries.get(head);
    if (child === undefined) node.entries.set(head, child = group(head, node.name ? `${node.name}.${head}` : head));
    if (child.kind === GROUP) insert(child, path.slice(dot + 1), entry);
  }
}

/** A fact was told twice: the engine finds out which. */
const TWICE = '!';

/** The members of the JSON of what is wide, without the braces; nothing if all fitted. */
function walk(node, facts, states, numbers) {
  const { order, entries } = node;
  let rest;
  let at = 0;
  for (const key in facts) {
    const value = facts[key];
    // Callers tell the facts of a group, too, in the same order again and again.
    let entry = order[at];
    if (entry === undefined || entry.key !== key) {
      entry = entries.get(key);
      if (entry !== undefined) order[at] = entry;
    }
    at += 1;
    if (value === undefined) continue;
    if (entry === undefined) {
      rest = member(rest, node.name ? `${node.name}.${key}` : key, value);
    } else if (entry.kind === GROUP) {
      const inner = plain(value) ? walk(entry, value, states, numbers) : member(undefined, entry.name, value);
      if (inner === TWICE) return TWICE;
      if (inner !== undefined) rest = rest === undefined ? inner : `${rest},${inner}`;
    } else {
      if (states[entry.slot] !== MISSING) return TWICE;
      const state = place(entry, value, numbers);
      states[entry.slot] = state;
      if (state === WIDE) rest = member(rest, entry.name, value);
    }
  }
  return rest;
}

function member(rest, name, value) {
  const one = `${JSON.stringify(name)}:${tell(value)}`;
  return rest === undefined ? one : `${rest},${one}`;
}

function plain(value) {
  if (typeof value !== 'object' || value === null) return false;
  const proto = Object.getPrototypeOf(value);
  return proto === Object.prototype || proto === null;
}

/** Writes the number of a value to its slot and returns the state. What is not surely right is wide: the engine judges it. */
export function place(entry, value, numbers) {
  if (value === null) return NULL;
  switch (entry.kind) {
    case 1:
      if (typeof value !== 'boolean') return WIDE;
      numbers[entry.slot] = value ? 1 : 0;
      return NARROW;
    case 2: {
      if (typeof value !== 'number') return WIDE;
      const scaled = Math.round(value * entry.power);
      if (scaled / entry.power !== value || scaled > EXACT || scaled < -EXACT) return WIDE;
      numbers[entry.slot] = scaled;
      return NARROW;
    }
    case 3: {
      const code = entry.codes.of(value);
      if (code < 0) return WIDE;
      numbers[entry.slot] = code;
      return NARROW;
    }
    case 4: {
      if (!Array.isArray(value)) return WIDE;
      const { codes } = entry;
      let mask = 0;
      let code = -1;
      for (let at = 0; at < value.length; at += 1) {
        // Most lists have the order of the declaration.
        code = codes.after(value[at], code + 1);
        if (code < 0 || (mask >>> code) & 1) return WIDE;
        mask |= 1 << code;
      }
      numbers[entry.slot] = mask >>> 0;
      return NARROW;
    }
    case 5: {
      const day = dayOf(value);
      if (day !== day) return WIDE;
      numbers[entry.slot] = day;
      return NARROW;
    }
    default: return WIDE;
  }
}

/** The number of a day written `YYYY-MM-DD`; NaN for anything else. */
export function dayOf(text) {
  if (typeof text !== 'string' || text.length !== 10 || text.charCodeAt(4) !== 45 || text.charCodeAt(7) !== 45) return NaN;
  const year = two(text, 0) * 100 + two(text, 2);
  const month = two(text, 5);
  const day = two(text, 8);
  if (!(month >= 1 && month <= 12 && day >= 1 && day <= lastDay(year, month) && year >= 1)) return NaN;
  // Days since 1970-01-01, with years that begin in March.
  const y = month > 2 ? year : year - 1;
  const ofYear = Math.floor((153 * (month + (month > 2 ? -3 : 9)) + 2) / 5) + day - 1;
  return 365 * y + Math.floor(y / 4) - Math.floor(y / 100) + Math.floor(y / 400) + ofYear - 719468;
}

/** Days that were read, each in a place that its digits give: ten years have places of their own. */
const days = new Int32Array(4096);
const read = new Array(4096).fill('');

/** The same of days that many cases have. */
export function dayOfMany(text) {
  if (typeof text !== 'string' || text.length !== 10) return NaN;
  const month = digit(text, 5) * 10 + digit(text, 6);
  const at = (digit(text, 3) * 372 + month * 31 + digit(text, 8) * 10 + digit(text, 9)) & 4095;
  if (read[at] === text) return days[at];
  const day = dayOf(text);
  if (day === day) {
    days[at] = day;
    read[at] = text;
  }
  return day;
}

/** The last bits of a character: of a digit, its number. */
function digit(text, at) {
  return text.charCodeAt(at) & 15;
}

function two(text, at) {
  const ten = text.charCodeAt(at) - 48;
  const one = text.charCodeAt(at + 1) - 48;
  return ten >= 0 && ten <= 9 && one >= 0 && one <= 9 ? ten * 10 + one : NaN;
}

function lastDay(year, month) {
  if (month === 2) return year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0) ? 29 : 28;
  return month === 4 || month === 6 || month === 9 || month === 11 ? 30 : 31;
}

/** Days that were written, each in the place of its last bits: eleven years have places of their own. */
const texts = new Array(4096).fill('');
const written = new Int32Array(4096);

/** A day as ISO text. */
export function textOf(day) {
  const at = day & 4095;
  if (written[at] !== day || texts[at] === '') {
    texts[at] = writtenOut(day);
    written[at] = day;
  }
  return texts[at];
}

/** The same, worked out: the first `Date` of a process takes longer than all verdicts of a form. */
function writtenOut(day) {
  // `dayOf` the other way: eras of 400 years, and years that begin in March.
  const since = day + 719468;
  const era = Math.floor(since / 146097);
  const ofEra = since - era * 146097;
  const year = Math.floor((ofEra - Math.floor(ofEra / 1460) + Math.floor(ofEra / 36524) - Math.floor(ofEra / 146096)) / 365);
  const ofYear = ofEra - 365 * year - Math.floor(year / 4) + Math.floor(year / 100);
  const from = Math.floor((5 * ofYear + 2) / 153);
  const month = from < 10 ? from + 3 : from - 9;
  const ofMonth = ofYear - Math.floor((153 * from + 2) / 5) + 1;
  return `${padded(year + 400 * era + (month > 2 ? 0 : 1), 4)}-${padded(month, 2)}-${padded(ofMonth, 2)}`;
}

function padded(number, digits) {
  return String(number).padStart(digits, '0');
}

const OUTCOMES = ['accept', 'refuse', 'ask'];

/** What the bits of the words mean between two changes of the law. */
class Epoch {
  constructor({ eligibility, identity, documents }) {
    this.conditions = new Lists(eligibility, identity);
    this.documents = new Lists(documents, []);
  }
}

/** The epochs of a layout, for `unpack`. */
export function epochsOf(layout) {
  return layout.epochs.map((epoch) => new Epoch(epoch));
}

/** Lists of ids by the bits that are set. Most cases have few of them, so that each is made once; who reads one cannot change it. */
class Lists {
  constructor(first, second) {
    this.first = first;
    this.second = second;
    this.ids = [...first, ...second];
    this.shift = first.length;
    // A list for each value that few bits have, made when it is first asked for.
    this.made = new Array(this.ids.length <= DENSE ? 1 << this.ids.length : 0).fill(undefined);
    this.kept = new Map();
  }

  /** The list of two masks, each in two words. */
  of(low, high, low2, high2) {
    if ((low | high | low2 | high2) === 0) return NOTHING;
    if (this.made.length !== 0) return this.made[low | (low2 << this.shift)] ?? this.make(low | (low2 << this.shift));
    return this.ids.length < BITS ? this.keep(low | (low2 << this.shift)) : marked(this, low, high, low2, high2);
  }

  make(mask) {
    return (this.made[mask] = marked(this, mask & ~(-1 << this.shift), 0, mask >>> this.shift, 0));
  }

  keep(mask) {
    let list = this.kept.get(mask);
    if (list === undefined) {
      if (this.kept.size === KEPT) this.kept.clear();
      this.kept.set(mask, list = marked(this, mask & ~(-1 << this.shift), 0, mask >>> this.shift, 0));
    }
    return list;
  }
}

const NOTHING = Object.freeze([]);
const DENSE = 10;
const KEPT = 4096;

function marked({ first, second }, low, high, low2, high2) {
  const ids = [];
  mark(ids, first, low, high);
  mark(ids, second, low2, high2);
  return Object.freeze(ids);
}

function mark(into, ids, low, high) {
  for (let mask = low; mask !== 0; mask &= mask - 1) into.push(ids[31 - Math.clz32(mask & -mask)]);
  for (let mask = high; mask !== 0; mask &= mask - 1) into.push(ids[63 - Math.clz32(mask & -mask)]);
}

/** A verdict from its words. */
export function unpack(words, epochs) {
  const epoch = epochs[words[1]];
  const due = words[7];
  return {
    outcome: OUTCOMES[words[0]],
    unmet: unmet(words, epoch),
    undetermined: undetermined(words, epoch),
    documents: epoch.documents.of(words[22], words[23], 0, 0),
    fee: fee(words),
    dueOn: due === 1 || due === 2 ? textOf(words[8]) : null,
    provisional: due === 2,
  };
}

/** The members of a verdict that changed, by the mask of changed words. */
export function unpackChanged(words, epochs, changed) {
  const all = (changed & 2) !== 0;
  const epoch = epochs[words[1]];
  const into = {};
  if (all || changed & 0x1) into.outcome = OUTCOMES[words[0]];
  if (all || changed & 0xc3000) into.unmet = unmet(words, epoch);
  if (all || changed & 0x30c000) into.undetermined = undetermined(words, epoch);
  if (all || changed & 0xc00000) into.documents = epoch.documents.of(words[22], words[23], 0, 0);
  if (all || changed & 0x78) into.fee = fee(words);
  if (all || changed & 0x180) {
    const due = words[7];
    into.dueOn = due === 1 || due === 2 ? textOf(words[8]) : null;
    into.provisional = due === 2;
  }
  return into;
}

function unmet(words, epoch) {
  return epoch.conditions.of(words[12], words[13], words[18], words[19]);
}

function undetermined(words, epoch) {
  return epoch.conditions.of(words[14], words[15], words[20], words[21]);
}

function fee(words) {
  return words[5] | words[6] ? null : words[4] * 4294967296 + (words[3] >>> 0);
}
