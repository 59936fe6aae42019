// The engine: an instance of the binary with a loaded pack, and what stays in JavaScript of it.
import { Plan, WIDE, dayOf, dayOfMany, epochsOf, place, unpack, unpackChanged } from './packing.js';
import { Parts } from './parts.js';
import { describe, tell } from './tell.js';

/** A call that was refused, with its problem document (RFC 9457). */
export class ThutucError extends Error {
  constructor(problem, options) {
    super(problem.detail, options);
    this.name = 'ThutucError';
    this.problem = problem;
  }

  /** The kind of problem: `unknown-procedure`, `damaged-bundle`, … */
  get code() {
    return this.problem.code;
  }
}

/** An instance of a compiled binary. Each has memory of its own. */
export function instantiate(module, { glue, from }) {
  const made = glue();
  const imports = { ...made };
  for (const name in imports) if (name.includes('wbindgen_throw')) imports[name] = broken;
  const { exports } = new WebAssembly.Instance(module, { [from]: imports });
  made.__wbg_set_wasm(exports);
  exports.__wbindgen_start();
  return { glue: made, memory: exports.memory };
}

/** What the binary itself finds wrong with its memory is a fault like those that the host finds. */
function broken() {
  throw new WebAssembly.RuntimeError('the memory of the engine is damaged');
}

/** What a call threw as a `ThutucError`: a refusal is a document as text, anything of WebAssembly is a fault of ours. */
function errorOf(thrown, fresh, lang) {
  if (typeof thrown === 'string') return new ThutucError(JSON.parse(thrown));
  if (!isFault(thrown)) return thrown;
  return new ThutucError(JSON.parse(fresh().glue.internal(String(thrown.message), lang)), { cause: thrown });
}

function isFault(thrown) {
  return thrown instanceof WebAssembly.RuntimeError || (thrown instanceof RangeError && !(thrown instanceof ThutucError));
}

const hidden = Symbol('thutuc');
/** What an entry of the package that adds calls to the engine is given of it. */
export const inside = Symbol('inside');
const anywhere = {};

/** A loaded pack. */
export class Engine {
  #fresh;
  #bundle;
  #host;
  #engine;
  #cases = new Map();
  #codecs = new Map();
  #last;

  /** Made by `load`. */
  constructor(key, fresh, bundle, lang) {
    if (key !== hidden) throw new TypeError('an engine is made by `load`');
    this.#fresh = fresh;
    this.#bundle = bundle;
    try {
      this.#start(lang);
    } catch (thrown) {
      throw errorOf(thrown, fresh, lang);
    }
  }

