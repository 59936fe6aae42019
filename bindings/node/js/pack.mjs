// Decode, call, encode: every rule, default and text is the engine's.
import { PackedCase, isObject } from './case.mjs'
import { dayOf } from '../../wasm/js/src/packing.js'
import { describe, tell } from '../../wasm/js/src/tell.js'
import { ThutucError, call, later } from './error.mjs'
import { host } from './native.mjs'
import { Session } from './session.mjs'

const { NativePack } = host
// Of Node's own modules nothing is imported: as modules of a package they take a third of the time until the first answer.
const builtin = process.getBuiltinModule

/** A loaded pack. `reload` puts another in its place at once; calls under way finish with the one they began with. */
export class Pack {
  #native
  #source
  #about
  #cases = new Map()
  #codecs = new Map()
  #last

  constructor(native, source) {
    if (!(native instanceof NativePack)) throw new TypeError('a pack is made by `Pack.load`')
    this.#native = native
    this.#source = source
  }

  static load(source, { lang } = {}) {
    texts({ lang })
    if (source instanceof Uint8Array) return new Pack(call(() => NativePack.decode(bytesOf(source), lang)))
    const path = pathOf(source)
    return new Pack(call(() => NativePack.load(path, lang)), path)
  }

  static async loadAsync(source, { lang } = {}) {
    if (source instanceof Uint8Array) return Pack.load(source, { lang })
    texts({ lang })
    const path = pathOf(source)
    return new Pack(await later(NativePack.loadLater(path, lang)), path)
  }

