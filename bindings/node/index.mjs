// One file of CommonJS: Node reads it several times as fast as a handful of modules, and `require` gets the same classes.
import { createRequire } from 'node:module'

export const { Pack, Session, ThutucError, now } = createRequire(import.meta.url)('./dist/thutuc.cjs')
