// Where bytes come from. No file system: see source.node.js.

/** The bytes of what was given: bytes, a response, an address, or a promise of one. */
export async function bytesOf(given) {
  const source = await given;
  if (source instanceof Uint8Array) return source;
  if (source instanceof ArrayBuffer) return new Uint8Array(source);
  if (ArrayBuffer.isView(source)) return new Uint8Array(source.buffer, source.byteOffset, source.byteLength);
  const response = source instanceof Response ? source : await fetch(source);
  if (!response.ok) throw new Error(`${response.url}: ${response.status}`);
  return new Uint8Array(await response.arrayBuffer());
}

/** The compiled binary: a module as given, or compiled from bytes, a response or an address. */
export async function moduleOf(given) {
  const source = await given;
  if (source instanceof WebAssembly.Module) return source;
  return WebAssembly.compile(await bytesOf(source));
}
