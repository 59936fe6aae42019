// What the routes take and give, for validation and for OpenAPI.

const day = { type: 'string', pattern: '^\\d{4}-\\d{2}-\\d{2}$' } as const;
const text = (maxLength: number) => ({ type: 'string', minLength: 1, maxLength }) as const;
const problem = {
  description: 'A problem document (RFC 9457)',
  content: {
    'application/problem+json': {
      schema: {
        type: 'object',
        properties: { type: { type: 'string' }, title: { type: 'string' }, status: { type: 'integer' }, detail: { type: 'string' }, code: { type: 'string' } },
        required: ['type', 'title', 'status', 'detail', 'code'],
        additionalProperties: true,
      },
    },
  },
} as const;
const receipt = { type: 'object', properties: { number: { type: 'string' }, secret: { type: 'string' } }, required: ['number', 'secret'] } as const;

export const submission = {
  summary: 'Files a case',
  description: 'Decides again with the pack of the form. Refused (422) when the rules refuse it or something is missing, 409 when the decision is not what the form promised.',
  headers: { type: 'object', properties: { 'idempotency-key': { type: 'string', pattern: '^[\\w-]{8,100}$' } } },
  body: {
    type: 'object',
    required: ['procedure', 'facts', 'promised'],
    additionalProperties: false,
    properties: {
      procedure: text(20),
      jurisdiction: text(60),
      facts: { type: 'object', maxProperties: 200, description: 'As /api/procedures/{code}/facts tells' },
      promised: {
        type: 'object',
        required: ['packHash', 'fee', 'documents', 'dueOn'],
        additionalProperties: false,
        properties: {
          packHash: { type: 'string', pattern: '^[0-9a-f]{64}$' },
          fee: { type: ['integer', 'null'] },
          documents: { type: 'array', maxItems: 200, items: text(100) },
          dueOn: { ...day, type: ['string', 'null'] },
        },
      },
    },
  },
  response: { 200: { description: 'Taken before', ...receipt }, 201: { description: 'Taken', ...receipt }, 400: problem, 409: problem, 413: problem, 422: problem, 429: problem },
};

export const openCase = {
  summary: 'The receipt of a case and the state of its deadline',
  description: 'Authorization: Bearer with the secret that was given at filing.',
  params: { type: 'object', properties: { number: text(60) }, required: ['number'] },
  response: { 404: problem, 429: problem },
};

export const answer = {
  summary: 'Notes the day on which the office answered',
  params: openCase.params,
  body: { type: 'object', required: ['answeredOn'], additionalProperties: false, properties: { answeredOn: day } },
  response: { 204: { description: 'Noted', type: 'null' }, 400: problem, 404: problem },
};

export const health = {
  summary: 'Whether cases can be taken',
};
