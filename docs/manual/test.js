// Runs the examples of the manual: node test.js [--update] [PAGE...]
//
// A page's YAML blocks with a title (```yaml [rules/a.yaml]) are written, its `console` blocks are run line after line ("$ …"), its
// `js` and `python` blocks with a title are written and may be run by a console block; all in a folder of its own that begins as
// `base/`. What is printed must be what stands below the command; a line of "…" stands for any lines. `--update` writes what is
// printed into the page.
import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, dirname, join, resolve } from 'node:path';
import { test } from 'node:test';
import assert from 'node:assert/strict';
import { fileURLToPath } from 'node:url';

const here = dirname(fileURLToPath(import.meta.url));
const thutuc = resolve(process.env.THUTUC ?? join(here, '../../target/release/thutuc'));
const update = process.argv.includes('--update');
const named = process.argv.slice(2).filter((argument) => argument.endsWith('.md'));
const pages = named.length > 0 ? named.map((page) => resolve(page)) : written(here);

let run = 0;
for (const page of pages) {
  const text = readFileSync(page, 'utf8');
  if (!/^```console$/m.test(text)) continue;
  test(page.slice(here.length + 1), () => {
    const folder = mkdtempSync(join(tmpdir(), 'thutuc-manual-'));
    try {
      cpSync(join(here, 'base'), folder, { recursive: true });
      const found = follow(text, folder);
      if (update) writeFileSync(page, found.join('\n'));
      else assert.equal(found.join('\n'), text);
    } finally {
      rmSync(folder, { recursive: true });
    }
  });
}
process.on('exit', () => console.log(`manual: ${run} commands run`));

/** The lines of a page, with what its commands print in place of what stood there where the two differ. */
function follow(text, folder) {
  const out = [];
  for (const block of text.split(/^(?=```)/m)) {
    const [fence, ...rest] = block.split('\n');
    const title = /^```\w+ \[(.+)\]/.exec(fence)?.[1];
    if (title) {
      mkdirSync(dirname(join(folder, title)), { recursive: true });
      writeFileSync(join(folder, title), `${rest.join('\n')}`);
    }
    out.push(...(fence === '```console' ? [fence, ...console_(rest, folder)] : [fence, ...rest]));
    // `split` took the line's end before a fence with the block before it.
    if (out.at(-1) === '') out.pop();
  }
  return [...out, ''];
}

function console_(lines, folder) {
  const out = [];
  for (let at = 0; at < lines.length;) {
    const line = lines[at];
    at += 1;
    out.push(line);
    if (!line.startsWith('$ ')) continue;
    const wanted = [];
    while (at < lines.length && !lines[at].startsWith('$ ') && lines[at] !== '') wanted.push(lines[at++]);
    const printed = printedBy(line.slice(2), folder);
    out.push(...(fits(wanted, printed) ? wanted : printed));
  }
  return out;
}

function printedBy(command, folder) {
  run += 1;
  const env = { ...process.env, PATH: `${dirname(thutuc)}${delimiter}${process.env.PATH}`, NO_COLOR: '1', COLUMNS: '100', THUTUC_CACHE: 'off' };
  const { stdout, stderr, error } = spawnSync('bash', ['-c', command], { cwd: folder, env, encoding: 'utf8' });
  if (error) throw error;
  // An empty line would end the command's output in the page.
  return `${stdout}${stderr}`.replaceAll('\n\n', '\n \n').split('\n').map((line) => line.trimEnd() || ' ').slice(0, -1);
}

/** Whether lines are those that were wanted, "…" standing for any. */
function fits(wanted, lines) {
  if (wanted.length === 0) return lines.length === 0;
  const [first, ...rest] = wanted;
  if (first.trim() === '…') return lines.some((_, skip) => fits(rest, lines.slice(skip))) || fits(rest, []);
  return lines.length > 0 && first.trimEnd() === lines[0].trimEnd() && fits(rest, lines.slice(1));
}

function written(folder) {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    if (entry.name.startsWith('.') || ['node_modules', 'base'].includes(entry.name)) return [];
    const path = join(folder, entry.name);
    return entry.isDirectory() ? written(path) : entry.name.endsWith('.md') ? [path] : [];
  });
}
