// The reference workload by hand over typed arrays, as a careful programmer writes it: a loop for each answer, fees and days from
// tables.

const FIRST_DAY = 19236;
const DAYS = 1218;
const CHANGES = [Date.parse('2023-02-05'), Date.parse('2025-07-01')].map((time) => time / 86_400_000);
const DAYS_OFF = new Set(
  '01-01 01-27 01-28 01-29 01-30 01-31 04-07 04-30 05-01 05-02 06-13 09-01 09-02 11-14 12-24'.split(' ').map((day) => Date.parse(`2025-${day}`) / 86_400_000),
);
const DEADLINES = Int32Array.from({ length: DAYS }, (_, at) => due(FIRST_DAY + at));
const FEES = Int32Array.from({ length: 64 }, (_, place) => fee(place >> 5, place >> 3 & 3, place & 7));
const LATER = Int32Array.from({ length: 32 }, (_, place) => fee(2, place >> 3 & 3, place & 7));

function due(from) {
  let day = from;
  for (let left = 7; left > 0;) {
    day += 1;
    if (((day + 3) % 7) < 5 && !DAYS_OFF.has(day)) left -= 1;
  }
  return day;
}

function fee(law, channel, group) {
  if (channel > 2) return 0;
  if (law === 0) return group >= 3 ? 0 : group === 1 ? 5000 : [7500, 15_000, 18_000][channel];
  if (group !== 0) return 0;
  return law === 1 ? [10_000, 20_000, 20_000][channel] : [5000, 20_000, 22_000][channel];
}

/** Memory for the answers. */
export function room(rows) {
  return { reasons: new Uint8Array(rows), documents: new Uint8Array(rows), fee: new Int32Array(rows), deadline: new Int32Array(rows) };
}

/** Masks of reasons and documents, the fee, the day. */
export function decideColumns({ channel, age, basis, area, consent, parent, level, locked, group, held, day }, out) {
  const { reasons, documents, fee: fees, deadline } = out;
  const rows = day.length;
  for (let i = 0; i < rows; i += 1) {
    const rent = basis[i] === 1 ? 1 : 0;
    const online = channel[i] === 0 ? 1 : 0;
    const no = 1 - consent[i];
    reasons[i] = (rent & no) | ((rent & (area[i] < 80 ? 1 : 0)) << 1) | (((basis[i] === 2 ? 1 : 0) & no) << 2)
      | (((age[i] < 18 ? 1 : 0) & (1 - parent[i])) << 3) | ((online & (level[i] < 2 ? 1 : 0)) << 4) | ((online & locked[i]) << 5);
  }
  for (let i = 0; i < rows; i += 1) {
    const of = basis[i];
    documents[i] = ((channel[i] !== 0 ? 1 : 0) | (of === 0 ? 2 : 0) | (of === 1 ? 4 : 0) | (of === 2 || age[i] < 18 ? 8 : 0) | (of === 3 ? 16 : 0)
      | (group[i] >= 3 ? 32 : 0)) & ~held[i];
  }
  for (let i = 0; i < rows; i += 1) {
    const place = (channel[i] << 3) | group[i];
    fees[i] = day[i] < CHANGES[0] ? FEES[place] : day[i] < CHANGES[1] ? FEES[32 | place] : LATER[place];
  }
  for (let i = 0; i < rows; i += 1) deadline[i] = DEADLINES[day[i] - FIRST_DAY];
}