  #start(lang = 'vi') {
    this.#host = this.#fresh();
    this.#engine = new this.#host.glue.Engine(this.#bundle, lang);
    this.#cases.clear();
    this.#last = undefined;
  }

  /** The error of what a call threw; after a fault the engine begins again with a new instance. */
  #mend(thrown, lang) {
    const error = errorOf(thrown, this.#fresh, lang);
    if (error !== thrown && typeof thrown !== 'string') {
      // Finalizers of the old instance must not enter it again.
      this.#host.glue.__wbg_set_wasm(new Proxy({}, { get: () => () => 0 }));
      this.#start();
    }
    return error;
  }

  #text(call, lang) {
    try {
      return JSON.parse(call(this.#engine));
    } catch (thrown) {
      throw this.#mend(thrown, lang);
    }
  }

  /** Which rules are loaded. */
  get pack() {
    return this.#text((engine) => engine.pack(), 'vi');
  }

  /** The procedures. */
  procedures({ lang = 'vi' } = anywhere) {
    return this.#text((engine) => engine.procedures(lang), lang);
  }

  /** The facts a procedure may be told. */
  facts(procedure, { jurisdiction, lang = 'vi' } = anywhere) {
    this.#texts({ procedure, jurisdiction }, lang);
    return this.#text((engine) => engine.facts(procedure, jurisdiction, lang), lang);
  }

  /** When a procedure's law changes, who decides, which fact takes the papers handed in. */
  outline(procedure, { jurisdiction, lang = 'vi' } = anywhere) {
    this.#texts({ procedure, jurisdiction }, lang);
    return this.#text((engine) => engine.outline(procedure, jurisdiction, lang), lang);
  }

  /** What is wrong with one fact: no problem if it fits. */
  checkFact(procedure, fact, value, { jurisdiction, lang = 'vi' } = anywhere) {
    this.#texts({ procedure, fact, jurisdiction }, lang);
    return this.#text((engine) => engine.checkFact(procedure, jurisdiction, fact, tell(value), lang), lang);
  }

  /** The whole decision, with its reasons, citations and sentences. */
  decide(procedure, facts, options = anywhere) {
    const lang = options.lang ?? 'vi';
    return this.#packed(procedure, facts, options, lang, DECISION) ?? this.#whole(procedure, facts, options, lang, DECISION);
  }

  /** A request as JSON text. */
  #request(facts, named) {
    this.#texts(named, named.lang);
    this.#object(facts, named.lang);
    const members = Object.entries(named).filter(([, value]) => value != null);
    return `{${members.map(([name, value]) => `"${name}":${JSON.stringify(value)},`).join('')}"facts":${tell(facts)}}`;
  }

  /** The decision without its explanation: ids, total, day. */
  verdict(procedure, facts, options = anywhere) {
    const lang = options.lang ?? 'vi';
    return this.#packed(procedure, facts, options, lang, VERDICT) ?? this.#whole(procedure, facts, options, lang, VERDICT);
  }

  /** Many of them. */
  verdictMany(procedure, cases, options = anywhere) {
    if (!Array.isArray(cases)) throw this.#wrong('cases', 'cases', cases, options.lang);
    const verdicts = [];
    for (const facts of cases) verdicts.push(this.verdict(procedure, facts, options));
    return verdicts;
  }

  /** An answer through the case in numbers; nothing where facts do not fit or the case is refused. */
  #packed(procedure, facts, options, lang, wanted) {
    try {
      const last = this.#last;
      const jurisdiction = options.jurisdiction;
      const found = last !== undefined && last.procedure === procedure && last.jurisdiction === jurisdiction;
      const packed = found ? last : this.#case(procedure, jurisdiction, lang);
      if (typeof facts !== 'object' || facts === null || Array.isArray(facts)) this.#object(facts, lang);
      if (lang !== 'vi' && lang !== 'en') return undefined;
      const when = this.#moment(packed.when, options, lang);
      return wanted === VERDICT ? packed.verdict(facts, when) : packed.decision(facts, when, lang);
    } catch (thrown) {
      if (typeof thrown !== 'string') throw this.#mend(thrown, lang);
      return undefined;
    }
  }

  /** What does not fit and what is refused is told of the request as a whole, in the order of every host. */
  #whole(procedure, facts, { asOf, receivedAt, jurisdiction }, lang, wanted) {
    const request = this.#request(facts, { procedure, asOf, receivedAt, jurisdiction, lang });
    return this.#text((engine) => (wanted === VERDICT ? engine.verdict(request, lang) : engine.decide(request, lang)), lang);
  }

  /** Packs the facts of a procedure with a module that `thutuc codec` wrote for the rules of this pack. */
  use(codec) {
    const made = typeof codec === 'function' ? codec({ dayOf, tell }) : undefined;
    const { hash } = this.pack;
    if (made?.hash !== hash) throw this.#wrong('codec', 'codec', made?.hash ?? codec, 'vi');
    this.#codecs.set(keyOf(made.procedure, made.jurisdiction), made);
    this.#cases.clear();
    this.#last = undefined;
  }

  /** A case that is told fact by fact. */
  session(procedure, options = anywhere) {
    const lang = options.lang ?? 'vi';
    this.#texts({ procedure, jurisdiction: options.jurisdiction }, lang);
    try {
      return new Session(hidden, {
        plan: this.#case(procedure, options.jurisdiction, lang),
        current: () => this.#host,
        open: () => new this.#host.glue.Session(this.#engine, procedure, options.jurisdiction, lang),
        moment: (when, of) => this.#moment(when, of, lang),
        mend: (thrown) => this.#mend(thrown, lang),
        unknown: (fact) => this.#unknown(procedure, options.jurisdiction, fact, lang),
        lang,
      }, options);
    } catch (thrown) {
      throw this.#mend(thrown, lang);
    }
  }

  /** For calls that live in another entry of the package: they are guarded as those here are. */
  [inside]() {
    return {
      current: () => this.#host,
      open: (make) => make(this.#host.glue, this.#engine),
      layout: (procedure, jurisdiction, lang) => this.#text((engine) => engine.layout(procedure, jurisdiction, lang), lang),
      moment: (options, lang) => this.#moment({ asOf: NaN, receivedAt: NaN, day: 0, receivedDay: 0, second: -1 }, options, lang),
      mend: (thrown, lang) => this.#mend(thrown, lang),
      texts: (named, lang) => this.#texts(named, lang),
      object: (facts, lang) => this.#object(facts, lang),
      wrong: (name, wanted, value, lang) => this.#wrong(name, wanted, value, lang),
      badFact: (procedure, jurisdiction, fact, value, lang) =>
        new ThutucError(this.#text((engine) => engine.badFact(procedure, jurisdiction, fact, tell(value), lang), lang)),
    };
  }

  #case(procedure, jurisdiction, lang) {
    const key = keyOf(procedure, jurisdiction);
    let packed = this.#cases.get(key);
    if (packed === undefined) {
      this.#texts({ procedure, jurisdiction }, lang);
      const layout = JSON.parse(this.#engine.layout(procedure, jurisdiction, lang));
      const raw = new this.#host.glue.Case(this.#engine, procedure, jurisdiction, lang);
      packed = new PackedCase(procedure, jurisdiction, layout, raw, this.#host.memory, this.#codecs.get(key));
      this.#cases.set(key, packed);
    }
    this.#last = packed;
    return packed;
  }

  /** Reads the moment of some options into `when`, unless it is there already. */
  #moment(when, options, lang) {
    const { asOf, receivedAt } = options;
    if (when.asOf === asOf && when.receivedAt === receivedAt) return when;
    const day = receivedAt == null ? dayOfMany(asOf) : NaN;
    if (day === day) {
      when.day = day;
      when.second = -1;
    } else {
      this.#texts({ asOf, receivedAt }, lang);
      // Nothing of `when` has changed if this throws.
      const [asOfDay, receivedDay, second] = this.#host.glue.moment(asOf, receivedAt, lang);
      when.day = asOfDay;
      when.receivedDay = receivedDay;
      when.second = receivedAt == null ? -1 : second;
    }
    when.asOf = asOf;
    when.receivedAt = receivedAt;
    return when;
  }

  /** Throws if an argument is no text; those that may be left out may be null or undefined. */
  #texts(named, lang) {
    for (const name in named) {
      const value = named[name];
      if (typeof value === 'string' || (value == null && name !== 'procedure' && name !== 'fact' && name !== 'asOf')) continue;
      throw this.#wrong(name, 'text', value, lang);
    }
  }

  #unknown(procedure, jurisdiction, fact, lang) {
    if (typeof fact !== 'string') return this.#wrong('fact', 'text', fact, lang);
    return new ThutucError(this.#text((engine) => engine.badFact(procedure, jurisdiction, fact, 'null', lang), lang));
  }

  #object(facts, lang) {
    if (typeof facts === 'object' && facts !== null && !Array.isArray(facts)) return;
    throw this.#wrong('facts', 'facts', facts, lang);
  }

  #wrong(name, wanted, value, lang) {
    return new ThutucError(JSON.parse(this.#host.glue.wrongArgument(name, wanted, describe(value), String(lang))));
  }
}

