// A case of one procedure in numbers, in bytes that JavaScript and the native part both read.
import { Plan, dayOf, unpack } from './dist/packing.js'

const HEAD = 3
const PROBLEMS = 9

export class PackedCase {
  #asOf
  #receivedAt

  constructor(native, layout, procedure, jurisdiction, codec) {
    this.procedure = procedure
    this.jurisdiction = jurisdiction
    const [number, size, wordsAt] = native.sizes()
    const memory = new ArrayBuffer(size)
    const slots = layout.facts.length
    this.native = native // Held, so that the native part keeps the case.
    this.number = number
    this.plan = new Plan(layout)
    this.codec = codec
    this.epochs = layout.epochs
    this.bytes = new Uint8Array(memory)
    this.moment = new Float64Array(memory, 0, HEAD)
    this.numbers = new Float64Array(memory, HEAD * 8, slots)
    this.states = new Uint8Array(memory, (HEAD + slots) * 8, slots)
    this.words = new Int32Array(memory, wordsAt)
    this.size = size
    this.wordsAt = wordsAt
  }

  /** Writes the facts; those that are no numbers are returned as JSON text. */
  pack(facts) {
    const rest = this.codec === undefined ? null : this.codec.pack(facts, this.states, this.numbers)
    if (rest !== null) return rest
    return this.plan.pack(facts, this.states, this.numbers)
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

  /** The verdict in the words that begin at `at`. */
  unpack(words, at = 0) {
    const of = at === 0 ? words : words.subarray(at, at + this.words.length)
    return this.codec === undefined ? unpack(of, this.epochs) : this.codec.unpack(of)
  }

  problems(words, at = 0) {
    return words[at + PROBLEMS]
  }
}

const RECEIVED = /^(\d{4}-\d\d-\d\d)T([01]\d|2[0-3]):([0-5]\d)$/
