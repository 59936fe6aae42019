import assert from 'node:assert/strict'
import test from 'node:test'
import { Pack, ThutucError } from '../dist/thutuc.mjs'
import { COPY, RULES, day, handedIn, paper, problemOf } from './paper.mjs'

const pack = Pack.load(RULES)

test('what was promised is taken', () => {
  const promised = pack.promise(COPY, paper, day)
  assert.deepEqual(promised, { packHash: pack.hash, fee: 7000, documents: ['original'], dueOn: promised.dueOn })
  assert.equal(pack.enforce(COPY, handedIn, day, promised).outcome, 'accept')
  assert.equal(pack.enforce(COPY, handedIn, day).outcome, 'accept')
})

test('every difference is named', () => {
  const promised = { packHash: 'x', fee: 1, documents: ['lease'], dueOn: '2020-01-01' }
  const problem = problemOf(() => pack.enforce(COPY, handedIn, day, promised))
  assert.equal(problem.status, 409)
  assert.equal(problem.code, 'submission-differs')
  assert.deepEqual(problem.differences.map(({ part }) => part), ['packHash', 'fee', 'documents', 'dueOn'])
  assert.equal(problem.differences[1].message, 'the fee is 7,000 VND, the form said 1 VND')
})

test('refused, incomplete, facts that do not fit', () => {
  const refused = problemOf(() => pack.enforce(COPY, { ...handedIn, 'certification.defects': ['altered'] }, day))
  assert.ok(['submission-refused', 'bad-facts'].includes(refused.code))
  assert.equal(problemOf(() => pack.enforce(COPY, paper, day)).documents[0].id, 'original')
  const incomplete = problemOf(() => pack.enforce(COPY, { ...handedIn, 'certification.pages': undefined }, day))
  assert.deepEqual([incomplete.code, incomplete.missing[0].fact], ['submission-incomplete', 'certification.pages'])
  assert.equal(problemOf(() => pack.enforce(COPY, { ...handedIn, 'certification.pages': 'x' }, day)).errors[0].code, 'wrong-type')
  assert.throws(() => pack.enforce(COPY, paper, day), (error) => error instanceof ThutucError && JSON.parse(JSON.stringify(error)).status === 422)
})
