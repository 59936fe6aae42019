// The rules of every procedure as files for the explorer: each element in each of its versions, as the rule files write it.
import { execFile } from 'node:child_process';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { load } from '@thutuc/wasm';

const PARTS = ['eligibility', 'identity', 'documents', 'fees', 'deadline', 'linked', 'parameters', 'definitions', 'authorities'];
const run = promisify(execFile);

/** Writes `<code>.<lang>.json` into a folder for every procedure of a pack. */
export async function rulesOf({ thutuc, rules, bundle, into }) {
  mkdirSync(into, { recursive: true });
  const engine = await load(readFileSync(bundle));
  const jobs = engine.procedures().flatMap(({ code, jurisdictions }) => ['vi', 'en'].map((lang) => async () => {
    const days = engine.outline(code).changes;
    const sheets = [];
    for (const jurisdiction of [null, ...jurisdictions]) {
      const changes = jurisdiction === null ? days : engine.outline(code, { jurisdiction }).changes;
      for (const on of changes) {
        const place = jurisdiction === null ? [] : ['--jurisdiction', jurisdiction];
        const { stdout } = await run(thutuc, ['show', code, '--rules', rules, '--format', 'json', '--lang', lang, '--on', on, ...place]);
        sheets.push({ ...JSON.parse(stdout), jurisdiction });
      }
    }
    writeFileSync(join(into, `${code}.${lang}.json`), JSON.stringify(merged(sheets)));
  }));
  const worker = async () => { for (let job = jobs.shift(); job; job = jobs.shift()) await job(); };
  await Promise.all([worker(), worker()]);
}

/** One listing of the sheets of all days: every version of an element once. */
function merged(sheets) {
  const { code, name, summary, notes } = sheets.at(-1);
  const parts = Object.fromEntries(PARTS.map((part) => [part, versions(sheets, part)]));
  const amendments = [...new Map(sheets.flatMap((sheet) => sheet.amendments).map((one) => [one.id, one])).values()];
  return { code, name, summary, notes, changes: [...new Set(sheets.map((sheet) => sheet.on))].sort(), amendments, parts };
}

function versions(sheets, part) {
  const found = new Map();
  for (const sheet of sheets) {
    for (const element of sheet[part] ?? []) {
      const id = element.id ?? element.name;
      const key = [id, element.from, element.until, element.name, JSON.stringify(element.citations)].join('\n');
      const known = found.get(key);
      if (known === undefined) found.set(key, { ...element, id, ...(sheet.jurisdiction === null ? {} : { jurisdiction: sheet.jurisdiction }) });
      else unite(known, element);
    }
  }
  return [...found.values()];
}

/** Rows and reductions have days of their own: a version shows those of all its days. */
function unite(into, other) {
  const more = (all, added) => all.push(...added.filter((one) => all.every((known) => JSON.stringify(known) !== JSON.stringify(one))));
  if (into.table && other.table) more(into.table.rows, other.table.rows);
  if (into.reductions && other.reductions) more(into.reductions, other.reductions);
}
