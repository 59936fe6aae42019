// Where the packages are installed, and how their READMEs are read.
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

export const here = fileURLToPath(new URL('.', import.meta.url));
export const root = join(here, '../..');
export const work = join(root, 'target/packages');
export const bundle = join(work, 'pack.thutuc');

/** Folders that had nothing in them but what a user installs. */
export const wasm = join(work, 'wasm');
export const node = join(work, 'node');
export const venv = join(work, 'venv');

/** Runs a command and returns what it prints; fails with all it says. */
export function run(command, args, { cwd = root, env = {} } = {}) {
  const done = spawnSync(command, args, { cwd, encoding: 'utf8', env: { ...process.env, ...env }, maxBuffer: 1 << 26 });
  assert.equal(done.status, 0, `${command} ${args.join(' ')}\n${done.error ?? ''}${done.stdout}${done.stderr}`);
  return done.stdout;
}

/** What the command line prints. */
export function thutuc(...args) {
  return run(process.env.THUTUC ?? join(root, 'target/release/thutuc'), args);
}

/** A blank folder in the workplace. */
export function blank(name) {
  const folder = join(work, name);
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  return folder;
}

/** The blocks of code of a language in a file of the repository. */
export function examples(file, language) {
  const text = readFileSync(join(root, file), 'utf8');
  const found = [...text.matchAll(new RegExp('```' + language + '\\n([\\s\\S]*?)```', 'g'))].map(([, code]) => code);
  assert.ok(found.length > 0, `${file} has no \`\`\`${language}`);
  return found;
}

/** Writes a file and the folders above it. */
export function write(folder, name, text) {
  const path = join(folder, name);
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, text);
  return path;
}

/** Lends a folder tools that its package does not bring. */
export function lend(folder, ...names) {
  for (const name of names) {
    const at = join(folder, 'node_modules', name);
    rmSync(at, { force: true });
    mkdirSync(dirname(at), { recursive: true });
    symlinkSync(join(here, 'node_modules', name), at);
  }
}

/** Holds files of a folder to strict TypeScript. */
export function typed(folder, files, { types = [], lib = ['es2023', 'dom'] } = {}) {
  const compilerOptions = {
    strict: true, noEmit: true, target: 'es2022', lib, module: 'nodenext', types, exactOptionalPropertyTypes: true, skipLibCheck: false,
  };
  write(folder, 'tsconfig.json', JSON.stringify({ compilerOptions, files }));
  run(process.execPath, [join(here, 'node_modules/typescript/bin/tsc'), '-p', folder]);
}

/** What the example of every README prints. */
export const SAID = `refuse
A rented or borrowed home needs at least 8 m² per person; 6 m² is declared. Choose a larger home or register fewer people there.
`;
