// Rule files in, diagnostics, a bundle and an engine out.
import { engineOf } from './engine.js';

/** The `check` of the author build. */
export function checker(instances) {
  /** Reads and checks rule files, an object of texts by their names. */
  return async function check(files, { drafts = [], wasm, lang = 'vi' } = {}) {
    const fresh = await instances(wasm);
    const names = Object.keys(files).sort();
    const checked = new (fresh().glue.Checked)(names, names.map((name) => String(files[name])), drafts);
    const diagnostics = JSON.parse(checked.diagnostics());
    const bundle = checked.bundle() ?? null;
    checked.free();
    return { diagnostics, bundle, engine: bundle && engineOf(fresh, bundle, lang) };
  };
}
