// The page of chromium.js.
import { load } from '../../bindings/wasm/js/dist/evaluate.js';
import { about, bytesOf, calls, run, vectorsOf } from './vectors.js';

const fetched = async (path) => {
  const response = await fetch(path);
  if (!response.ok) throw new Error(`${path}: ${response.status}`);
  return response;
};
const bundle = async (pack) => new Uint8Array(await (await fetched(`/target/vectors/${pack}.bundle`)).arrayBuffer());

const names = await (await fetched('/files')).json();
const texts = await Promise.all(names.map(async (name) => [name, await (await fetched(`/tests/vectors/${name}.json`)).text()]));
const bundles = { rules: await bundle('rules'), edges: await bundle('edges') };
const engines = { rules: await load(bundles.rules), edges: await load(bundles.edges) };

globalThis.end = await run('wasm in chromium', texts.flatMap(([name, text]) => vectorsOf(name, text)), {
  ...calls((pack) => engines[pack]),
  load: async (call, pack) => about((await load(bytesOf(bundles[pack], call), { lang: call.lang })).pack),
});
