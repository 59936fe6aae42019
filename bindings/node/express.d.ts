import type { ErrorRequestHandler, Request, RequestHandler } from 'express'
import type { Decision, Moment, Pack } from './index.js'

declare global {
  namespace Express {
    interface Request {
      decision?: Decision
    }
  }
}
/** Handlers and middleware for one pack. */
export default function thutuc(options: { pack: Pack; moment: (request: Request) => Moment }): {
  procedures: RequestHandler
  facts: RequestHandler
  decision: RequestHandler
  enforce(procedure: string): RequestHandler
  problems: ErrorRequestHandler
}
