// A Fastify plugin: decisions over HTTP, and a hook that lets only submissions through that the rules accept.
import { ThutucError } from './dist/thutuc.mjs'

/**
 * @param app a Fastify instance
 * @param options `pack`; `moment`, the moment of a request (`() => now()` for a server's clock); `path`, where the routes stand
 */
export default async function thutuc(app, { pack, moment, path = '' }) {
  // The engine judges what it is told and says what is wrong; the schemas say beforehand what that will be.
  const judged = { validatorCompiler: () => (value) => ({ value }) }
  const options = (request) => ({ ...moment(request), lang: language(request) })

  app.decorate('pack', pack)
  app.decorateRequest('decision', null)

  /** A `preHandler`: takes `{ facts, promised }` and leaves the decision on the request, or answers with the problem. */
  app.decorate('enforce', (procedure) => async (request, reply) => {
    try {
      const { facts, promised } = request.body ?? {}
      request.decision = pack.enforce(procedure, facts, options(request), promised)
    } catch (error) {
      return refuse(error, reply)
    }
  })

  const answered = (call) => (request, reply) => {
    try {
      return call(request)
    } catch (error) {
      return refuse(error, reply)
    }
  }
  const facts = (request, code = request.params.procedure) => pack.factSchema(code, { lang: language(request) })
  const decision = (request, code = request.params.procedure) => pack.decide(code, request.body, options(request))
  app.get(`${path}/procedures`, (request) => pack.procedures({ lang: language(request) }))
  app.get(`${path}/procedures/:procedure/facts`, answered((request) => facts(request)))
  app.post(`${path}/procedures/:procedure/decision`, answered((request) => decision(request)))
  // Procedures that are there from the start have routes with schemas, for what is written from them; one that a reload
  // brings is answered above.
  for (const { code, name } of pack.procedures({ lang: 'en' })) {
    const schema = { summary: name, body: pack.factSchema(code, { lang: 'en' }) }
    app.post(`${path}/procedures/${code}/decision`, { ...judged, schema }, answered((request) => decision(request, code)))
  }
}

// The routes and decorators belong to the instance that registers the plugin, not to one below it.
thutuc[Symbol.for('skip-override')] = true
thutuc[Symbol.for('fastify.display-name')] = '@thutuc/node'

/** Vietnamese unless English is asked for first. */
function language(request) {
  return /^\s*en\b/i.test(request.headers['accept-language'] ?? '') ? 'en' : undefined
}

function refuse(error, reply) {
  if (!(error instanceof ThutucError)) throw error
  return reply.code(error.status).type('application/problem+json').send(error.problem)
}
