// Every vector through the native package of Node.
import { Pack } from '../../bindings/node/index.mjs';
import { all, bundle, tellEnd, root } from './files.js';
import { about, bytesOf, calls, run, told } from './vectors.js';

const bundles = { rules: bundle('rules'), edges: bundle('edges') };
// One from its folder of rule files, one from its bundle: the hash says that they are the same.
const packs = { rules: Pack.load(`${root}rules`), edges: Pack.load(bundles.edges) };

const held = (call) => [call.procedure, told(call.facts), call];
tellEnd(await run('node', all(), {
  ...calls((pack) => packs[pack]),
  load: (call, pack) => about(Pack.load(bytesOf(bundles[pack], call), { lang: call.lang })),
  enforce: ({ request, promised }, pack) => packs[pack].enforce(...held(request), promised),
  promise: (call, pack) => packs[pack].promise(...held(call)),
}));