function keyOf(procedure, jurisdiction) {
  return jurisdiction == null ? procedure : `${procedure}\n${jurisdiction}`;
}

/** Makes an engine; for the entries of the package. */
export function engineOf(fresh, bundle, lang, of = Engine) {
  return new of(hidden, fresh, bundle, lang);
}

/** The memory of one case of a procedure, written and read in place. */
class PackedCase {
  constructor(procedure, jurisdiction, layout, raw, memory, codec) {
    this.procedure = procedure;
    this.jurisdiction = jurisdiction;
    this.plan = new Plan(layout);
    this.epochs = epochsOf(layout);
    this.codec = codec;
    this.raw = raw;
    this.memory = memory;
    this.parts = { vi: new Parts(), en: new Parts() };
    this.when = { asOf: NaN, receivedAt: NaN, day: 0, receivedDay: 0, second: -1 };
    this.view();
  }

  view() {
    const { buffer } = this.memory;
    const slots = this.plan.bySlot.length;
    this.states = new Uint8Array(buffer, this.raw.states(), slots);
    this.numbers = new Float64Array(buffer, this.raw.numbers(), slots);
    this.words = new Int32Array(buffer, this.raw.words(), 32);
  }

  /** The verdict; nothing where facts do not fit or the case is refused. */
  verdict(facts, when) {
    // Memory that has grown has left the views behind.
    if (this.words.length === 0) this.view();
    const rest = this.pack(facts);
    const decided = rest === undefined
      ? this.raw.verdict(when.day, when.receivedDay, when.second)
      : this.raw.verdictWith(rest, when.day, when.receivedDay, when.second);
    if (this.words.length === 0) this.view();
    if (!decided || this.words[9] !== 0) return undefined;
    return unpack(this.words, this.epochs);
  }

