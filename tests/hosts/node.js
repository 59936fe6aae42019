// Every vector through the native package of Node.
import { Pack } from '../../bindings/node/dist/thutuc.mjs';
import { all, bundle, tellEnd, root } from './files.js';
import { about, bytesOf, calls, difference, run, told } from './vectors.js';

const bundles = { rules: bundle('rules'), edges: bundle('edges') };
// One from its folder of rule files, one from its bundle: the hash says that they are the same.
const packs = { rules: Pack.load(`${root}rules`), edges: Pack.load(bundles.edges) };

const held = (call) => [call.procedure, told(call.facts), call];
const { decide, verdict, ...rest } = calls((pack) => packs[pack]);

/** The answer of a call, which is also that of the calls for many and for later. */
async function also(answer, others) {
  for (const other of others) {
    const differs = difference(answer, await other);
    if (differs !== undefined) throw new Error(`one answer of several calls differs: ${differs}`);
  }
  return answer;
}

tellEnd(await run('node', all(), {
  ...rest,
  decide: (call, pack) => {
    const [procedure, facts, options] = held(call);
    const later = packs[pack].decideAsync(procedure, facts, options);
    const many = packs[pack].decideMany(procedure, [facts], options).then(([one]) => one);
    // Refused, all three are; the first says why.
    later.catch(() => {});
    many.catch(() => {});
    return also(decide(call, pack), [later, many]);
  },
  verdict: (call, pack) => also(verdict(call, pack), packs[pack].verdictMany(call.procedure, [told(call.facts)], call)),
  load: (call, pack) => about(Pack.load(bytesOf(bundles[pack], call), { lang: call.lang })),
  enforce: ({ request, promised }, pack) => packs[pack].enforce(...held(request), promised),
  promise: (call, pack) => packs[pack].promise(...held(call)),
  steps: (call, pack) => packs[pack].steps(...held(call)),
  levels: (call, pack) => packs[pack].levels(call),
}));
