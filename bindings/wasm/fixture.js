// The packs that tests and the benchmark load, built once by the author build.
import { readFileSync, readdirSync } from 'node:fs';
import { join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { check } from '@thutuc/wasm/author';

export { workload } from './workload.js';

const root = fileURLToPath(new URL('../../', import.meta.url));

/** The rule files of a folder by their names. */
export function files(folder) {
  const base = join(root, folder);
  const names = readdirSync(base, { recursive: true }).map(String).filter((name) => name.endsWith('.yaml') && !name.endsWith('.cases.yaml'));
  return Object.fromEntries(names.map((name) => [relative('.', name), readFileSync(join(base, name), 'utf8')]));
}

/** The bundle of a folder of rule files. */
export async function bundle(folder) {
  const checked = await check(files(folder));
  if (!checked.bundle) throw new Error(JSON.stringify(checked.diagnostics.filter((one) => one.severity === 'error'), null, 1));
  return checked.bundle;
}