  /** The decision in full; nothing where facts do not fit or the case is refused. */
  decision(facts, when, lang) {
    if (this.words.length === 0) this.view();
    const english = lang === 'en';
    const told = this.raw.decision(english, this.pack(facts), when.day, when.receivedDay, when.second);
    if (told === 0) return undefined;
    // The words are looked at last: memory may grow for the news, which leaves views behind.
    const news = told === 1 ? undefined : this.raw.news(english);
    const words = new Int32Array(this.memory.buffer, this.raw.decisionWords(english), this.raw.decisionLength(english));
    return this.parts[lang].decision(words, news);
  }

  /** Writes the facts; those that are no numbers are returned as JSON text. */
  pack(facts) {
    const rest = this.codec === undefined ? null : this.codec.pack(facts, this.states, this.numbers);
    return rest === null ? this.plan.pack(facts, this.states, this.numbers) : rest;
  }
}

/** What is wanted of a case. */
const VERDICT = 0;
const DECISION = 1;

/** Every word of a verdict, and the one that counts the problems. */
const ALL = 0x7fff_ffff;
const PROBLEMS = 1 << 9;

/** A case that stays with the engine: what is told crosses once, what changed is read. */
export class Session {
  #of;
  #raw;
  #host;
  #words;
  #numbers;
  #told = new Map();
  /** The fact that was told last, and its entry. */
  #fact;
  #last;
  #when = { asOf: NaN, receivedAt: NaN, day: 0, receivedDay: 0, second: -1 };
  /** The words that have changed since `changes` was last called, a bit each. */
  #pending;

  /** Made by `engine.session`. */
  constructor(key, of, options) {
    if (key !== hidden) throw new TypeError('a session is made by `engine.session`');
    this.#of = of;
    this.#numbers = new Float64Array(of.plan.plan.bySlot.length);
    of.moment(this.#when, options);
    this.#open();
  }

  #open() {
    this.#raw = this.#of.open();
    this.#host = this.#of.current();
    this.#words = new Int32Array(this.#host.memory.buffer, this.#raw.words(), 32);
    this.#pending = ALL;
    this.#raw.at(this.#when.day, this.#when.receivedDay, this.#when.second);
  }

