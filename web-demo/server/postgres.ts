// Cases in PostgreSQL, where an office has one. What is acknowledged has been committed, several processes may write.
import type { Day } from '@thutuc/node';
import Database from 'better-sqlite3';
import pg from 'pg';
import { caseOf, numberOf, type Accepted, type CaseStore, type StoredCase } from './cases.js';
import { INSERT, SCHEMA as COPY_SCHEMA } from './sqlite.js';
import { Together } from './together.js';

// Days stay texts, as everywhere: PostgreSQL's own type would come back as a moment of the server's time zone.
const SCHEMA = `
  create table if not exists packs (hash text primary key, bundle bytea not null);
  create table if not exists days (day text primary key, last integer not null);
  create table if not exists cases (
    number text primary key, procedure text not null, jurisdiction text, lang text not null, "receivedAt" text not null,
    facts text not null, promised text not null, "packHash" text not null references packs(hash), decision text not null, "dueOn" text,
    attempt text not null unique, "bodyHash" text not null, "answeredOn" text
  );
  create index if not exists cases_late on cases ("dueOn") where "answeredOn" is null;
`;
/** Two processes that start at once must not both make the tables. */
const MAKING_TABLES = 0x7475;
const COPIED_AT_ONCE = 1000;

export class PostgresStore implements CaseStore {
  readonly #pool: pg.Pool;
  readonly #together = new Together((all) => this.#commit(all));

  private constructor(url: string, private readonly agency: string) {
    this.#pool = new pg.Pool({ connectionString: url, max: 8 });
    // A connection that breaks while nobody uses it is replaced by the pool.
    this.#pool.on('error', () => undefined);
  }

  /** Opens the store at an address such as `postgres://user@host/cases`. */
  static async open(url: string, agency: string): Promise<PostgresStore> {
    const store = new PostgresStore(url, agency);
    await store.#transaction(async (client) => {
      await client.query('select pg_advisory_xact_lock($1)', [MAKING_TABLES]);
      await client.query(SCHEMA);
    });
    return store;
  }

  async #transaction<T>(work: (client: pg.PoolClient) => Promise<T>, begin = 'begin'): Promise<T> {
    const client = await this.#pool.connect();
    try {
      await client.query(begin);
      const result = await work(client);
      await client.query('commit');
      client.release();
      return result;
    } catch (error) {
      // The state of the connection is not known: it is not used again.
      client.release(true);
      throw error;
    }
  }

  async keepPack(hash: string, bundle: Uint8Array): Promise<void> {
    await this.#pool.query('insert into packs values ($1, $2) on conflict do nothing', [hash, Buffer.from(bundle)]);
  }

  put(accepted: Accepted): Promise<StoredCase> {
    return this.#together.put(accepted);
  }

  async #commit(all: Accepted[]): Promise<StoredCase[]> {
    const stored = await this.#transaction(async (client) => {
      await client.query('set local synchronous_commit = on');
      const rows = [];
      const dayOf = (one: Accepted): Day => one.receivedAt.slice(0, 10);
      // In order, so that two processes at midnight do not wait for each other.
      for (const day of [...new Set(all.map(dayOf))].sort()) {
        const ofDay = all.filter((one) => dayOf(one) === day);
        const { rows: [counted] } = await client.query<{ last: number }>(
          'insert into days values ($1, $2) on conflict (day) do update set last = days.last + $2 returning last', [day, ofDay.length]);
        const before = counted!.last - ofDay.length;
        rows.push(...ofDay.map((one, at) => caseOf(one, numberOf(this.agency, day, before + at + 1))));
      }
      // An attempt that came before keeps its first number.
      await client.query('insert into cases select * from json_populate_recordset(null::cases, $1) on conflict (attempt) do nothing', [JSON.stringify(rows)]);
      const { rows: kept } = await client.query<StoredCase>('select * from cases where attempt = any($1)', [all.map((one) => one.attempt)]);
      return new Map(kept.map((one) => [one.attempt, one]));
    });
    return all.map((one) => stored.get(one.attempt)!);
  }

  async #one(where: string, value: string): Promise<StoredCase | undefined> {
    const { rows } = await this.#pool.query<StoredCase>(`select * from cases where ${where} = $1`, [value]);
    return rows[0];
  }

  byAttempt(attempt: string): Promise<StoredCase | undefined> {
    return this.#one('attempt', attempt);
  }

  byNumber(number: string): Promise<StoredCase | undefined> {
    return this.#one('number', number);
  }

  async answer(number: string, on: Day): Promise<boolean> {
    const { rowCount } = await this.#pool.query('update cases set "answeredOn" = $1 where number = $2', [on, number]);
    return rowCount === 1;
  }

  async count(): Promise<number> {
    const { rows } = await this.#pool.query<{ count: string }>('select count(*) from cases');
    return Number(rows[0]?.count);
  }

  async late(today: Day): Promise<number> {
    const { rows } = await this.#pool.query<{ count: string }>('select count(*) from cases where "answeredOn" is null and "dueOn" < $1', [today]);
    return Number(rows[0]?.count);
  }

  async works(): Promise<boolean> {
    try {
      const { rows } = await this.#pool.query<{ pg_is_in_recovery: boolean }>('select pg_is_in_recovery()');
      return rows[0]?.pg_is_in_recovery === false;
    } catch {
      return false;
    }
  }

  async copyTo(path: string): Promise<void> {
    const copy = new Database(path);
    try {
      copy.exec(COPY_SCHEMA);
      // One view of everything, however long the copying takes.
      await this.#transaction(async (client) => {
        const { rows: packs } = await client.query<{ hash: string; bundle: Buffer }>('select * from packs');
        for (const { hash, bundle } of packs) copy.prepare('insert into packs values (?, ?)').run(hash, bundle);
        const { rows: days } = await client.query<{ day: string; last: number }>('select * from days');
        for (const { day, last } of days) copy.prepare('insert into days values (?, ?)').run(day, last);
        const insert = copy.prepare(INSERT);
        const keep = copy.transaction((rows: StoredCase[]) => { for (const row of rows) insert.run(row); });
        for (let after = ''; ;) {
          const { rows } = await client.query<StoredCase>('select * from cases where number > $1 order by number limit $2', [after, COPIED_AT_ONCE]);
          keep(rows);
          const last = rows.at(-1);
          if (last === undefined) break;
          after = last.number;
        }
      }, 'begin isolation level repeatable read read only');
    } finally {
      copy.close();
    }
  }

  async close(): Promise<void> {
    await this.#pool.end();
  }
}
