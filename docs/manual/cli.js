// What the pages about codes and verbs are made of: the command line itself.
import { execFileSync } from 'node:child_process';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

const here = dirname(fileURLToPath(import.meta.url));
const program = resolve(process.env.THUTUC ?? join(here, '../../target/release/thutuc'));
const thutuc = (...args) => execFileSync(program, args, { encoding: 'utf8', env: { ...process.env, NO_COLOR: '1', COLUMNS: '100' } });

/** Every diagnostic code with its severity, meaning and page, by name. */
export function codes() {
  return JSON.parse(thutuc('diagnostics', '--format', 'json')).map(({ name, ...page }) => ({ code: name, ...page }));
}

/** Every verb with a sentence about it and its help. */
export function verbs() {
  const list = /^Commands:\n([^]*?)\n\n/m.exec(thutuc('--help'))[1];
  return [...list.matchAll(/^ {2}(\w+) +(.*(?:\n {4,}.*)*)/gm)]
    .filter(([, verb]) => verb !== 'help')
    .map(([, verb, about]) => ({ verb, about: about.replace(/\s+/g, ' '), help: thutuc(verb, '--help') }));
}
