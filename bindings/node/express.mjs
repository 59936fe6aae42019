// Express: handlers that decide, and a middleware that lets only submissions through that the rules accept.
import { ThutucError } from './dist/thutuc.mjs'

/** `pack`, and `moment`: the moment of a request (`() => now()` for a server's clock). Bodies are read by `express.json()`. */
export default function thutuc({ pack, moment }) {
  const options = (request) => ({ ...moment(request), lang: language(request) })
  return {
    /** `GET`: the procedures. */
    procedures(request, response) {
      response.json(pack.procedures({ lang: language(request) }))
    },

    /** `GET …/:procedure…`: the JSON Schema of the facts. */
    facts(request, response) {
      response.json(pack.factSchema(request.params.procedure, { lang: language(request) }))
    },

    /** `POST …/:procedure…`: facts to a decision. */
    decision(request, response) {
      response.json(pack.decide(request.params.procedure, request.body, options(request)))
    },

    /** A middleware: takes `{ facts, promised }` and leaves the decision on the request, or passes the problem on. */
    enforce: (procedure) => (request, response, next) => {
      const { facts, promised } = request.body ?? {}
      request.decision = pack.enforce(procedure, facts, options(request), promised)
      next()
    },

    /** The last middleware: answers with the problem document. */
    problems(error, request, response, next) {
      if (!(error instanceof ThutucError)) return next(error)
      response.status(error.status).type('application/problem+json').send(JSON.stringify(error.problem))
    },
  }
}

/** Vietnamese unless English is asked for first. */
function language(request) {
  return /^\s*en\b/i.test(request.get('accept-language') ?? '') ? 'en' : undefined
}
