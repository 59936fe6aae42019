import type { FastifyPluginAsync, FastifyRequest, preHandlerAsyncHookHandler } from 'fastify'
import type { Decision, Moment, Pack } from './index.js'

declare module 'fastify' {
  interface FastifyInstance {
    pack: Pack
    /** A `preHandler` that takes `{ facts, promised }` and leaves the decision on the request. */
    enforce(procedure: string): preHandlerAsyncHookHandler
  }
  interface FastifyRequest {
    decision: Decision | null
  }
}
declare const thutuc: FastifyPluginAsync<{ pack: Pack; moment: (request: FastifyRequest) => Moment; path?: string }>
export default thutuc
