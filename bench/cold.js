// How long a fresh Node process takes from loading the package to its first answer, and what that adds to its memory. Node has loaded
// a module before: what it takes to load the first is its own.
import { execFileSync } from 'node:child_process';
import { tell } from './measure.js';

const STARTS = 11;
const at = (path) => JSON.stringify(new URL(path, import.meta.url).href);
const PROCEDURE = '0.000001';

/** Starts Node anew for each system, `STARTS` times in turn, and tells the medians. */
export async function coldStarts(bundle, { facts, asOf, options }) {
  const told = `${JSON.stringify(facts)}, ${JSON.stringify(options)}`;
  const programs = {
    'by hand': `const { decide } = await import(${at('./hand.js')}); decide(${JSON.stringify(facts)}, ${JSON.stringify(asOf)})`,
    'thutuc native': `const { Pack } = await import(${at('../bindings/node/dist/thutuc.mjs')});
      Pack.load(${JSON.stringify(bundle)}).verdict('${PROCEDURE}', ${told})`,
    'thutuc WebAssembly': `const { load } = await import(${at('../bindings/wasm/js/dist/evaluate.node.js')});
      (await load(${JSON.stringify(bundle)})).verdict('${PROCEDURE}', ${told})`,
  };
  const starts = Object.fromEntries(Object.keys(programs).map((system) => [system, []]));
  for (let round = 0; round < STARTS; round += 1) {
    for (const [system, program] of Object.entries(programs)) starts[system].push(start(program));
  }
  const median = (values) => values.toSorted((a, b) => a - b)[values.length >> 1];
  for (const [mode, unit, place] of [['cold start, first answer included', 'ms', 0], ['memory above the host', 'MiB', 1]]) {
    for (const [system, measured] of Object.entries(starts)) {
      const value = median(measured.map((one) => one[place]));
      tell({ host: 'node', mode, system, unit, value: Number(value.toFixed(1)), ratio_to_hand: null });
    }
  }
}

function start(program) {
  const timed = `await import(${at('./measure.js')});
    const rss = process.memoryUsage.rss(), before = process.hrtime.bigint();
    ${program};
    console.log((Number(process.hrtime.bigint() - before) / 1e6), (process.memoryUsage.rss() - rss) / 2 ** 20)`;
  return execFileSync(process.execPath, ['--input-type=module', '-e', timed], { encoding: 'utf8' }).split(' ').map(Number);
}
