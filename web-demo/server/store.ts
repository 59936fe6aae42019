// Submissions on disk: SQLite in WAL mode. What is acknowledged has been synced.
import { createHash, createHmac, randomBytes, timingSafeEqual } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Day, Decision } from '@thutuc/node';
import Database from 'better-sqlite3';

/** A submission that the rules accepted. */
export interface Accepted {
  /** Chosen by the form; sending again with it is the same submission. */
  attempt: string;
  /** Of the facts and the promise. */
  bodyHash: string;
  lang: string;
  receivedAt: string;
  facts: unknown;
  promised: unknown;
  decision: Decision;
}

/** A stored case. */
export interface StoredCase {
  number: string;
  procedure: string;
  jurisdiction: string | null;
  lang: string;
  receivedAt: string;
  facts: string;
  promised: string;
  packHash: string;
  decision: string;
  dueOn: Day | null;
  attempt: string;
  bodyHash: string;
  answeredOn: Day | null;
}

const SCHEMA = `
  create table if not exists packs (hash text primary key, bundle blob not null) strict;
  create table if not exists days (day text primary key, last integer not null) strict;
  create table if not exists cases (
    number text primary key, procedure text not null, jurisdiction text, lang text not null, received_at text not null,
    facts text not null, promised text not null, pack_hash text not null references packs(hash), decision text not null, due_on text,
    attempt text not null unique, body_hash text not null, answered_on text
  ) strict;
`;

const COLUMNS = `number, procedure, jurisdiction, lang, received_at as receivedAt, facts, promised, pack_hash as packHash, decision,
  due_on as dueOn, attempt, body_hash as bodyHash, answered_on as answeredOn`;

interface Waiting {
  accepted: Accepted;
  taken(one: StoredCase): void;
  failed(error: unknown): void;
}

/** The cases of an office. */
export class Store {
  readonly #db: Database.Database;
  readonly #key: Buffer;
  readonly #agency: string;
  readonly #insert: Database.Statement;
  readonly #count: Database.Statement;
  readonly #attempt: Database.Statement;
  readonly #number: Database.Statement;
  #waiting: Waiting[] = [];

  /** Opens the store of a folder. `agency` begins every case number. */
  constructor(folder: string, agency: string) {
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    this.#agency = agency;
    this.#key = keyOf(folder);
    this.#db = new Database(databaseOf(folder));
    this.#db.pragma('journal_mode = wal');
    // Every commit is on the disk before it is acknowledged.
    this.#db.pragma('synchronous = full');
    this.#db.pragma('foreign_keys = on');
    this.#db.exec(SCHEMA);
    this.#insert = this.#db.prepare(`insert into cases values
      (@number, @procedure, @jurisdiction, @lang, @receivedAt, @facts, @promised, @packHash, @decision, @dueOn, @attempt, @bodyHash, null)`);
    this.#count = this.#db.prepare('insert into days values (?, 1) on conflict (day) do update set last = last + 1 returning last').pluck();
    this.#attempt = this.#db.prepare(`select ${COLUMNS} from cases where attempt = ?`);
    this.#number = this.#db.prepare(`select ${COLUMNS} from cases where number = ?`);
  }

  /** Keeps a pack, so that each of its decisions can be made again. */
  keepPack(hash: string, bundle: Uint8Array): void {
    this.#db.prepare('insert or ignore into packs values (?, ?)').run(hash, Buffer.from(bundle));
  }

  /** Stores a submission; resolved when it is on the disk. Those that arrive together share one sync. */
  put(accepted: Accepted): Promise<StoredCase> {
    return new Promise((taken, failed) => {
      this.#waiting.push({ accepted, taken, failed });
      if (this.#waiting.length === 1) setImmediate(() => this.#commit());
    });
  }

  #commit(): void {
    const batch = this.#waiting;
    this.#waiting = [];
    const all = this.#db.transaction(() => batch.map(({ accepted }) => {
      const known = this.byAttempt(accepted.attempt);
      if (known !== undefined) return known;
      const day = accepted.receivedAt.slice(0, 10);
      const one = rowOf(accepted, numberOf(this.#agency, day, Number(this.#count.get(day))));
      this.#insert.run(one);
      return one;
    }));
    try {
      const stored = all.immediate();
      batch.forEach(({ taken }, at) => taken(stored[at]!));
    } catch (error) {
      for (const { failed } of batch) failed(error);
    }
  }

  byAttempt(attempt: string): StoredCase | undefined {
    return this.#attempt.get(attempt) as StoredCase | undefined;
  }

  byNumber(number: string): StoredCase | undefined {
    return this.#number.get(number) as StoredCase | undefined;
  }

  /** Notes the day of the answer; false if there is no such case. */
  answer(number: string, on: Day): boolean {
    return this.#db.prepare('update cases set answered_on = ? where number = ?').run(on, number).changes === 1;
  }

  /** How many cases there are. */
  count(): number {
    return Number(this.#db.prepare('select count(*) from cases').pluck().get());
  }

  /** Cases that are not answered and were due before a day. */
  late(today: Day): number {
    return Number(this.#db.prepare('select count(*) from cases where answered_on is null and due_on < ?').pluck().get(today));
  }

  /** Whether the store can be written. */
  works(): boolean {
    try {
      this.#db.exec('begin immediate; rollback');
      return true;
    } catch {
      return false;
    }
  }

  /** What opens a case: made from its number and attempt, and kept nowhere. */
  secretOf(one: StoredCase): string {
    return createHmac('sha256', this.#key).update(`${one.number}\n${one.attempt}`).digest('base64url').slice(0, 32);
  }

  /** Whether a text is the secret of a case. */
  opens(one: StoredCase, secret: string): boolean {
    const [wanted, given] = [this.secretOf(one), secret].map((text) => createHash('sha256').update(text).digest());
    return timingSafeEqual(wanted!, given!);
  }

  /** Writes a copy of everything beside which work goes on. */
  async copyTo(path: string): Promise<void> {
    await this.#db.backup(path);
  }

  close(): void {
    this.#db.close();
  }
}

/** The database of a folder. */
export function databaseOf(folder: string): string {
  return join(folder, 'cases.sqlite');
}

/** The key of a folder's secrets; made once. */
function keyOf(folder: string): Buffer {
  const path = join(folder, 'secrets.key');
  if (!existsSync(path)) writeFileSync(path, randomBytes(32), { mode: 0o600, flag: 'wx' });
  return readFileSync(path);
}

/** A case number as offices write it: the agency's code, the day, a running number of the day. */
export function numberOf(agency: string, day: Day, running: number): string {
  return `${agency}-${day.slice(2).replaceAll('-', '')}-${String(running).padStart(4, '0')}`;
}

function rowOf(accepted: Accepted, number: string): StoredCase {
  const { decision } = accepted;
  return {
    number,
    procedure: decision.procedure,
    jurisdiction: decision.jurisdiction ?? null,
    lang: accepted.lang,
    receivedAt: accepted.receivedAt,
    facts: JSON.stringify(accepted.facts),
    promised: JSON.stringify(accepted.promised),
    packHash: decision.pack.hash,
    decision: JSON.stringify(decision),
    dueOn: decision.deadline?.dueOn ?? null,
    attempt: accepted.attempt,
    bodyHash: accepted.bodyHash,
    answeredOn: null,
  };
}
