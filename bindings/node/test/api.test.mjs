import assert from 'node:assert/strict'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import test from 'node:test'
import { pathToFileURL } from 'node:url'
import { Pack, ThutucError, now } from '../dist/thutuc.mjs'
import { COPY, RULES, WORKLOAD, day, nested, paper } from './paper.mjs'

const pack = Pack.load(RULES)
const workload = Pack.load(WORKLOAD)

test('decides, with the law', () => {
  const decision = pack.decide(COPY, paper, day)
  assert.equal(decision.outcome, 'accept')
  assert.equal(decision.fees.total, 7000)
  assert.equal(decision.pack.hash, pack.hash)
  assert.ok(decision.fees.items[0].citations[0].text.includes('226/2016/TT-BTC'))
  assert.deepEqual(pack.decide(COPY, nested, day), decision)
})

test('the same through CommonJS', () => {
  const common = createRequire(import.meta.url)('../dist/thutuc.cjs')
  assert.equal(common.Pack, Pack)
  assert.equal(common.ThutucError, ThutucError)
  assert.deepEqual(Object.keys(common).toSorted(), ['Pack', 'Session', 'ThutucError', 'now'])
})

test('off the main thread, the same', async () => {
  const decision = pack.decide(COPY, paper, day)
  assert.deepEqual(await pack.decideAsync(COPY, paper, day), decision)
  const cases = Array.from({ length: 50 }, (_, at) => ({ ...paper, 'certification.pages': at + 1 }))
  const many = await pack.decideMany(COPY, cases, day)
  assert.deepEqual(many, cases.map((facts) => pack.decide(COPY, facts, day)))
  assert.deepEqual(await pack.decideMany(COPY, [], day), [])
  await assert.rejects(pack.decideAsync('2.000816', paper, day), { code: 'unknown-procedure' })
})

test('loads off the main thread', async () => {
  assert.equal((await Pack.loadAsync(RULES)).hash, pack.hash)
  await assert.rejects(Pack.loadAsync('no such folder'), { code: 'wrong-argument' })
})

test('a bundle is the pack', async (context) => {
  const folder = await mkdtemp(join(tmpdir(), 'thutuc-'))
  context.after(() => rm(folder, { recursive: true, force: true }))
  const file = join(folder, 'rules.thutuc')
  await writeFile(file, pack.bundle())
  for (const loaded of [Pack.load(pack.bundle()), Pack.load(file), await Pack.loadAsync(pathToFileURL(file))]) {
    assert.equal(loaded.hash, pack.hash)
    assert.deepEqual(loaded.decide(COPY, paper, day), pack.decide(COPY, paper, day))
  }
})

test('procedures, facts, schema, one fact', () => {
  assert.ok(pack.procedures({ lang: 'en' }).some(({ code, name }) => code === COPY && name))
  const pages = pack.facts(COPY, { lang: 'en' }).find(({ name }) => name === 'certification.pages')
  assert.equal(pages.type, 'number')
  const schema = pack.factSchema(COPY, { lang: 'en' })
  assert.deepEqual(schema.properties.certification.properties.pages.type, ['integer', 'string'])
  assert.deepEqual(pack.checkFact(COPY, 'certification.pages', 3), [])
  assert.equal(pack.checkFact(COPY, 'certification.pages', 'x')[0].code, 'wrong-type')
})

const BASES = ['own', 'rent', 'family', 'institution', undefined, 'castle']
const AREAS = [7.9, 8, 8.5, 12.3, '9.5', 8.55, null, undefined]
function* cases() {
  for (const residence_basis of BASES)
    for (const floor_area_per_person of AREAS)
      for (const documents_in_database of [[], ['rental_contract', 'ct01_form'], ['ct01_form', 'ct01_form'], undefined])
        yield {
          channel: floor_area_per_person === 8 ? 'online' : 'post',
          applicant_age: 17,
          residence_basis,
          floor_area_per_person,
          owner_consent: true,
          minor_with_parent: residence_basis === 'own',
          eid_level: 1,
          eid_locked: false,
          exempt_group: 'none',
          documents_in_database,
        }
}

test('a verdict in numbers is the decision', () => {
  for (const facts of cases()) {
    for (const moment of [{ asOf: '2025-09-01' }, { asOf: '2022-02-28', receivedAt: '2022-02-28T17:30' }, { asOf: '2026-12-31' }]) {
      const options = { ...moment, lang: 'en' }
      const verdict = workload.verdict('0.000001', facts, options)
      const decision = workload.decide('0.000001', facts, options)
      const of = (list, status) => list.filter((one) => one.status === status).map(({ id }) => id)
      const conditions = [...decision.eligibility.conditions, ...decision.identity.checks]
      assert.equal(verdict.outcome, decision.outcome)
      assert.deepEqual(verdict.unmet, of(conditions, 'unmet'))
      assert.deepEqual(verdict.undetermined, of(conditions, 'undetermined'))
      assert.deepEqual(verdict.documents, of(decision.documents, 'required'))
      assert.equal(verdict.fee, decision.fees.total)
      assert.equal(verdict.dueOn, decision.deadline?.dueOn ?? null)
      assert.equal(verdict.provisional, decision.deadline?.status === 'provisional')
      assert.deepEqual(verdict.problems ?? [], decision.problems)
    }
  }
})

test('many verdicts are single ones', () => {
  const all = [...cases(), ...cases(), ...cases(), ...cases(), ...cases(), ...cases()]
  const options = { asOf: '2025-09-01' }
  assert.ok(all.length > 1024)
  assert.deepEqual(workload.verdictMany('0.000001', all, options), all.map((facts) => workload.verdict('0.000001', facts, options)))
})

test('a session says what changed', () => {
  const session = workload.session('0.000001', { asOf: '2025-09-01', lang: 'en' })
  assert.equal(session.verdict().outcome, 'ask')
  const facts = [...cases()].find((facts) => facts.residence_basis === 'rent' && facts.floor_area_per_person === 8.5 && facts.documents_in_database?.length === 0)
  for (const [name, value] of Object.entries(facts)) assert.equal(session.set(name, value), true)
  assert.deepEqual(session.verdict(), workload.verdict('0.000001', facts, { asOf: '2025-09-01' }))
  assert.deepEqual(session.changes(), {})
  session.set('applicant_age', 30)
  const changed = session.changes()
  assert.deepEqual(changed, { outcome: 'accept', unmet: [], documents: ['ct01_form', 'rental_contract'] })
  assert.deepEqual(session.changes(), {})
  assert.equal(session.set('applicant_age', 'old'), false)
  assert.equal(session.problems()[0].code, 'wrong-type')
  session.unset('applicant_age')
  assert.equal(session.next(), 'applicant_age')
  assert.equal(session.explain('en').outcome, 'ask')
  assert.throws(() => session.set('applicant_aeg', 1), { code: 'bad-facts' })
})

test('the moment of a clock in Vietnam', () => {
  assert.deepEqual(now(new Date('2026-11-20T18:30:00Z')), { asOf: '2026-11-21', receivedAt: '2026-11-21T01:30' })
})
