// Loading: a binary, compiled once, and an engine for each bundle.
import { engineOf, instantiate } from './engine.js';

/** The `load` of a build: `address` gives its binary, `source` knows where bytes come from, `of` is another class of engine. */
export function loader(build, address, { bytesOf, moduleOf }, of) {
  let compiled;
  const module = (wasm) => {
    if (wasm !== undefined) return moduleOf(wasm);
    compiled ??= moduleOf(address()).catch((error) => {
      compiled = undefined;
      throw error;
    });
    return compiled;
  };
  return {
    /** A maker of instances. */
    async instances(wasm) {
      const ready = await module(wasm);
      return () => instantiate(ready, build);
    },
    /** An engine for a bundle. */
    async load(bundle, { wasm, lang = 'vi' } = {}) {
      const [ready, bytes] = await Promise.all([module(wasm), bytesOf(bundle)]);
      return engineOf(() => instantiate(ready, build), bytes, lang, of);
    },
  };
}
