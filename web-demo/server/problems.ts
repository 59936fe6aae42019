// Everything that goes wrong is told as a problem document (RFC 9457).
import { ThutucError, type Lang, type ProblemDocument } from '@thutuc/node';
import type { FastifyError, FastifyReply, FastifyRequest } from 'fastify';

/** The language a caller asks for: Vietnamese unless English comes first. */
export function languageOf(request: FastifyRequest): Lang {
  return /^\s*en\b/i.test(request.headers['accept-language'] ?? '') ? 'en' : 'vi';
}

const TITLES: Record<string, { vi: string; en: string; detail: { vi: string; en: string } }> = {
  'body-too-large': {
    vi: 'Dữ liệu gửi lên quá lớn', en: 'The body is too large',
    detail: { vi: 'Một hồ sơ không quá 64 KB. Hãy gửi ít hơn.', en: 'A submission has at most 64 KB. Please send less.' },
  },
  'malformed-body': {
    vi: 'Không đọc được dữ liệu gửi lên', en: 'The body cannot be read',
    detail: { vi: 'Dữ liệu phải là JSON theo /api/openapi.json.', en: 'The body must be JSON as /api/openapi.json tells.' },
  },
  'too-many-requests': {
    vi: 'Gửi quá nhanh', en: 'Too many requests',
    detail: { vi: 'Hãy đợi một phút rồi thử lại.', en: 'Please wait a minute and try again.' },
  },
  'attempt-reused': {
    vi: 'Lần nộp này đã dùng cho hồ sơ khác', en: 'This attempt was used for another submission',
    detail: { vi: 'Hãy nộp lại từ biểu mẫu; mỗi hồ sơ có một Idempotency-Key riêng.', en: 'Please file again from the form; each case has an Idempotency-Key of its own.' },
  },
  'no-such-case': {
    vi: 'Không mở được hồ sơ', en: 'The case cannot be opened',
    detail: { vi: 'Mã hồ sơ hoặc mã bí mật không đúng.', en: 'The number or the secret is not right.' },
  },
  'not-found': {
    vi: 'Không có địa chỉ này', en: 'There is no such address',
    detail: { vi: 'Hãy xem /api/openapi.json.', en: 'Please look at /api/openapi.json.' },
  },
  internal: {
    vi: 'Lỗi của hệ thống', en: 'An error of ours',
    detail: { vi: 'Hồ sơ chưa được tiếp nhận. Hãy thử lại sau.', en: 'The case was not taken. Please try again later.' },
  },
};

/** A problem document of this server. */
export function problem(code: keyof typeof TITLES & string, status: number, lang: Lang, detail?: string): ProblemDocument {
  const words = TITLES[code] ?? TITLES['internal']!;
  return { type: `urn:thutuc:problem:${code}`, title: words[lang], status, detail: detail ?? words.detail[lang], code };
}

export function sendProblem(reply: FastifyReply, document: ProblemDocument): FastifyReply {
  return reply.code(document.status).type('application/problem+json').send(document);
}

/** What a thrown error tells the caller; only faults of ours are logged, and only by name and place. */
export function answerError(error: FastifyError | ThutucError | Error, request: FastifyRequest, reply: FastifyReply): FastifyReply {
  const lang = languageOf(request);
  if (error instanceof ThutucError) return sendProblem(reply, error.problem);
  const { statusCode, code, validation } = error as FastifyError;
  if (statusCode === 413) return sendProblem(reply, problem('body-too-large', 413, lang));
  if (statusCode === 429) return sendProblem(reply, problem('too-many-requests', 429, lang));
  if (validation !== undefined || (statusCode !== undefined && statusCode < 500)) {
    const place = validation?.map((one) => `${one.instancePath || '/'} ${one.message ?? ''}`.trim()).join('; ');
    return sendProblem(reply, problem('malformed-body', statusCode === 415 ? 415 : 400, lang, place));
  }
  request.log.error({ code: code ?? error.name, at: error.stack?.split('\n')[1]?.trim() }, 'failed');
  return sendProblem(reply, problem('internal', 500, lang));
}
