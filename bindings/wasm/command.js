// The command line, for tests and the benchmark: the one that the variable THUTUC names; else it is built once, in debug.
import { execFileSync } from 'node:child_process';
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

const root = fileURLToPath(new URL('../../', import.meta.url));
let command = process.env.THUTUC;

/** What `thutuc` prints. */
export function thutuc(...args) {
  command ??= built();
  return execFileSync(command, args, { cwd: root, encoding: 'utf8' });
}

function built() {
  execFileSync('cargo', ['build', '--quiet', '--locked', '-p', 'thutuc-cli'], { cwd: root });
  return join(process.env.CARGO_TARGET_DIR ?? join(root, 'target'), 'debug/thutuc');
}

/** The codec of a procedure, imported from the module that `thutuc codec` writes. */
export async function codecOf(rules, procedure, jurisdiction) {
  const place = jurisdiction == null ? [] : ['--jurisdiction', jurisdiction];
  const file = join(mkdtempSync(join(tmpdir(), 'thutuc-')), 'codec.mjs');
  writeFileSync(file, thutuc('codec', procedure, ...place, '--rules', rules));
  return (await import(pathToFileURL(file))).default;
}
