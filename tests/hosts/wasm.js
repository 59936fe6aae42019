// Every vector through WebAssembly in Node.
import { load } from '../../bindings/wasm/js/dist/evaluate.node.js';
import { all, bundle, tellEnd } from './files.js';
import { about, bytesOf, calls, run } from './vectors.js';

const bundles = { rules: bundle('rules'), edges: bundle('edges') };
const engines = { rules: await load(bundles.rules), edges: await load(bundles.edges) };

tellEnd(await run('wasm in node', all(), {
  ...calls((pack) => engines[pack]),
  load: async (call, pack) => about((await load(bytesOf(bundles[pack], call), { lang: call.lang })).pack),
}));
