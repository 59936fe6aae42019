// report.js OUT RECORDS...: a table of the records on the screen, and all of them as one list in OUT.
import { readFileSync, writeFileSync } from 'node:fs';

/** Where the least is told, not the most. */
const RATES = new Set(['cases/s', 'x']);
const FULL = 'columns: outcome, 6 conditions, 6 documents, fee, day';

/** What is to be reached, by host, how mode and system begin; for rates the least, else the most. */
const TO_REACH = [
  ['node', 'verdict', 'thutuc WebAssembly', 600], ['node', 'verdict', 'thutuc native', 800], ['python', 'verdict', 'thutuc', 1000],
  ['node', 'session', 'thutuc', 300], ['python', 'session', 'thutuc', 300],
  ['node', 'many', 'thutuc', 1_500_000], ['python', 'many', 'thutuc', 800_000],
  ['node', 'decision', 'thutuc', 15_000], ['python', 'decision', 'thutuc', 15_000],
  ['node', 'cold start', 'thutuc', 6], ['node', 'memory', 'thutuc', 20],
  ['rust', `${FULL}, 1 thread`, 'thutuc', 50_000_000], ['rust', 'columns: two threads over one', 'thutuc', 1.8],
  ['rust', 'columns: gain of a second thread', 'thutuc', 0.9],
  ['rust', 'columns: two laws compared', 'thutuc', 2.2], ['rust', 'columns: rows by eval', 'thutuc', 0], ['rust', 'columns: columns without a kernel', 'thutuc', 0],
  ['node', FULL, 'thutuc', 20_000_000],
  ['python', 'columns: share of the figure in Rust', 'thutuc', 0.8], ['python', 'columns: Spark, times as long', 'thutuc', 3],
];

/**
 * What the rules by hand took where the goals were set: nanoseconds a case, for the modes that are measured beside them. On another
 * machine a goal is reached, too, where the ratio to the rules by hand is as good.
 */
const BY_HAND = [
  ['node', 'verdict', 1_100], ['node', 'decision', 1_100], ['node', 'many', 1_100], ['node', 'session', 1_100],
  ['python', 'verdict', 2_100], ['python', 'decision', 2_100], ['python', 'many', 2_100], ['python', 'session', 2_100],
  ['rust', `${FULL}, 1 thread`, 1_000 / 278],
];

const [out, ...files] = process.argv.slice(2);
const records = files.flatMap((file) => readFileSync(file, 'utf8').split('\n').filter((line) => line.startsWith('{')).map(JSON.parse));
writeFileSync(out, `${JSON.stringify(records, null, 1)}\n`);

const rows = records.map(({ workload, host, mode: of, system, unit, value, ratio_to_hand: ratio }) => {
  const mode = workload === 'reference' ? of : `${workload}, ${of}`;
  const [, , , goal] = TO_REACH.find(([where, what, who]) => host === where && of.startsWith(what) && system.startsWith(who)) ?? [];
  const [, , hand] = BY_HAND.find(([where, what]) => host === where && of.startsWith(what)) ?? [];
  const most = goal === undefined || hand === undefined ? undefined : unit === 'cases/s' ? 1e9 / goal / hand : goal / hand;
  const as = most !== undefined && ratio !== null && ratio <= most ? 'reached as a ratio' : 'MISSED';
  const reached = goal === undefined ? '' : (RATES.has(unit) ? value >= goal : value <= goal) ? 'reached' : as;
  const goals = [goal === undefined ? '' : words(goal), most === undefined ? '' : `${most.toFixed(3)} x`];
  return [host, mode, system, words(value), unit, ratio === null ? '' : `${ratio} x`, ...goals, reached];
});
const head = ['host', 'mode', 'system', 'median', 'unit', 'by hand', 'to reach', 'or', ''];
const widths = head.map((name, at) => Math.max(name.length, ...rows.map((row) => row[at].length)));
const RIGHT = new Set([3, 5, 6, 7]);
let before = '';
for (const row of [head, ...rows]) {
  if (`${row[0]} ${row[1]}` !== before) console.log();
  before = `${row[0]} ${row[1]}`;
  console.log(row.map((cell, at) => (RIGHT.has(at) ? cell.padStart(widths[at]) : cell.padEnd(widths[at]))).join('  ').trimEnd());
}
console.log(`\n${records.length} records in ${out}`);

function words(value) {
  return value >= 10_000 ? value.toLocaleString('en-US') : String(value);
}
