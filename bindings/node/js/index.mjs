// What the package is made of, as one file: dist/thutuc.cjs.
export { ThutucError, typed } from './error.mjs'
export { Pack, now } from './pack.mjs'
export { Session } from './session.mjs'
