// Where bytes come from in Node: files too.
import { bytesOf as bytesOfWeb } from './source.js';

/** The bytes of what was given: bytes, a response, a path, an address, or a promise of one. */
export async function bytesOf(given) {
  const source = await given;
  if (source instanceof URL) return source.protocol === 'file:' ? read(source) : bytesOfWeb(source);
  if (typeof source === 'string') return /^https?:/.test(source) ? bytesOfWeb(source) : read(source.startsWith('file:') ? new URL(source) : source);
  return bytesOfWeb(source);
}

/** The bytes of a file. `node:fs` is not imported: as a module of a package it takes longer than all files that are read. */
function read(path) {
  return process.getBuiltinModule('node:fs').readFileSync(path);
}

/** The compiled binary: a module as given, or compiled from bytes, a response, a path or an address. */
export async function moduleOf(given) {
  const source = await given;
  if (source instanceof WebAssembly.Module) return source;
  // Not `compile`: handing it to another thread takes longer than the few milliseconds that are saved on this one.
  return new WebAssembly.Module(await bytesOf(source));
}
