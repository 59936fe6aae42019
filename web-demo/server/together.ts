// Submissions that arrive together share one transaction, and so one sync of the disk.
import type { Accepted, StoredCase } from './cases.js';

interface Waiting {
  accepted: Accepted;
  taken(one: StoredCase): void;
  failed(error: unknown): void;
}

/** A queue before a store: `commit` gets all that wait, and returns their cases once they are on the disk. */
export class Together {
  #waiting: Waiting[] = [];
  #busy = false;

  constructor(private readonly commit: (all: Accepted[]) => StoredCase[] | Promise<StoredCase[]>) {}

  put(accepted: Accepted): Promise<StoredCase> {
    return new Promise((taken, failed) => {
      this.#waiting.push({ accepted, taken, failed });
      if (!this.#busy) {
        this.#busy = true;
        setImmediate(() => void this.#run());
      }
    });
  }

  async #run(): Promise<void> {
    while (this.#waiting.length > 0) {
      const batch = this.#waiting;
      this.#waiting = [];
      try {
        const stored = await this.commit(batch.map((one) => one.accepted));
        batch.forEach(({ taken }, at) => taken(stored[at]!));
      } catch (error) {
        for (const { failed } of batch) failed(error);
      }
    }
    this.#busy = false;
  }
}
