export { ThutucError } from './error.mjs'
export { Pack, now } from './pack.mjs'
export { Session } from './session.mjs'
