// The backend: decides every submission again with the form's own pack, and keeps what it took.
import { createHash, randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import rateLimit from '@fastify/rate-limit';
import swagger from '@fastify/swagger';
import { now, ThutucError, type Day, type Decision, type Facts, type Pack, type Promised } from '@thutuc/node';
import decisions from '@thutuc/node/fastify';
import Fastify, { LogController, type FastifyInstance, type FastifyRequest } from 'fastify';
import { serve } from './assets.js';
import { apology, stateOn } from './deadline.js';
import { Metrics } from './metrics.js';
import { answerError, languageOf, problem, sendProblem } from './problems.js';
import * as schemas from './schemas.js';
import type { CaseStore, StoredCase } from './cases.js';
import { same, type Secrets } from './secrets.js';

export interface Options {
  pack: Pack;
  store: CaseStore;
  secrets: Secrets;
  /** The built site. */
  site: string;
  /** The clock; the server's if there is none. */
  clock?: () => Date;
  /** Origins of portals that embed the form. */
  portals?: readonly string[];
  /** Opens the routes of the office; without it there are none. */
  officeToken?: string | undefined;
  /** Submissions a minute from one address. */
  submissionsPerMinute?: number;
  /** Requests of any kind a minute from one address. */
  requestsPerMinute?: number;
  log?: boolean;
  /** When the last backup was checked; null: none yet. */
  backedUpAt?: () => Date | null;
}

interface Submission {
  procedure: string;
  jurisdiction?: string;
  facts: Facts;
  promised: Promised;
}

/** The server, not listening yet. */
export async function buildApp(options: Options): Promise<FastifyInstance> {
  const { pack, store, secrets, clock = () => new Date() } = options;
  const metrics = new Metrics();
  const app = Fastify({
    bodyLimit: 64 * 1024,
    logController: new LogController({ disableRequestLogging: true }),
    logger: options.log ? { level: 'info' } : false,
    genReqId: () => randomUUID(),
    // What does not fit is refused, never bent until it does.
    ajv: { customOptions: { coerceTypes: false, removeAdditional: false, allErrors: false } },
  });
  await store.keepPack(pack.hash, pack.bundle());

  app.removeContentTypeParser('text/plain');
  app.setErrorHandler(answerError);
  app.setNotFoundHandler((request, reply) => sendProblem(reply, problem('not-found', 404, languageOf(request))));
  app.addHook('onRequest', async (request, reply) => {
    reply.headers(HEADERS);
    const origin = request.headers.origin;
    if (origin !== undefined && options.portals?.includes(origin)) {
      reply.headers({ 'access-control-allow-origin': origin, vary: 'origin', 'access-control-allow-headers': 'content-type, accept-language, idempotency-key, authorization', 'access-control-allow-methods': 'GET, POST' });
      if (request.method === 'OPTIONS') return reply.code(204).send();
    }
  });
  app.addHook('onResponse', async (request, reply) => {
    const route = request.routeOptions.url ?? 'none';
    metrics.request(route, reply.statusCode, reply.elapsedTime / 1000);
    // The pattern of the route, never the address: it may hold a case number.
    if (route.startsWith('/api/')) request.log.info({ route, method: request.method, status: reply.statusCode, ms: Math.round(reply.elapsedTime) }, 'answered');
  });

  await app.register(swagger, { openapi: { info: { title: 'thutuc', description: 'Submissions held to the rules of their procedure', version: pack.version } } });
  await app.register(rateLimit, { max: options.requestsPerMinute ?? 600, timeWindow: '1 minute', allowList: (request) => !request.url.startsWith('/api/') });
  await app.register(decisions, { pack, moment: () => now(clock()), path: '/api' });

  app.post<{ Body: Submission }>('/api/submissions', {
    schema: schemas.submission,
    config: { rateLimit: { max: options.submissionsPerMinute ?? 60, timeWindow: '1 minute' } },
  }, async (request, reply) => {
    const { procedure, jurisdiction, facts, promised } = request.body;
    const lang = languageOf(request);
    const attempt = request.headers['idempotency-key'] as string | undefined ?? randomUUID();
    const bodyHash = createHash('sha256').update(JSON.stringify(request.body)).digest('base64url');
    const known = await store.byAttempt(attempt);
    if (known !== undefined) {
      if (known.bodyHash !== bodyHash) return sendProblem(reply, problem('attempt-reused', 422, lang));
      return reply.code(200).send({ number: known.number, secret: secrets.of(known) });
    }
    const moment = now(clock());
    const decision = enforced(() => pack.enforce(procedure, facts, { ...moment, lang, ...(jurisdiction !== undefined && { jurisdiction }) }, promised));
    const stored = await store.put({ attempt, bodyHash, lang, receivedAt: moment.receivedAt, facts, promised, decision });
    metrics.submission('accepted');
    return reply.code(201).header('location', `/api/cases/${stored.number}`).send({ number: stored.number, secret: secrets.of(stored) });
  });

  /** The decision, or what `enforce` objects, counted by its reason. */
  function enforced(decide: () => Decision): Decision {
    try {
      return decide();
    } catch (error) {
      metrics.submission(error instanceof ThutucError ? error.code : 'failed');
      throw error;
    }
  }

  const authorities = authoritiesOf(options.site);
  app.get<{ Params: { number: string } }>('/api/cases/:number', {
    schema: schemas.openCase,
    config: { rateLimit: { max: 60, timeWindow: '1 minute' } },
  }, async (request, reply) => {
    const lang = languageOf(request);
    const found = await store.byNumber(request.params.number);
    if (found === undefined || !secrets.open(found, bearer(request))) return sendProblem(reply, problem('no-such-case', 404, lang));
    reply.header('cache-control', 'no-store');
    return shown(found);

    function shown(one: StoredCase) {
      const decision = JSON.parse(one.decision) as Decision;
      const today = now(clock()).asOf;
      const state = stateOn(today, one.dueOn, one.answeredOn);
      const name = pack.procedures({ lang }).find((other) => other.code === one.procedure)?.name ?? one.procedure;
      const day = one.receivedAt.slice(0, 10);
      return {
        number: one.number,
        procedure: { code: one.procedure, name },
        authority: authorities(one.procedure, lang, day),
        receivedAt: one.receivedAt,
        pack: decision.pack,
        fee: decision.fees.total,
        documents: decision.documents.filter((paper) => paper.status === 'provided').map(({ id, name }) => ({ id, name })),
        dueOn: one.dueOn,
        state,
        answeredOn: one.answeredOn,
        apology: state === 'late' && one.dueOn !== null ? apology(today, one.dueOn, lang) : null,
      };
    }
  });

  const { officeToken } = options;
  if (officeToken !== undefined) {
    app.put<{ Params: { number: string }; Body: { answeredOn: Day } }>('/api/office/cases/:number/answer', { schema: schemas.answer }, async (request, reply) => {
      if (!same(bearer(request), officeToken)) return sendProblem(reply, problem('no-such-case', 404, languageOf(request)));
      if (!(await store.answer(request.params.number, request.body.answeredOn))) return sendProblem(reply, problem('no-such-case', 404, languageOf(request)));
      return reply.code(204).send();
    });
  }

  app.get('/api/health', { schema: schemas.health }, async (_request, reply) => {
    const works = await store.works();
    return reply.code(works ? 200 : 503).send({
      status: works ? 'ok' : 'the store cannot be written',
      pack: { id: pack.id, version: pack.version, hash: pack.hash },
      backedUpAt: options.backedUpAt?.()?.toISOString() ?? null,
    });
  });

  app.get('/api/metrics', { schema: { hide: true } }, async (request, reply) => {
    // For whoever runs this machine: a gateway does not pass it on.
    if (!['127.0.0.1', '::1', '::ffff:127.0.0.1'].includes(request.socket.remoteAddress ?? '')) return sendProblem(reply, problem('not-found', 404, languageOf(request)));
    const backedUpAt = options.backedUpAt?.();
    return reply.type('text/plain; version=0.0.4').send(metrics.text({
      cases: await store.count(),
      cases_late: await store.late(now(clock()).asOf),
      resident_bytes: process.memoryUsage.rss(),
      ...(backedUpAt && { backup_seconds: backedUpAt.getTime() / 1000 }),
    }));
  });
  app.get('/api/openapi.json', { schema: { hide: true } }, async () => app.swagger());

  serve(app, options.site);
  return app;
}

const HEADERS = {
  'x-content-type-options': 'nosniff',
  'x-frame-options': 'DENY',
  'referrer-policy': 'no-referrer',
  'permissions-policy': 'camera=(), geolocation=(), microphone=(), payment=()',
  'cross-origin-opener-policy': 'same-origin',
  'strict-transport-security': 'max-age=31536000',
  'cache-control': 'no-store',
};

function bearer(request: FastifyRequest): string {
  return /^Bearer (\S{1,200})$/.exec(request.headers.authorization ?? '')?.[1] ?? '';
}

/** Who decides a procedure on a day, from the listing of its rules. */
function authoritiesOf(site: string): (code: string, lang: string, on: Day) => string | null {
  const listings = new Map<string, { name: string; from: Day | null; until: Day | null }[]>();
  return (code, lang, on) => {
    const key = `${code}.${lang}`;
    let listed = listings.get(key);
    if (listed === undefined) {
      const listing = JSON.parse(readFileSync(join(site, 'rules', `${key}.json`), 'utf8')) as { parts: { authorities: { name: string; from: Day | null; until: Day | null }[] } };
      listings.set(key, (listed = listing.parts.authorities));
    }
    return listed.find((one) => (one.from ?? '') <= on && (one.until === null || on <= one.until))?.name ?? null;
  };
}
