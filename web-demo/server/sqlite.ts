// Cases in SQLite in WAL mode. What is acknowledged has been synced.
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Day } from '@thutuc/node';
import Database from 'better-sqlite3';
import { caseOf, numberOf, type Accepted, type CaseStore, type StoredCase } from './cases.js';
import { Together } from './together.js';

/** The tables, of the store and of every backup. */
export const SCHEMA = `
  create table if not exists packs (hash text primary key, bundle blob not null) strict;
  create table if not exists days (day text primary key, last integer not null) strict;
  create table if not exists cases (
    number text primary key, procedure text not null, jurisdiction text, lang text not null, received_at text not null,
    facts text not null, promised text not null, pack_hash text not null references packs(hash), decision text not null, due_on text,
    attempt text not null unique, body_hash text not null, answered_on text
  ) strict;
`;
export const INSERT = `insert into cases values
  (@number, @procedure, @jurisdiction, @lang, @receivedAt, @facts, @promised, @packHash, @decision, @dueOn, @attempt, @bodyHash, @answeredOn)`;
const COLUMNS = `number, procedure, jurisdiction, lang, received_at as receivedAt, facts, promised, pack_hash as packHash, decision,
  due_on as dueOn, attempt, body_hash as bodyHash, answered_on as answeredOn`;

export class SqliteStore implements CaseStore {
  readonly #db: Database.Database;
  readonly #insert: Database.Statement;
  readonly #running: Database.Statement;
  readonly #attempt: Database.Statement;
  readonly #number: Database.Statement;
  readonly #together = new Together((all) => this.#commit(all));

  /** Opens the store of a folder. `agency` begins every case number. */
  constructor(folder: string, private readonly agency: string) {
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    this.#db = new Database(databaseOf(folder));
    this.#db.pragma('journal_mode = wal');
    // Every commit is on the disk before it is acknowledged.
    this.#db.pragma('synchronous = full');
    this.#db.pragma('foreign_keys = on');
    this.#db.exec(SCHEMA);
    this.#insert = this.#db.prepare(INSERT);
    this.#running = this.#db.prepare('insert into days values (?, 1) on conflict (day) do update set last = last + 1 returning last').pluck();
    this.#attempt = this.#db.prepare(`select ${COLUMNS} from cases where attempt = ?`);
    this.#number = this.#db.prepare(`select ${COLUMNS} from cases where number = ?`);
  }

  async keepPack(hash: string, bundle: Uint8Array): Promise<void> {
    this.#db.prepare('insert or ignore into packs values (?, ?)').run(hash, Buffer.from(bundle));
  }

  put(accepted: Accepted): Promise<StoredCase> {
    return this.#together.put(accepted);
  }

  #commit(all: Accepted[]): StoredCase[] {
    const store = this.#db.transaction(() => all.map((accepted) => {
      const known = this.#attempt.get(accepted.attempt) as StoredCase | undefined;
      if (known !== undefined) return known;
      const day = accepted.receivedAt.slice(0, 10);
      const one = caseOf(accepted, numberOf(this.agency, day, Number(this.#running.get(day))));
      this.#insert.run(one);
      return one;
    }));
    return store.immediate();
  }

  async byAttempt(attempt: string): Promise<StoredCase | undefined> {
    return this.#attempt.get(attempt) as StoredCase | undefined;
  }

  async byNumber(number: string): Promise<StoredCase | undefined> {
    return this.#number.get(number) as StoredCase | undefined;
  }

  async answer(number: string, on: Day): Promise<boolean> {
    return this.#db.prepare('update cases set answered_on = ? where number = ?').run(on, number).changes === 1;
  }

  async count(): Promise<number> {
    return Number(this.#db.prepare('select count(*) from cases').pluck().get());
  }

  async late(today: Day): Promise<number> {
    return Number(this.#db.prepare('select count(*) from cases where answered_on is null and due_on < ?').pluck().get(today));
  }

  async works(): Promise<boolean> {
    try {
      this.#db.exec('begin immediate; rollback');
      return true;
    } catch {
      return false;
    }
  }

  async copyTo(path: string): Promise<void> {
    await this.#db.backup(path);
  }

  async close(): Promise<void> {
    this.#db.close();
  }
}

/** The database of a folder. */
export function databaseOf(folder: string): string {
  return join(folder, 'cases.sqlite');
}
