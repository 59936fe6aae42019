// The reference workload, object in and object out, in nanoseconds a case: the median of rounds over 1,000 different
// cases; then many at once, and a cold start.
import { execFileSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { codecOf } from '../../wasm/command.js'
import { workload } from '../../wasm/workload.js'
import { Pack } from '../dist/thutuc.mjs'

const PROCEDURE = '0.000001'
const rules = fileURLToPath(new URL('../../../tests/workload/rules', import.meta.url))
const pack = Pack.load(rules)
const told = workload(1000).map(({ asOf, facts }) => ({ facts, options: { asOf } }))

let sink = 0
function time(name, round, rounds = 300, size = told.length) {
  for (let at = 0; at < 100; at++) round()
  const times = []
  for (let at = 0; at < rounds; at++) {
    const before = process.hrtime.bigint()
    round()
    times.push(Number(process.hrtime.bigint() - before) / size)
  }
  times.sort((a, b) => a - b)
  console.log(`${name} ${times[rounds >> 1].toFixed(0)} ns (p10 ${times[Math.floor(rounds / 10)].toFixed(0)})`)
}

time('verdict', () => {
  for (const { facts, options } of told) sink += pack.verdict(PROCEDURE, facts, options).documents.length
})

const written = Pack.load(rules)
written.use(await codecOf('tests/workload/rules', PROCEDURE))
time('verdict, with a codec of its own', () => {
  for (const { facts, options } of told) sink += written.verdict(PROCEDURE, facts, options).documents.length
})

const session = pack.session(PROCEDURE, { asOf: '2025-06-02' })
for (const [name, value] of Object.entries(told[0].facts)) session.set(name, value)
let age = 0
time('session: one fact changed, what changed read', () => {
  for (let at = 0; at < told.length; at++) {
    session.set('applicant_age', (age += 7) % 90)
    if (session.changes().unmet) sink += 1
  }
})

const many = Array.from({ length: 20 }, () => told.map(({ facts }) => facts)).flat()
time('many verdicts, a case', () => {
  sink += pack.verdictMany(PROCEDURE, many, { asOf: '2025-06-02' }).length
}, 10, many.length)

time('decide', () => {
  for (const { facts, options } of told) sink += pack.decide(PROCEDURE, facts, options).documents.length
}, 10)

const folder = mkdtempSync(join(tmpdir(), 'thutuc-'))
const bundle = join(folder, 'rules.thutuc')
writeFileSync(bundle, pack.bundle())
for (const [name, source] of Object.entries({ 'rule files': rules, 'a bundle': bundle })) {
  const cold = `const before = process.hrtime.bigint(); const rss = process.memoryUsage.rss()
  const { Pack } = await import(${JSON.stringify(new URL('../dist/thutuc.mjs', import.meta.url).href)})
  Pack.load(${JSON.stringify(source)}).verdict('${PROCEDURE}', ${JSON.stringify(told[0].facts)}, { asOf: '2025-06-02' })
  console.log((Number(process.hrtime.bigint() - before) / 1e6).toFixed(1), ((process.memoryUsage.rss() - rss) / 2 ** 20).toFixed(1))`
  const run = () => execFileSync('node', ['--input-type=module', '-e', cold], { encoding: 'utf8' }).split(' ').map(Number)
  const starts = Array.from({ length: 11 }, run)
  const median = (at) => starts.map((start) => start[at]).sort((a, b) => a - b)[5]
  console.log(`cold start from ${name}, first verdict included ${median(0)} ms, ${median(1)} MiB`)
}
rmSync(folder, { recursive: true })
if (sink < 0) console.log(sink)
