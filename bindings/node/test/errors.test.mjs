import assert from 'node:assert/strict'
import { createRequire } from 'node:module'
import test from 'node:test'
import { Pack } from '../dist/thutuc.mjs'
import { ThutucError as OwnError, typed } from '../js/error.mjs'
import { COPY, RULES, day, nested, paper, problemOf } from './paper.mjs'

const pack = Pack.load(RULES)
const native = createRequire(import.meta.url)('../dist/thutuc.node')

test('an unknown procedure, with the nearest', () => {
  const problem = problemOf(() => pack.decide('2.000816', paper, day))
  assert.equal(problem.type, 'https://thutuc.dev/problems/unknown-procedure')
  assert.equal(problem.near, COPY)
  assert.equal(problemOf(() => pack.verdict('2.000816', paper, day)).near, COPY)
})

test('arguments of another type', () => {
  for (const call of [
    () => pack.decide(undefined, paper, day),
    () => pack.decide(COPY, paper),
    () => pack.verdict(COPY, paper, {}),
    () => pack.decide(COPY, null, day),
    () => pack.verdict(COPY, [paper], day),
    () => pack.decide(COPY, paper, { asOf: 20261120 }),
    () => Pack.load(7),
  ]) assert.equal(problemOf(call).code, 'wrong-argument')
  assert.equal(problemOf(() => pack.verdict(COPY, paper, { asOf: '2026-02-30' })).code, 'bad-date')
  assert.equal(problemOf(() => pack.decide(COPY, paper, { ...day, lang: 'fr' })).code, 'unknown-language')
})

/** The same facts told to the full decision and to the verdict: the same problems. */
function problems(facts) {
  const { problems } = pack.decide(COPY, facts, day)
  assert.deepEqual(pack.verdict(COPY, facts, day).problems ?? [], problems)
  return problems
}

test('an unknown fact, with a suggestion', () => {
  const [problem] = problems({ certification: { pagse: 1 } })
  assert.equal(problem.code, 'unknown-fact')
  assert.equal(problem.message, 'there is no fact `certification.pagse`; did you mean `certification.pages`?')
})

test('values that no fact can be', () => {
  const told = (value) => problems({ ...paper, 'certification.pages': value })
  const cycle = {}
  cycle.self = cycle
  for (const value of [NaN, Infinity, new Date(0), cycle, () => 1, Symbol('x'), [1], {}, true]) {
    const [problem] = told(value)
    assert.deepEqual([problem.fact, problem.code], ['certification.pages', 'wrong-type'], String(problem.message))
  }
  assert.deepEqual(told(3n), [])
  assert.deepEqual(told('3'), [])
  assert.deepEqual(told(undefined), [])
  assert.equal(pack.decide(COPY, { ...paper, 'certification.pages': undefined }, day).missing[0].fact, 'certification.pages')
})

test('a cyclic object of facts', () => {
  const cycle = structuredClone(nested)
  cycle.certification.more = cycle
  assert.equal(problems(cycle)[0].code, 'unknown-fact')
})

test('the place of a wrong value in a list', () => {
  const procedure = pack.procedures().map(({ code }) => code).find((code) => pack.facts(code).some(({ type }) => type === 'texts'))
  const { name } = pack.facts(procedure).find(({ type }) => type === 'texts')
  const [problem] = pack.decide(procedure, { [name]: ['a', 2] }, day).problems
  assert.deepEqual([problem.fact, problem.code], [`${name}[2]`, 'wrong-type'])
})

test('bundles that are none', () => {
  assert.equal(problemOf(() => Pack.load(Buffer.from('PK'))).code, 'not-a-bundle')
  assert.equal(problemOf(() => Pack.load(Buffer.from('thutuc\x09\x00'))).code, 'other-format')
  const bundle = pack.bundle()
  assert.equal(problemOf(() => Pack.load(bundle.subarray(0, 10))).code, 'damaged-bundle')
  assert.equal(problemOf(() => Pack.load(bundle.subarray(0, 1000))).code, 'damaged-bundle')
  const newer = bundle.slice()
  newer[6] += 1
  assert.equal(problemOf(() => Pack.load(newer)).code, 'other-format')
  const damaged = bundle.slice()
  damaged[damaged.length - 1] ^= 1
  assert.equal(problemOf(() => Pack.load(damaged)).code, 'damaged-bundle')
})

test('a panic is one typed error and the process lives', () => {
  let error
  try {
    native.provokePanic()
  } catch (thrown) {
    error = typed(thrown)
  }
  assert.ok(error instanceof OwnError)
  assert.equal(error.code, 'internal')
  assert.equal(error.status, 500)
  assert.equal(pack.decide(COPY, paper, day).outcome, 'accept')
})
