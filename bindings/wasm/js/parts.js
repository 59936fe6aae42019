// A decision from the numbers of its parts: what a decision says again is the same object again, which nobody can change.

const NONE = -1;
const HEAD = 1;
const COUNTS = 16;
const LISTS = 20;

/** The parts that decisions of one program in one language have said, by number. */
export class Parts {
  #kept = [];

  /** The decision of `words`; `news` is the JSON of parts that are new to be kept and of those that are not kept, or nothing. */
  decision(words, news) {
    const kept = this.#kept;
    kept.length = words[0];
    let passing = NOTHING;
    if (news != null) {
      const [fresh, others] = still(JSON.parse(news));
      for (const part of fresh) kept.push(part);
      passing = others;
    }
    const part = (word) => (word >= 0 ? kept[word] : word === NONE ? null : passing[NONE - 1 - word]);
    let at = LISTS;
    const list = (nth) => {
      const parts = [];
      for (const end = at + Math.max(words[COUNTS + nth], 0); at < end; at += 1) parts.push(part(words[at]));
      return parts;
    };
    const { procedure, asOf, jurisdiction, pack } = kept[words[HEAD]];
    const conditions = list(0);
    const checks = list(1);
    const documents = list(2);
    const items = list(3);
    const outcome = kept[words[2]];
    const eligibility = { status: kept[words[3]], conditions };
    const identity = { status: kept[words[4]], requiredLevel: words[5] < 0 ? null : words[5], checks };
    const total = words[7] === 1 ? words[9] * 4294967296 + (words[8] >>> 0) : null;
    const fees = { status: kept[words[6]], total, currency: 'VND', items };
    const deadline = part(words[10]);
    const linked = part(words[11]);
    const missing = part(words[12]) ?? [];
    const next = part(words[13]);
    const problems = part(words[14]) ?? [];
    const gaps = part(words[15]) ?? [];
    if (jurisdiction === undefined && linked === null) {
      return { procedure, asOf, pack, outcome, eligibility, identity, documents, fees, deadline, missing, next, problems, gaps };
    }
    return {
      procedure, asOf, ...(jurisdiction === undefined ? {} : { jurisdiction }), pack, outcome, eligibility, identity, documents, fees, deadline,
      ...(linked === null ? {} : { linked }), missing, next, problems, gaps,
    };
  }
}

const NOTHING = [];

/** Makes a value of JSON one that cannot be changed. */
function still(value) {
  if (typeof value !== 'object' || value === null) return value;
  for (const key in value) still(value[key]);
  return Object.freeze(value);
}
