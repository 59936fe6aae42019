// The packages of this repository as they stand beside this one: links, so that nothing of theirs is in the lock file here.
import { mkdirSync, rmSync, symlinkSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

for (const [name, path] of [['node', '../bindings/node'], ['wasm', '../bindings/wasm/js']]) {
  const link = fileURLToPath(new URL(`node_modules/@thutuc/${name}`, import.meta.url));
  mkdirSync(fileURLToPath(new URL('node_modules/@thutuc', import.meta.url)), { recursive: true });
  rmSync(link, { recursive: true, force: true });
  symlinkSync(fileURLToPath(new URL(path, import.meta.url)), link, 'dir');
}
