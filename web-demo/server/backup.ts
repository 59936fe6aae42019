// A backup counts only once it was restored: opened, checked, and its newest decisions made again with their packs.
import { copyFileSync, existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { isDeepStrictEqual } from 'node:util';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Pack, type Lang } from '@thutuc/node';
import Database from 'better-sqlite3';
import type { CaseStore } from './cases.js';
import { keyOf } from './secrets.js';
import { databaseOf } from './sqlite.js';

/** What a backup holds. */
export interface Restored {
  path: string;
  cases: number;
  /** Decisions that were made again and came out the same. */
  decided: number;
}

const KEPT = 30;
const DECIDED_AGAIN = 50;

/** Backs the store of a folder up and checks the copy by restoring it. Older copies are dropped. */
export async function backUp(store: CaseStore, folder: string, name: string): Promise<Restored> {
  const into = join(folder, 'backups');
  mkdirSync(into, { recursive: true, mode: 0o700 });
  const atLeast = await store.count();
  const path = join(into, `cases-${name}.sqlite`);
  const writing = `${path}.new`;
  rmSync(writing, { force: true });
  await store.copyTo(writing);
  const restored = restore(writing);
  if (restored.cases < atLeast) throw new Error(`the copy has ${restored.cases} cases, the store has ${atLeast}`);
  copyFileSync(writing, path);
  rmSync(writing);
  if (existsSync(keyOf(folder))) copyFileSync(keyOf(folder), keyOf(into));
  for (const old of readdirSync(into).filter((one) => /^cases-.*\.sqlite$/.test(one)).sort().slice(0, -KEPT)) rmSync(join(into, old));
  return { ...restored, path };
}

/** Restores a copy into a folder of its own and checks it. Throws when anything is not as it was. */
export function restore(path: string): Restored {
  const folder = mkdtempSync(join(tmpdir(), 'thutuc-restored-'));
  try {
    copyFileSync(path, databaseOf(folder));
    const db = new Database(databaseOf(folder));
    try {
      return { path, ...check(db) };
    } finally {
      db.close();
    }
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

interface Row {
  number: string;
  procedure: string;
  jurisdiction: string | null;
  lang: Lang;
  received_at: string;
  facts: string;
  pack_hash: string;
  decision: string;
}

function check(db: Database.Database): { cases: number; decided: number } {
  const state = db.pragma('integrity_check', { simple: true });
  if (state !== 'ok') throw new Error(`the copy is damaged: ${String(state)}`);
  const packs = new Map<string, Pack>();
  const packOf = (hash: string): Pack => {
    const known = packs.get(hash);
    if (known !== undefined) return known;
    const bundle = db.prepare('select bundle from packs where hash = ?').pluck().get(hash) as Buffer | undefined;
    if (bundle === undefined) throw new Error(`the copy lacks the pack ${hash}`);
    const pack = Pack.load(new Uint8Array(bundle));
    if (pack.hash !== hash) throw new Error(`the pack ${hash} has another hash in the copy`);
    packs.set(hash, pack);
    return pack;
  };
  const newest = db.prepare('select * from cases order by received_at desc, number desc limit ?').all(DECIDED_AGAIN) as Row[];
  for (const row of newest) {
    const where = row.jurisdiction === null ? {} : { jurisdiction: row.jurisdiction };
    const again = packOf(row.pack_hash).decide(row.procedure, JSON.parse(row.facts) as Record<string, unknown>, { asOf: row.received_at.slice(0, 10), receivedAt: row.received_at, lang: row.lang, ...where });
    if (!isDeepStrictEqual(again, JSON.parse(row.decision))) throw new Error(`case ${row.number} is decided otherwise from the copy`);
  }
  return { cases: Number(db.prepare('select count(*) from cases').pluck().get()), decided: newest.length };
}
