// Engines by the address of their pack: one for all forms of a page.
import { load, type Engine } from '@thutuc/wasm';

declare const __WASM__: string;

const engines = new Map<string, Promise<Engine>>();

/** Where the pack lies that is shipped beside this script. */
export const shippedPack = new URL('pack.bundle', import.meta.url).href;

/** The engine of a pack. */
export function engineOf(pack: string): Promise<Engine> {
  const known = engines.get(pack);
  if (known !== undefined) return known;
  const loading = begin(pack, 'no-cache').catch((error: unknown) => {
    engines.delete(pack);
    throw error;
  });
  engines.set(pack, loading);
  return loading;
}

/** The engine of the pack as it is now where it came from; what was loaded before is dropped. */
export function freshEngine(pack: string): Promise<Engine> {
  const loading = begin(pack, 'reload');
  return loading.then((engine) => {
    engines.set(pack, loading);
    return engine;
  });
}

function begin(pack: string, cache: RequestCache): Promise<Engine> {
  return load(fetch(pack, { cache }), { wasm: new URL(__WASM__, import.meta.url) });
}
