import assert from 'node:assert/strict'
import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import test from 'node:test'
import { Pack } from '../dist/thutuc.mjs'
import { WORKLOAD } from './paper.mjs'

const facts = {
  channel: 'post', applicant_age: 30, residence_basis: 'own', floor_area_per_person: 9, owner_consent: true, minor_with_parent: true,
  eid_level: 2, eid_locked: false, exempt_group: 'none', documents_in_database: [],
}
const day = { asOf: '2025-09-01' }

async function copied(context) {
  const folder = await mkdtemp(join(tmpdir(), 'thutuc-'))
  context.after(() => rm(folder, { recursive: true, force: true }))
  await cp(WORKLOAD, folder, { recursive: true })
  const file = join(folder, 'registration.yaml')
  const text = await readFile(file, 'utf8')
  return { folder, fee: (amount) => writeFile(file, text.replace('    22000 |', `    ${amount} |`)), broken: () => writeFile(file, 'procedure: [') }
}

test('another pack in place of this one, without dropping calls under load', async (context) => {
  const { folder, fee } = await copied(context)
  const pack = Pack.load(folder)
  const before = pack.hash
  const [old] = pack.verdictMany('0.000001', [facts], day)
  assert.equal(old.fee, 22000)
  await fee('33000')
  const under = Array.from({ length: 200 }, () => pack.decideAsync('0.000001', facts, day))
  const many = pack.decideMany('0.000001', Array(200).fill(facts), day)
  const session = pack.session('0.000001', day)
  const reloading = pack.reload()
  const during = Array.from({ length: 200 }, () => pack.decideAsync('0.000001', facts, day))
  const { changed, hash } = await reloading
  assert.ok(changed)
  assert.equal(pack.hash, hash)
  for (const decision of [...(await Promise.all([...under, ...during])), ...(await many)]) {
    assert.deepEqual([decision.fees.total, decision.pack.hash], [22000, before])
  }
  assert.equal(pack.verdict('0.000001', facts, day).fee, 33000)
  assert.equal(pack.decide('0.000001', facts, day).pack.hash, hash)
  for (const [name, value] of Object.entries(facts)) session.set(name, value)
  assert.equal(session.verdict().fee, 22000)
})

test('a broken pack is refused, with diagnostics, and the old one stays', async (context) => {
  const { folder, broken } = await copied(context)
  const pack = Pack.load(folder)
  const before = pack.hash
  await broken()
  await assert.rejects(pack.reload(), ({ code, problem }) => {
    assert.equal(code, 'bad-rules')
    assert.equal(problem.diagnostics.find(({ severity }) => severity === 'error').file, 'registration.yaml')
    return true
  })
  assert.equal(pack.hash, before)
  assert.equal(pack.verdict('0.000001', facts, day).fee, 22000)
})

test('watching', async (context) => {
  const { folder, fee } = await copied(context)
  const pack = Pack.load(folder)
  const reloaded = new Promise((resolve, reject) => {
    const watcher = pack.watch((error, told) => {
      if (error) reject(error)
      else if (told.changed) resolve(told)
    })
    context.after(() => watcher.close())
  })
  const awake = setInterval(() => {}, 1000)
  context.after(() => clearInterval(awake))
  await fee('44000')
  await reloaded
  assert.equal(pack.verdict('0.000001', facts, day).fee, 44000)
})
