// The files of vectors and the bundles of their packs, for drivers that run in Node.
import { readFileSync, readdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { vectorsOf } from './vectors.js';

/** The folder of the repository. */
export const root = fileURLToPath(new URL('../../', import.meta.url));

/** The names and texts of the files. */
export function files() {
  const of = (part) => readdirSync(`${root}tests/vectors/${part}`).filter((name) => name.endsWith('.json')).map((name) => `${part}/${name.slice(0, -5)}`);
  return [...of('cases'), ...of('edges')].map((name) => [name, readFileSync(`${root}tests/vectors/${name}.json`, 'utf8')]);
}

/** All vectors. */
export function all() {
  return files().flatMap(([name, text]) => vectorsOf(name, text));
}

/** Where the bundle of a pack is; `make` writes it. */
export function bundlePath(pack) {
  return `${root}target/vectors/${pack}.bundle`;
}

/** The bundle of a pack. */
export function bundle(pack) {
  return new Uint8Array(readFileSync(bundlePath(pack)));
}

/** Says how it went and leaves the process with a code that says it too. */
export function tellEnd({ line, equal, wrong }) {
  if (wrong.length > 0) console.error(`${wrong.length} vectors differ\n\n${wrong.join('\n')}\n`);
  if (equal < 400) console.error(`only ${equal} vectors`);
  console.log(line);
  process.exitCode = wrong.length > 0 || equal < 400 ? 1 : 0;
}
