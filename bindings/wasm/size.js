// Prints `name raw gzip brotli` (bytes) for both builds; fails above the budget.
import { readFileSync } from 'node:fs';
import { brotliCompressSync, constants, gzipSync } from 'node:zlib';

const budgets = { evaluate: 150 * 1024, author: 450 * 1024 };
let over = false;
for (const [name, budget] of Object.entries(budgets)) {
  const raw = readFileSync(new URL(`js/dist/${name}.wasm`, import.meta.url));
  const brotli = brotliCompressSync(raw, { params: { [constants.BROTLI_PARAM_QUALITY]: 11, [constants.BROTLI_PARAM_LGWIN]: 24 } });
  console.log(`wasm-${name} ${raw.length} ${gzipSync(raw, { level: 9 }).length} ${brotli.length}`);
  if (brotli.length > budget) {
    console.error(`wasm-${name}: ${brotli.length} bytes brotli, the budget is ${budget}`);
    over = true;
  }
}
process.exitCode = over ? 1 : 0;
