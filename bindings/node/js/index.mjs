// What the package is made of, as one file: dist/thutuc.mjs for `import`, dist/thutuc.cjs for `require`.
import { ThutucError as OwnError } from './error.mjs'
import { shared } from './native.mjs'
import { Pack as OwnPack, now as ownNow } from './pack.mjs'
import { Session as OwnSession } from './session.mjs'

export const { Pack, Session, ThutucError, now } = shared({ Pack: OwnPack, Session: OwnSession, ThutucError: OwnError, now: ownNow })
