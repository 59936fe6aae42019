// What opens a case: made from its number and attempt with a key, and kept nowhere.
import { createHash, createHmac, randomBytes, timingSafeEqual } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { StoredCase } from './cases.js';

export class Secrets {
  readonly #key: Buffer;

  /** The secrets of a folder, whose key is made once. */
  constructor(folder: string) {
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    const path = keyOf(folder);
    if (!existsSync(path)) writeFileSync(path, randomBytes(32), { mode: 0o600, flag: 'wx' });
    this.#key = readFileSync(path);
  }

  of(one: StoredCase): string {
    return createHmac('sha256', this.#key).update(`${one.number}\n${one.attempt}`).digest('base64url').slice(0, 32);
  }

  /** Whether a text is the secret of a case. */
  open(one: StoredCase, given: string): boolean {
    return same(given, this.of(one));
  }
}

/** The file of a folder's key. */
export function keyOf(folder: string): string {
  return join(folder, 'secrets.key');
}

/** Whether two texts are the same, in a time that does not tell where they differ. */
export function same(given: string, wanted: string): boolean {
  const [a, b] = [given, wanted].map((text) => createHash('sha256').update(text).digest());
  return timingSafeEqual(a!, b!);
}
