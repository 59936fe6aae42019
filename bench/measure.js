// Several systems over the same cases, in the same rounds: what drifts on the machine drifts for all of them.

/** The cases a timing runs over. */
export const CASES = 1000;
const ROUNDS = Number(process.env.THUTUC_BENCH_ROUNDS ?? 41);
const now = () => Number(process.hrtime.bigint());
const median = (values) => values.toSorted((a, b) => a - b)[values.length >> 1];

/**
 * Writes a record for each system: nanoseconds a case, and the ratio to the system whose `yardstick` is true.
 *
 * A system: `{ system, run, size?, every?, yardstick? }`. `run()` decides `size` cases (1,000) and may be asynchronous; it runs
 * in each round, or in every `every`-th for who takes long.
 */
export async function compare({ host, mode, unit = 'ns' }, systems) {
  const times = systems.map(() => []);
  for (const { run, every = 1 } of systems) for (let warm = 0; warm < Math.ceil(60 / every); warm += 1) await run();
  for (let round = 0; round < ROUNDS; round += 1) {
    for (const [at, { run, size = CASES, every = 1 }] of systems.entries()) {
      if (round % every !== 0) continue;
      const before = now();
      const waited = run();
      if (waited instanceof Promise) await waited;
      times[at][round] = (now() - before) / size;
    }
  }
  const hand = times[systems.findIndex(({ yardstick }) => yardstick)];
  for (const [at, { system }] of systems.entries()) {
    const own = times[at].filter((time) => time !== undefined);
    const ratios = hand && times[at].map((time, round) => time / hand[round]).filter((ratio) => !Number.isNaN(ratio));
    tell({ host, mode, system, ...inUnit(median(own), unit), ratio_to_hand: ratios ? Number(median(ratios).toPrecision(3)) : null });
  }
}

/** A line of the report; `value` in `unit`, smaller is better but for `cases/s`. */
export function tell(record) {
  console.log(JSON.stringify({ workload: 'reference', ...record }));
}

function inUnit(nanoseconds, unit) {
  return unit === 'cases/s' ? { unit, value: Math.round(1e9 / nanoseconds) } : { unit: 'ns', value: Number(nanoseconds.toPrecision(4)) };
}
