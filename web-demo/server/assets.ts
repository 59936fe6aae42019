// The site's files, held in memory, compressed when the site was built.
import { createHash } from 'node:crypto';
import { readFileSync, readdirSync } from 'node:fs';
import { extname, join, relative, sep } from 'node:path';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';

const TYPES: Record<string, string> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.json': 'application/json; charset=utf-8',
  '.webmanifest': 'application/manifest+json',
  '.svg': 'image/svg+xml',
  '.wasm': 'application/wasm',
  '.woff2': 'font/woff2',
  '.bundle': 'application/octet-stream',
};

/** Pages: all are one document, which reads its address. */
const PAGES = ['/', '/thu-tuc/:code', '/quy-tac/:code', '/ho-so', '/ho-so/:number'];

/** Scripts only from here, and none that was not shipped; nothing may frame the page. */
export const POLICY = [
  "default-src 'none'", "script-src 'self' 'wasm-unsafe-eval'", "style-src 'self'", "img-src 'self'", "font-src 'self'", "connect-src 'self'",
  "manifest-src 'self'", "worker-src 'self'", "base-uri 'none'", "form-action 'self'", "frame-ancestors 'none'", "require-trusted-types-for 'script'", 'trusted-types lit-html thutuc',
].join('; ');

interface Asset {
  type: string;
  tag: string;
  plain: Buffer;
  br?: Buffer;
  gzip?: Buffer;
}

/** Serves the files of a folder, and its document for every page. */
export function serve(app: FastifyInstance, folder: string): void {
  const assets = read(folder);
  const send = (asset: Asset) => (request: FastifyRequest, reply: FastifyReply) => {
    reply.headers({ 'content-type': asset.type, etag: asset.tag, vary: 'accept-encoding', 'cache-control': 'no-cache', 'access-control-allow-origin': '*', 'cross-origin-resource-policy': 'cross-origin' });
    if (asset.type.startsWith('text/html')) reply.header('content-security-policy', POLICY);
    if (request.headers['if-none-match'] === asset.tag) return reply.code(304).send();
    const accepted = String(request.headers['accept-encoding'] ?? '');
    const encoding = asset.br && /\bbr\b/.test(accepted) ? 'br' : asset.gzip && /\bgzip\b/.test(accepted) ? 'gzip' : undefined;
    if (encoding) reply.header('content-encoding', encoding);
    return reply.send(encoding === 'br' ? asset.br : encoding === 'gzip' ? asset.gzip : asset.plain);
  };
  const hidden = { schema: { hide: true } };
  for (const [name, asset] of assets) app.get(`/${name}`, hidden, send(asset));
  const page = assets.get('index.html');
  if (page === undefined) throw new Error(`${folder} has no index.html; \`make web\` builds it`);
  for (const path of PAGES) app.get(path, hidden, send(page));
}

function read(folder: string): Map<string, Asset> {
  const files = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((one) => one.isFile()).map((one) => join(one.parentPath, one.name));
  const there = new Set(files);
  const assets = new Map<string, Asset>();
  for (const path of files.filter((one) => !/\.(br|gz)$/.test(one))) {
    const plain = readFileSync(path);
    assets.set(relative(folder, path).split(sep).join('/'), {
      type: TYPES[extname(path)] ?? 'application/octet-stream',
      tag: `"${createHash('sha256').update(plain).digest('base64url').slice(0, 22)}"`,
      plain,
      ...(there.has(`${path}.br`) && { br: readFileSync(`${path}.br`) }),
      ...(there.has(`${path}.gz`) && { gzip: readFileSync(`${path}.gz`) }),
    });
  }
  return assets;
}
