// The native part, opened once in a thread: the files that `import` and `require` read share it, and the classes made of it.

// Not `require`: its first call in a process takes longer than all else until the first answer.
const PATH = `${import.meta.dirname}/thutuc.node`
const SHARED = Symbol.for(`@thutuc/node ${PATH}`)

export const host = (globalThis[SHARED] ??= opened())

/** What the package exports, made of whichever file was read first. */
export function shared(classes) {
  return (host.classes ??= classes)
}

function opened() {
  const module = { exports: {} }
  process.dlopen(module, PATH)
  return module.exports
}
