// A case of one procedure in numbers, in bytes that JavaScript and the native part both read.
import { Plan, dayOf, epochsOf, unpack } from '../../wasm/js/src/packing.js'
import { Parts } from '../../wasm/js/src/parts.js'

const HEAD = 3
const PROBLEMS = 9
const WORDS = 32

export class PackedCase {
  #asOf
  #receivedAt
  #batch
  #parts = { vi: new Parts(), en: new Parts() }

  constructor(host, native, layout, procedure, jurisdiction, codec) {
    this.procedure = procedure
    this.jurisdiction = jurisdiction
    const [number, size, wordsAt, most] = native.sizes()
    this.host = host
    this.native = native // Held, so that the native part keeps the case.
    this.number = number
    this.plan = new Plan(layout)
    this.codec = codec
    this.epochs = epochsOf(layout)
    this.slots = layout.facts.length
    this.size = size
    this.wordsAt = wordsAt
    const memory = new ArrayBuffer(size)
    const place = this.#place(memory, 0)
    this.moment = place.moment
    this.states = place.states
    this.numbers = place.numbers
    this.words = place.words
    this.ofDecision = new Int32Array(new ArrayBuffer(most * 4))
    native.lend(new Uint8Array(memory), this.ofDecision)
  }

  /** The parts of a case whose bytes begin at `from`. */
  #place(memory, from) {
    const { slots } = this
    return {
      moment: new Float64Array(memory, from, HEAD),
      numbers: new Float64Array(memory, from + HEAD * 8, slots),
      states: new Uint8Array(memory, from + (HEAD + slots) * 8, slots),
      words: new Int32Array(memory, from + this.wordsAt, WORDS),
    }
  }

  /** The verdict; nothing where facts do not fit. */
  verdict(facts) {
    const rest = this.pack(facts, this.states, this.numbers)
    if (rest === undefined) this.host.verdict(this.number)
    else this.host.verdictWith(this.number, rest)
    return this.words[PROBLEMS] === 0 ? unpack(this.words, this.epochs) : undefined
  }

  /** The decision in full; nothing where facts do not fit. */
  decision(facts, lang) {
    const rest = this.pack(facts, this.states, this.numbers)
    const news = this.host.decision(this.number, lang === 'en', rest)
    return this.ofDecision[0] < 0 ? undefined : this.#parts[lang].decision(this.ofDecision, news)
  }

  /** Adds the verdicts on cases, by batches that cross at once; `alone` gives that on facts that do not fit. */
  verdicts(cases, alone) {
    this.#batch ??= this.#places()
    const { memory, places } = this.#batch
    const verdicts = []
    for (let from = 0; from < cases.length; from += AT_ONCE) {
      const count = Math.min(AT_ONCE, cases.length - from)
      let rests
      for (let at = 0; at < count; at += 1) {
        const { moment, states, numbers } = places[at]
        const facts = cases[from + at]
        moment[0] = this.moment[0]
        moment[1] = this.moment[1]
        moment[2] = this.moment[2]
        if (isObject(facts)) {
          const rest = this.pack(facts, states, numbers)
          if (rest !== undefined) (rests ??= new Array(AT_ONCE).fill('null'))[at] = rest
        } else {
          states.fill(0)
        }
      }
      const bytes = count === AT_ONCE ? memory : memory.subarray(0, count * this.size)
      this.host.verdicts(this.number, bytes, rests && `[${rests.slice(0, count)}]`)
      for (let at = 0; at < count; at += 1) {
        const { words } = places[at]
        const facts = cases[from + at]
        verdicts.push(words[PROBLEMS] === 0 && isObject(facts) ? unpack(words, this.epochs) : alone(facts))
      }
    }
    return verdicts
  }

  #places() {
    const memory = new Uint8Array(new ArrayBuffer(AT_ONCE * this.size))
    return { memory, places: Array.from({ length: AT_ONCE }, (_, at) => this.#place(memory.buffer, at * this.size)) }
  }

  /** Writes the facts; those that are no numbers are returned as JSON text. */
  pack(facts, states, numbers) {
    const rest = this.codec === undefined ? null : this.codec.pack(facts, states, numbers)
    if (rest !== null) return rest
    return this.plan.pack(facts, states, numbers)
  }

  /** Writes the moment; false where the engine must read it. */
  at(asOf, receivedAt) {
    if (asOf === this.#asOf && receivedAt === this.#receivedAt) return true
    const day = dayOf(asOf)
    const clock = receivedAt === undefined ? null : RECEIVED.exec(receivedAt)
    const received = clock ? dayOf(clock[1]) : NaN
    if (Number.isNaN(day) || (receivedAt !== undefined && Number.isNaN(received))) return false
    this.moment[0] = day
    this.moment[1] = received
    this.moment[2] = clock ? (+clock[2] * 60 + +clock[3]) * 60 : NaN
    this.#asOf = asOf
    this.#receivedAt = receivedAt
    return true
  }
}

/** Whether facts may be told by a value. */
export function isObject(value) {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

/** How many cases cross at once: the memory of so many stays near. */
const AT_ONCE = 128
const RECEIVED = /^(\d{4}-\d\d-\d\d)T([01]\d|2[0-3]):([0-5]\d)$/
