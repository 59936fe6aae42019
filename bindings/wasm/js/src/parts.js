// A decision from the numbers of its parts: what a decision says again is the same object again, which nobody can change.
import { textOf } from './packing.js';

const NONE = -1;
const LISTS = 21;

/** The parts that decisions of one program in one language have said, by number. */
export class Parts {
  #kept = [];
  #passing = NOTHING;
  #words;
  #at;

  /**
   * The decision of `words`; `news` is the JSON of parts that are new to be kept and of those that are not kept, or nothing.
   * Undefined if parts were lost in a call that failed.
   */
  decision(words, news) {
    const kept = this.#kept;
    if (kept.length < words[0]) return undefined;
    kept.length = words[0];
    this.#passing = NOTHING;
    if (news != null) {
      const [fresh, passing] = still(JSON.parse(news));
      for (const part of fresh) kept.push(part);
      this.#passing = passing;
    }
    this.#words = words;
    this.#at = LISTS;
    const { procedure, jurisdiction, pack } = kept[words[1]];
    const asOf = textOf(words[20]);
    const outcome = kept[words[2]];
    const eligibility = { status: kept[words[3]], conditions: this.#list(words[16], condition) };
    const identity = { status: kept[words[4]], requiredLevel: words[5] < 0 ? null : words[5], checks: this.#list(words[17], condition) };
    const documents = this.#list(words[18], document);
    const total = words[7] === 1 ? words[9] * 4294967296 + (words[8] >>> 0) : null;
    const fees = { status: kept[words[6]], total, currency: 'VND', items: this.#list(words[19], fee) };
    const deadline = this.#part(words[10]);
    const linked = this.#part(words[11]);
    const missing = this.#part(words[12]) ?? NOTHING;
    const next = this.#part(words[13]);
    const problems = this.#part(words[14]) ?? NOTHING;
    const gaps = this.#part(words[15]) ?? NOTHING;
    if (jurisdiction === undefined && linked === null) {
      return { procedure, asOf, pack, outcome, eligibility, identity, documents, fees, deadline, missing, next, problems, gaps };
    }
    return {
      procedure, asOf, ...(jurisdiction === undefined ? {} : { jurisdiction }), pack, outcome, eligibility, identity, documents, fees, deadline,
      ...(linked === null ? {} : { linked }), missing, next, problems, gaps,
    };
  }

  #part(word) {
    return word >= 0 ? this.#kept[word] : word === NONE ? null : this.#passing[NONE - 1 - word];
  }

  /** So many elements, each made of what is always so of it and of the facts that decided it. */
  #list(count, whole) {
    const words = this.#words;
    const elements = [];
    let at = this.#at;
    for (let nth = 0; nth < count; nth += 1) {
      const element = this.#part(words[at]);
      const facts = words[at + 1];
      at += 2;
      if (facts === 0) {
        elements.push(element);
        continue;
      }
      const because = [];
      for (const end = at + facts; at < end; at += 1) because.push(this.#part(words[at]));
      elements.push(whole(element, because));
    }
    this.#at = at;
    return elements;
  }
}

function condition({ id, status, message, wanted, citations }, because) {
  return { id, status, message, wanted, citations, because };
}

function document({ id, status, name, form, copies, anyOf, reuseSource, citations }, because) {
  return { id, status, name, form, copies, anyOf, reuseSource, citations, because };
}

function fee({ id, name, amount, row, calculation, reduction, citations }, because) {
  return { id, name, amount, row, calculation, reduction, citations, because };
}

const NOTHING = Object.freeze([]);

/** Makes a value of JSON one that cannot be changed. */
function still(value) {
  if (typeof value !== 'object' || value === null) return value;
  for (const key in value) still(value[key]);
  return Object.freeze(value);
}
