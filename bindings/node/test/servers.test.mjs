import assert from 'node:assert/strict'
import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import test from 'node:test'
import express from 'express'
import Fastify from 'fastify'
import onExpress from '../express.mjs'
import onFastify from '../fastify.mjs'
import { Pack } from '../dist/thutuc.mjs'
import { COPY, RULES, WORKLOAD, handedIn, nested, paper } from './paper.mjs'

const pack = Pack.load(RULES)
const moment = () => ({ asOf: '2026-11-20' })

async function fastify() {
  const app = Fastify()
  await app.register(onFastify, { pack, moment })
  app.post('/submissions', { preHandler: app.enforce(COPY) }, (request) => request.decision)
  return { url: await app.listen({ port: 0, host: '127.0.0.1' }), close: () => app.close() }
}

async function onePage() {
  const app = express().use(express.json())
  const { procedures, facts, decision, enforce, problems } = onExpress({ pack, moment })
  app.get('/procedures', procedures)
  app.get('/procedures/:procedure/facts', facts)
  app.post('/procedures/:procedure/decision', decision)
  app.post('/submissions', enforce(COPY), (request, response) => response.json(request.decision))
  app.use(problems)
  const server = await new Promise((resolve) => {
    const listening = app.listen(0, '127.0.0.1', () => resolve(listening))
  })
  return { url: `http://127.0.0.1:${server.address().port}`, close: () => new Promise((closed) => server.close(closed)) }
}

for (const [name, serve] of [['Fastify', fastify], ['Express', onePage]]) {
  test(`${name} decides and enforces`, async (context) => {
    const { url, close } = await serve()
    context.after(close)
    const headers = { 'content-type': 'application/json', 'accept-language': 'en', connection: 'close' }
    const post = async (path, body) => {
      const response = await fetch(url + path, { method: 'POST', headers, body: JSON.stringify(body) })
      return { status: response.status, type: response.headers.get('content-type'), body: await response.json() }
    }
    const get = async (path) => (await fetch(url + path, { headers: { 'accept-language': 'en', connection: 'close' } })).json()

    assert.ok((await get('/procedures')).some(({ code }) => code === COPY))
    assert.deepEqual(await get(`/procedures/${COPY}/facts`), pack.factSchema(COPY, { lang: 'en' }))
    const decided = await post(`/procedures/${COPY}/decision`, nested)
    assert.deepEqual(decided.body, pack.decide(COPY, nested, { asOf: '2026-11-20', lang: 'en' }))

    const promised = pack.promise(COPY, paper, { asOf: '2026-11-20' })
    const taken = await post('/submissions', { facts: handedIn, promised })
    assert.deepEqual([taken.status, taken.body.outcome], [200, 'accept'])
    const differs = await post('/submissions', { facts: handedIn, promised: { ...promised, fee: 1 } })
    assert.deepEqual([differs.status, differs.body.code], [409, 'submission-differs'])
    assert.ok(differs.type.startsWith('application/problem+json'))
    assert.equal(differs.body.title, 'Not what the form promised')
    const incomplete = await post('/submissions', { facts: paper })
    assert.deepEqual([incomplete.status, incomplete.body.code], [422, 'submission-incomplete'])
    const unknown = await post('/procedures/2.000816/decision', {})
    assert.deepEqual([unknown.status, unknown.body.near], [404, COPY])
    assert.equal((await get('/procedures/2.000816/facts')).code, 'unknown-procedure')
    const wrong = await post('/submissions', { facts: 7 })
    assert.deepEqual([wrong.status, wrong.body.code], [400, 'wrong-argument'])
  })
}

test('a procedure that a reload brings is served by Fastify', async (context) => {
  const folder = await mkdtemp(join(tmpdir(), 'thutuc-'))
  context.after(() => rm(folder, { recursive: true, force: true }))
  await cp(WORKLOAD, folder, { recursive: true })
  const changing = Pack.load(folder)
  const app = Fastify()
  await app.register(onFastify, { pack: changing, moment: () => ({ asOf: '2025-09-01' }) })
  context.after(() => app.close())
  const decide = async (code) => {
    const response = await app.inject({ method: 'POST', url: `/procedures/${code}/decision`, payload: { channel: 'post' } })
    return [response.statusCode, response.json().procedure]
  }
  assert.deepEqual([await decide('0.000001'), await decide('0.000002')], [[200, '0.000001'], [404, undefined]])
  const file = join(folder, 'registration.yaml')
  await writeFile(file, (await readFile(file, 'utf8')).replace('0.000001', '0.000002'))
  await changing.reload()
  assert.deepEqual([await decide('0.000001'), await decide('0.000002')], [[404, undefined], [200, '0.000002']])
  const { properties } = (await app.inject('/procedures/0.000002/facts')).json()
  assert.ok(properties.channel)
})
