// A module that `thutuc codec` writes gives the same verdicts as the packing that the pack builds.
import assert from 'node:assert/strict'
import test from 'node:test'
import { codecOf } from '../../wasm/command.js'
import { Pack } from '../dist/thutuc.mjs'
import { COPY, RULES, WORKLOAD, day, nested, paper, problemOf } from './paper.mjs'

test('verdicts of a codec', async () => {
  const [plain, written] = [Pack.load(RULES), Pack.load(RULES)]
  const codec = await codecOf('rules', COPY)
  written.use(codec)
  const shapes = [
    paper, nested, {}, { ...nested, 'no.such': 1 }, { ...paper, 'certification.pages': 'many' }, { ...paper, 'certification.pages': null },
    { ...nested, 'submission.channel': 'post' }, { submission: { channel: 'post', documents: ['original'] } }, { ...paper, 'certification.copies': 3n },
  ]
  for (const facts of shapes) assert.deepEqual(written.verdict(COPY, facts, day), plain.verdict(COPY, facts, day))
  assert.deepEqual(written.verdictMany(COPY, shapes, day), plain.verdictMany(COPY, shapes, day))
  assert.equal(problemOf(() => Pack.load(WORKLOAD).use(codec)).code, 'wrong-argument')
  assert.equal(problemOf(() => plain.use(7)).code, 'wrong-argument')
  await written.reload()
  assert.deepEqual(written.verdict(COPY, paper, day), plain.verdict(COPY, paper, day))
})