  /** The case in the engine; after a fault it is told again what it was told. */
  #live() {
    if (this.#host !== this.#of.current()) {
      this.#open();
      for (const [entry, value] of this.#told) this.#tell(entry, value);
    }
    return this.#raw;
  }

  #guarded(call) {
    try {
      return call(this.#live());
    } catch (thrown) {
      throw this.#of.mend(thrown);
    }
  }

  #tell(entry, value) {
    const state = place(entry, value, this.#numbers);
    return state === WIDE ? this.#raw.setJson(entry.slot, tell(value)) : this.#raw.set(entry.slot, state, this.#numbers[entry.slot]);
  }

  /** Tells a fact by its dotted name; false if it does not fit. `undefined` takes it back. */
  set(fact, value) {
    if (value === undefined) return this.unset(fact);
    const entry = this.#entry(fact);
    try {
      this.#live();
      this.#told.set(entry, value);
      return this.#tell(entry, value);
    } catch (thrown) {
      this.#told.delete(entry);
      throw this.#of.mend(thrown);
    }
  }

  /** Takes a fact back. */
  unset(fact) {
    const entry = this.#entry(fact);
    this.#told.delete(entry);
    return this.#guarded((raw) => raw.set(entry.slot, 0, 0));
  }

  #entry(fact) {
    // A form tells one fact again as it is typed.
    if (this.#last !== undefined && fact === this.#fact) return this.#last;
    const entry = this.#of.plan.plan.find(fact);
    if (entry === undefined) throw this.#of.unknown(fact);
    this.#fact = fact;
    return (this.#last = entry);
  }

  /** Changes the day the law is read and the moment of receipt. */
  at(options) {
    this.#guarded((raw) => {
      this.#of.moment(this.#when, options);
      raw.at(this.#when.day, this.#when.receivedDay, this.#when.second);
    });
  }

  #read() {
    const raw = this.#live();
    const changed = raw.read();
    if (changed === -1) throw raw.refusal(this.#of.lang);
    if (this.#words.length === 0) this.#words = new Int32Array(this.#host.memory.buffer, raw.words(), 32);
    this.#pending |= changed;
  }

  /** The members of the verdict that are others than when they were last asked for; an empty object if none is. */
  changes() {
    try {
      this.#read();
      const pending = this.#pending;
      const members = unpackChanged(this.#words, this.#of.plan.epochs, pending);
      // A case that has had none so far has no member for problems.
      if (pending & PROBLEMS && (pending !== ALL || this.#words[9] !== 0)) members.problems = this.#problems();
      this.#pending = 0;
      return members;
    } catch (thrown) {
      throw this.#of.mend(thrown);
    }
  }

  /** The verdict on the case as it stands. */
  verdict() {
    return this.#guarded(() => {
      this.#read();
      const verdict = unpack(this.#words, this.#of.plan.epochs);
      if (this.#words[9] !== 0) verdict.problems = this.#problems();
      return verdict;
    });
  }

  #problems() {
    return JSON.parse(this.#raw.problems(this.#of.lang));
  }

  /** The missing facts that can still change something, in the author's order. */
  missing() {
    const slots = this.#guarded((raw) => JSON.parse(raw.missing(this.#of.lang)));
    return slots.map(([slot, now]) => ({ fact: this.#of.plan.plan.bySlot[slot].name, now }));
  }

  /** The fact to ask for next, or null. */
  next() {
    return this.missing().find((missing) => missing.now)?.fact ?? null;
  }

  /** The whole decision on the case as it stands. */
  explain(lang = this.#of.lang) {
    return this.#guarded((raw) => JSON.parse(raw.explain(lang)));
  }
}
