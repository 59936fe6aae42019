// The packed tarball, installed into an empty folder: the README's example runs there and is well typed.
import assert from 'node:assert/strict'
import { execFile } from 'node:child_process'
import { cp, mkdtemp, readFile, rm, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import test from 'node:test'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { Pack } from '../index.mjs'
import { RULES, WORKLOAD, day } from './paper.mjs'

const run = promisify(execFile)
const here = fileURLToPath(new URL('..', import.meta.url))
const strict = { strict: true, noEmit: true, target: 'es2022', module: 'nodenext', types: ['node'], exactOptionalPropertyTypes: true }

/** The blocks of code of a language in the README. */
async function examples(language) {
  const text = await readFile(join(here, 'README.md'), 'utf8')
  return [...text.matchAll(new RegExp('```' + language + '\\n([\\s\\S]*?)```', 'g'))].map(([, code]) => code)
}

test('installed from the tarball', async (context) => {
  const folder = await mkdtemp(join(tmpdir(), 'thutuc-'))
  context.after(() => rm(folder, { recursive: true, force: true }))
  const { stdout } = await run('npm', ['pack', '--json', '--pack-destination', folder], { cwd: here })
  const [{ filename }] = JSON.parse(stdout.slice(stdout.indexOf('[')))
  await writeFile(join(folder, 'package.json'), JSON.stringify({ name: 'example', private: true, type: 'module' }))
  await run('npm', ['install', '--no-audit', '--no-fund', '--offline', join(folder, filename)], { cwd: folder })
  await cp(RULES, join(folder, 'rules'), { recursive: true })

  const [example] = await examples('ts')
  await writeFile(join(folder, 'example.mjs'), example)
  const ran = await run('node', ['example.mjs'], { cwd: folder })
  assert.match(ran.stdout, /^accept 7000\n.*226\/2016\/TT-BTC/)
  const common = example.replace("import { Pack } from '@thutuc/node'", "const { Pack } = require('@thutuc/node')")
  await writeFile(join(folder, 'example.cjs'), common)
  const required = await run('node', ['example.cjs'], { cwd: folder })
  assert.deepEqual([required.stdout, required.stderr], [ran.stdout, ''])

  for (const name of ['typescript', '@types', 'undici-types', 'fastify', 'express']) {
    await symlink(join(here, 'node_modules', name), join(folder, 'node_modules', name))
  }
  const servers = await examples('js')
  assert.equal(servers.length, 2)
  await writeFile(join(folder, 'example.ts'), example)
  await writeFile(join(folder, 'common.cts'), example)
  await Promise.all(servers.map((code, at) => writeFile(join(folder, `server${at}.ts`), code)))
  // Whole decisions, held to the types of decisions.
  const decided = [
    Pack.load(RULES).decide('2.000815', {}, day),
    Pack.load(RULES).decide('1.004222', { 'residence.basis': 'rent' }, day),
    Pack.load(WORKLOAD).decide('0.000001', { channel: 'castle' }, day),
  ]
  const literals = decided.map((decision) => JSON.stringify(decision)).join(',\n')
  await writeFile(join(folder, 'decisions.ts'), `import type { Decision } from '@thutuc/node'\nexport const all: Decision[] = [\n${literals}\n]\n`)
  await writeFile(join(folder, 'tsconfig.json'), JSON.stringify({ compilerOptions: strict, include: ['*.ts', '*.cts'] }))
  await run('node', [join(here, 'node_modules/typescript/bin/tsc'), '-p', folder]).catch(({ stdout }) => assert.fail(stdout))
})
