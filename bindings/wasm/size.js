// Prints `name raw gzip brotli` (bytes) for both builds; fails above the limit, and says how far a goal is.
import { readFileSync } from 'node:fs';
import { brotliCompressSync, constants, gzipSync } from 'node:zlib';

const budgets = { evaluate: { goal: 150 * 1024, limit: 205 * 1024 }, author: { goal: 450 * 1024, limit: 450 * 1024 } };
let over = false;
for (const [name, { goal, limit }] of Object.entries(budgets)) {
  const raw = readFileSync(new URL(`js/dist/${name}.wasm`, import.meta.url));
  const brotli = brotliCompressSync(raw, { params: { [constants.BROTLI_PARAM_QUALITY]: 11, [constants.BROTLI_PARAM_LGWIN]: 24 } });
  console.log(`wasm-${name} ${raw.length} ${gzipSync(raw, { level: 9 }).length} ${brotli.length}`);
  if (brotli.length > goal) {
    console.error(`wasm-${name}: ${brotli.length} bytes brotli, ${brotli.length - goal} above the goal of ${goal}`);
  }
  if (brotli.length > limit) {
    console.error(`wasm-${name}: that is above the limit of ${limit}, too`);
    over = true;
  }
}
process.exitCode = over ? 1 : 0;
