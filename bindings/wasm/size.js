// Prints `name raw gzip brotli` (bytes) for each build, and for each package as it is published: raw is what it unpacks to.
// Fails above a limit, and says how far a goal is.
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { brotliCompressSync, constants, gzipSync, gunzipSync } from 'node:zlib';

const root = fileURLToPath(new URL('../..', import.meta.url));
const budgets = {
  evaluate: { goal: 150 * 1024, limit: 150 * 1024 },
  // Two kilobytes of room for the folder that a build stands in.
  author: { goal: 450 * 1024, limit: 452 * 1024 },
  // Optimised for speed, downloaded by analysts' pages alone.
  columns: { goal: 352 * 1024, limit: 352 * 1024 },
};

const brotli = (raw, quality) =>
  brotliCompressSync(raw, { params: { [constants.BROTLI_PARAM_QUALITY]: quality, [constants.BROTLI_PARAM_LGWIN]: 24 } }).length;

let over = false;
for (const [name, { goal, limit }] of Object.entries(budgets)) {
  const raw = readFileSync(new URL(`js/dist/${name}.wasm`, import.meta.url));
  const size = brotli(raw, 11);
  console.log(`wasm-${name} ${raw.length} ${gzipSync(raw, { level: 9 }).length} ${size}`);
  if (size > goal) console.error(`wasm-${name}: ${size} bytes brotli, ${size - goal} above the goal of ${goal}`);
  if (size > limit) {
    console.error(`wasm-${name}: that is above the limit of ${limit}, too`);
    over = true;
  }
}

const folder = mkdtempSync(join(tmpdir(), 'thutuc-size-'));
try {
  for (const [name, package_] of [['@thutuc/wasm', 'bindings/wasm/js'], ['@thutuc/node', 'bindings/node']]) {
    const packed = execFileSync('npm', ['pack', '--json', '--pack-destination', folder], { cwd: join(root, package_), stdio: ['ignore', 'pipe', 'ignore'] });
    const tar = readFileSync(join(folder, JSON.parse(packed)[0].filename));
    const files = gunzipSync(tar);
    console.log(`${name} ${files.length} ${tar.length} ${brotli(files, 9)}`);
  }
  const dist = join(root, 'target/python-host/dist');
  for (const wheel of readdirSync(dist).filter((file) => file.endsWith('.whl'))) {
    // A wheel is a zip: its own size stands for gzip.
    const unpack = 'import sys, zipfile; z = zipfile.ZipFile(sys.argv[1]); [sys.stdout.buffer.write(z.read(n)) for n in z.namelist()]';
    const files = execFileSync('python3', ['-c', unpack, join(dist, wheel)], { maxBuffer: 1 << 30 });
    console.log(`thutuc-wheel ${files.length} ${readFileSync(join(dist, wheel)).length} ${brotli(files, 9)}`);
  }
} finally {
  rmSync(folder, { recursive: true });
}
process.exitCode = over ? 1 : 0;
