// A bundle of rules that differ in one place from those of the server.
import { spawnSync } from 'node:child_process';
import { cpSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../..', import.meta.url));

/** The bundle of the rules with a text in the registration of permanent residence replaced. */
export function bundleOfOtherRules(from: string, to: string): Buffer {
  const folder = mkdtempSync(join(tmpdir(), 'thutuc-rules-'));
  cpSync(join(root, 'rules'), folder, { recursive: true });
  const path = join(folder, 'residence/permanent.yaml');
  const text = readFileSync(path, 'utf8');
  if (!text.includes(from)) throw new Error(`${path} has no ${from}`);
  writeFileSync(path, text.replace(from, to));
  const { status, stdout, stderr } = spawnSync(join(root, 'target/release/thutuc'), ['bundle', '--rules', folder]);
  if (status !== 0) throw new Error(stderr.toString());
  return stdout;
}
