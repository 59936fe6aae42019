// bundles.js THUTUC: what a web form of one procedure downloads besides the engine. Prints `bundle-CODE raw gzip brotli` (bytes) for each
// procedure of rules/; fails above the limit.
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { brotliCompressSync, constants, gzipSync } from 'node:zlib';

const LIMIT = 20 * 1024;
const root = fileURLToPath(new URL('../..', import.meta.url));
const thutuc = (...args) => execFileSync(process.argv[2], args, { cwd: root, stdio: 'pipe', maxBuffer: 1 << 26 });

const folder = mkdtempSync(join(tmpdir(), 'thutuc-bundles-'));
try {
  const procedures = JSON.parse(thutuc('list', '--format', 'json'));
  const sizes = procedures.map(({ code }) => {
    const file = join(folder, `${code}.thutuc`);
    thutuc('bundle', '--procedure', code, '-o', file);
    const raw = readFileSync(file);
    const brotli = brotliCompressSync(raw, { params: { [constants.BROTLI_PARAM_QUALITY]: 11 } }).length;
    console.log(`bundle-${code} ${raw.length} ${gzipSync(raw, { level: 9 }).length} ${brotli}`);
    return { code, brotli };
  });
  const over = sizes.filter(({ brotli }) => brotli > LIMIT);
  over.forEach(({ code, brotli }) => console.error(`bundle-${code}: ${brotli} bytes brotli are above the limit of ${LIMIT}`));
  const largest = sizes.reduce((a, b) => (b.brotli > a.brotli ? b : a));
  console.log(`bundles: ${sizes.length} procedures, at most ${largest.brotli} bytes brotli (${largest.code}), limit ${LIMIT}`);
  process.exitCode = over.length > 0 ? 1 : 0;
} finally {
  rmSync(folder, { recursive: true });
}
