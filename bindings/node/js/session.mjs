// A case that is told fact by fact: what changes crosses, and nothing else.
import { WIDE, place, unpack, unpackChanged } from '../../wasm/js/src/packing.js'
import { tell } from '../../wasm/js/src/tell.js'
import { call } from './error.mjs'

const UNFIT = 0x8000_0000
const PROBLEMS = 9
const ALL = 0x7fff_ffff

/** A case that stays with the engine. */
export class Session {
  #host
  #native
  #number
  #plan
  #epochs
  #unknown
  #numbers
  /** The fact that was told last, and its entry. */
  #fact
  #last
  #words = new Int32Array(new ArrayBuffer(32 * 4))
  #pending = ALL

  constructor({ host, native, plan, epochs, unknown }) {
    this.#host = host
    this.#native = native
    this.#number = native.number()
    this.#plan = plan
    this.#epochs = epochs
    this.#unknown = unknown
    this.#numbers = new Float64Array(plan.bySlot.length)
    native.lend(this.#words)
  }

  /** Tells a fact by its dotted name; false if it does not fit. `undefined` takes it back. */
  set(fact, value) {
    if (value === undefined) return this.unset(fact)
    const entry = this.#entry(fact)
    const state = place(entry, value, this.#numbers)
    return state === WIDE
      ? this.#told(call(() => this.#native.setJson(entry.slot, tell(value))))
      : this.#put(entry.slot, state, this.#numbers[entry.slot])
  }

  /** Takes a fact back. */
  unset(fact) {
    return this.#put(this.#entry(fact).slot, 0, 0)
  }

  /** Changes the day the law is read and the moment of receipt. */
  at({ asOf, receivedAt }) {
    this.#told(call(() => this.#native.at(asOf, receivedAt)))
  }

  /** The members of the verdict that are others than when it was last read; an empty object if none is. */
  changes() {
    const changed = this.#pending
    if (changed === 0) return {}
    this.#pending = 0
    const members = unpackChanged(this.#words, this.#epochs, changed)
    // A case that has had none so far has no member for problems.
    if (changed & (1 << PROBLEMS) && (changed !== ALL || this.#words[PROBLEMS] !== 0)) members.problems = this.problems()
    return members
  }

  /** The verdict on the case as it stands. */
  verdict() {
    this.#pending = 0
    const verdict = unpack(this.#words, this.#epochs)
    if (this.#words[PROBLEMS] !== 0) verdict.problems = this.problems()
    return verdict
  }

  /** What is wrong with the facts. */
  problems() {
    return JSON.parse(call(() => this.#native.problems()))
  }

  /** The missing facts that can still change something, in the author's order. */
  missing() {
    return JSON.parse(call(() => this.#native.missing())).map(([slot, now]) => ({ fact: this.#plan.bySlot[slot].name, now }))
  }

  /** The fact to ask for next, or null. */
  next() {
    return this.missing().find(({ now }) => now)?.fact ?? null
  }

  /** The whole decision on the case as it stands. */
  explain(lang) {
    return JSON.parse(call(() => this.#native.explain(lang)))
  }

  #entry(fact) {
    // A form tells one fact again as it is typed.
    if (this.#last !== undefined && fact === this.#fact) return this.#last
    const entry = this.#plan.find(fact)
    if (entry === undefined) throw this.#unknown(fact)
    this.#fact = fact
    return (this.#last = entry)
  }

  #put(slot, state, number) {
    try {
      return this.#told(this.#host.sessionSet(this.#number, slot * 4 + state, number))
    } catch (error) {
      return call(() => {
        throw error
      })
    }
  }

  #told(changed) {
    this.#pending |= changed & ALL
    return (changed & UNFIT) === 0
  }
}