  get id() {
    return this.#pack().id
  }
  get version() {
    return this.#pack().version
  }
  get hash() {
    return this.#pack().hash
  }
  get jurisdictions() {
    return this.#pack().jurisdictions
  }
  get warnings() {
    return JSON.parse(this.#native.warnings())
  }
  bundle() {
    return call(() => this.#native.bundle())
  }

  procedures({ lang } = {}) {
    texts({ lang })
    return JSON.parse(call(() => this.#native.procedures(lang)))
  }
  facts(procedure, { jurisdiction, lang } = {}) {
    texts({ procedure, jurisdiction, lang })
    return JSON.parse(call(() => this.#native.facts(procedure, jurisdiction, lang)))
  }
  factSchema(procedure, { jurisdiction, lang } = {}) {
    texts({ procedure, jurisdiction, lang })
    return JSON.parse(call(() => this.#native.factSchema(procedure, jurisdiction, lang)))
  }
  checkFact(procedure, fact, value, { jurisdiction, lang } = {}) {
    texts({ procedure, fact, jurisdiction, lang })
    return JSON.parse(call(() => this.#native.checkFact(procedure, fact, tell(value), jurisdiction, lang)))
  }

  decide(procedure, facts, options) {
    const decision = this.#packed(procedure, facts, options, DECISION)
    if (decision !== undefined) return decision
    const request = requestOf(procedure, facts, options)
    return JSON.parse(call(() => this.#native.decide(request)))
  }
  async decideAsync(procedure, facts, options) {
    return JSON.parse(await later(this.#native.decideLater(requestOf(procedure, facts, options))))
  }
  async decideMany(procedure, cases, options) {
    if (!Array.isArray(cases)) throw wrong('cases', 'cases', cases, options?.lang)
    return JSON.parse(await later(this.#native.decideMany(headOf(procedure, options), tell(cases))))
  }

  verdict(procedure, facts, options) {
    return this.#packed(procedure, facts, options, VERDICT) ?? this.#verdictOf(requestOf(procedure, facts, options))
  }

  /** An answer through the case in numbers; nothing where facts do not fit or the case is refused: the call that reads the whole
   * request tells that, in the language and order of every host. */
  #packed(procedure, facts, options, wanted) {
    if (options === undefined || options === null) return undefined
    const { asOf, receivedAt, jurisdiction, lang } = options
    if (!isObject(facts) || (lang != null && lang !== 'vi' && lang !== 'en')) return undefined
    try {
      const packed = this.#case(procedure, jurisdiction, lang)
      if (!packed.at(asOf, receivedAt)) return undefined
      return wanted === VERDICT ? packed.verdict(facts) : packed.decision(facts, lang ?? 'vi')
    } catch {
      return undefined
    }
  }

  verdictMany(procedure, cases, options) {
    if (!Array.isArray(cases)) throw wrong('cases', 'cases', cases, options?.lang)
    const alone = (facts) => this.verdict(procedure, facts, options)
    const packed = this.#case(procedure, options?.jurisdiction, options?.lang)
    if (packed.at(options?.asOf, options?.receivedAt)) {
      try {
        return packed.verdicts(cases, alone)
      } catch {
        // One by one: the first that is refused says why.
      }
    }
    return cases.map(alone)
  }

  use(codec) {
    const made = typeof codec === 'function' ? codec({ dayOf, tell }) : undefined
    if (made?.hash !== this.hash) throw wrong('codec', 'codec', made?.hash ?? codec)
    this.#codecs.set(keyOf(made.procedure, made.jurisdiction), made)
    this.#cases = new Map()
    this.#last = undefined
  }

  session(procedure, { asOf, receivedAt, jurisdiction, lang } = {}) {
    texts({ procedure, asOf, receivedAt, jurisdiction, lang })
    const { plan, epochs } = this.#case(procedure, jurisdiction, lang)
    const pack = this.#native
    const native = call(() => pack.openSession(procedure, asOf, receivedAt, jurisdiction, lang))
    const unknown = (fact) => {
      texts({ fact }, lang)
      return new ThutucError(JSON.parse(call(() => pack.unknownFact(procedure, fact, jurisdiction, lang))))
    }
    const session = new Session({ host, native, plan, epochs, unknown })
    session.at({ asOf, receivedAt })
    return session
  }

  steps(procedure, facts, options) {
    const request = withMembers(requestOf(procedure, facts, options), stepsAsked(options))
    return JSON.parse(call(() => this.#native.steps(request)))
  }
  levels(options = {}) {
    const { asOf, procedure, facts, jurisdiction, lang } = options
    texts({ asOf, jurisdiction, lang })
    if (procedure != null) texts({ procedure }, lang)
    if (facts != null && !isObject(facts)) throw wrong('facts', 'facts', facts, lang)
    const asked = { asOf, procedure: procedure ?? undefined, jurisdiction: jurisdiction ?? undefined, lang, facts: facts ?? undefined }
    return JSON.parse(call(() => this.#native.levels(tell(asked))))
  }

  promise(procedure, facts, options) {
    const request = requestOf(procedure, facts, options)
    return JSON.parse(call(() => this.#native.promise(request)))
  }
  enforce(procedure, facts, options, promised) {
    const request = requestOf(procedure, facts, options)
    return JSON.parse(call(() => this.#native.enforce(request, promised == null ? undefined : tell(promised))))
  }

  async reload() {
    const before = this.hash
    if (this.#source !== undefined) {
      this.#native = await later(NativePack.loadLater(this.#source))
      this.#cases = new Map()
      this.#last = undefined
      this.#about = undefined
      if (this.hash !== before) this.#codecs.clear()
    }
    return { changed: this.hash !== before, hash: this.hash }
  }

  watch(listener = () => {}) {
    if (this.#source === undefined) throw wrong('source', 'pack', new Uint8Array())
    let waiting
    const reload = () => this.reload().then((reloaded) => listener(null, reloaded), (error) => listener(error))
    const watcher = builtin('node:fs').watch(this.#source, { recursive: true, persistent: false }, () => {
      clearTimeout(waiting)
      waiting = setTimeout(reload, SETTLED_AFTER)
      waiting.unref()
    })
    return {
      close() {
        clearTimeout(waiting)
        watcher.close()
      },
    }
  }

  #pack() {
    return (this.#about ??= JSON.parse(call(() => this.#native.about())))
  }

  #verdictOf(request) {
    return JSON.parse(call(() => this.#native.verdict(request)))
  }

  #case(procedure, jurisdiction, lang) {
    const last = this.#last
    if (last !== undefined && last.procedure === procedure && last.jurisdiction === jurisdiction) return last
    const key = keyOf(procedure, jurisdiction)
    return (this.#last = this.#cases.get(key) ?? this.#open(key, procedure, jurisdiction, lang))
  }

  #open(key, procedure, jurisdiction, lang) {
    texts({ procedure, jurisdiction, lang })
    const layout = JSON.parse(call(() => this.#native.layout(procedure, jurisdiction, lang)))
    const native = call(() => this.#native.openCase(procedure, jurisdiction, lang))
    const packed = new PackedCase(host, native, layout, procedure, jurisdiction, this.#codecs.get(key))
    this.#cases.set(key, packed)
    return packed
  }
}

/** The moment a clock shows in Vietnam (UTC+07:00): what a server tells of a file that arrives now. */
export function now(clock = new Date()) {
  const local = new Date(clock.getTime() + 7 * 3_600_000).toISOString()
  return { asOf: local.slice(0, 10), receivedAt: local.slice(0, 16) }
}

/** What is wanted of a case. */
const VERDICT = 0
const DECISION = 1
/** How long files must have been quiet before they are read again, in milliseconds. */
const SETTLED_AFTER = 100

function keyOf(procedure, jurisdiction) {
  return jurisdiction == null ? procedure : `${procedure}\n${jurisdiction}`
}

/** A request as JSON text, without its facts. */
function headOf(procedure, { asOf, receivedAt, jurisdiction, lang } = {}) {
  texts({ procedure, asOf, receivedAt, jurisdiction, lang })
  return tell({ procedure, asOf, receivedAt: receivedAt ?? undefined, jurisdiction: jurisdiction ?? undefined, lang })
}

function requestOf(procedure, facts, options) {
  const head = headOf(procedure, options)
  if (!isObject(facts)) throw wrong('facts', 'facts', facts, options?.lang)
  return `${head.slice(0, -1)},"facts":${tell(facts)}}`
}

/** What is asked of steps beside the case. */
function stepsAsked({ now, cuts, lang } = {}) {
  if (now != null) texts({ now }, lang)
  return { now: now ?? undefined, cuts: cuts ?? undefined }
}

function withMembers(request, members) {
  const more = tell(members)
  return more === '{}' ? request : `${request.slice(0, -1)},${more.slice(1)}`
}

/** Throws if an argument is no text; those that may be left out may be null or undefined. */
function texts(named, lang = named.lang) {
  for (const name in named) {
    const value = named[name]
    if (typeof value === 'string' || (value == null && !NEEDED.has(name))) continue
    throw wrong(name, 'text', value, lang)
  }
}
const NEEDED = new Set(['procedure', 'fact', 'asOf'])

function wrong(name, wanted, given, lang) {
  return new ThutucError(JSON.parse(call(() => host.wrongArgument(name, wanted, describe(given), typeof lang === 'string' ? lang : undefined))))
}

function pathOf(source) {
  if (source instanceof URL) return builtin('node:url').fileURLToPath(source)
  if (typeof source === 'string') return source
  throw wrong('source', 'source', source)
}

function bytesOf(source) {
  return new Uint8Array(source.buffer, source.byteOffset, source.byteLength)
}
