// The reference workload written by hand in JavaScript, ordinary style: the yardstick of this host. Facts and the day in, an
// object out.
const FIRST_CHANGE = '2023-02-05';
const SECOND_CHANGE = '2025-07-01';
const DAY = 86_400_000;
const DAYS_OFF = new Set([
  '2025-01-01', '2025-01-27', '2025-01-28', '2025-01-29', '2025-01-30', '2025-01-31', '2025-04-07', '2025-04-30', '2025-05-01',
  '2025-05-02', '2025-06-13', '2025-09-01', '2025-09-02', '2025-11-14', '2025-12-24',
].map((day) => Date.parse(day) / DAY));
const PROVEN = new Set(['poor', 'disabled', 'merit']);

/** The whole answer. */
export function decide(facts, asOf) {
  const reasons = unmet(facts);
  return { eligible: reasons.length === 0, reasons, documents: documents(facts), fee: fee(facts, asOf), deadline: due(asOf) };
}

function unmet(facts) {
  const reasons = [];
  const rent = facts.residence_basis === 'rent';
  const online = facts.channel === 'online';
  if (rent && !facts.owner_consent) reasons.push('rent_no_consent');
  if (rent && facts.floor_area_per_person < 8) reasons.push('rent_area_too_small');
  if (facts.residence_basis === 'family' && !facts.owner_consent) reasons.push('family_no_consent');
  if (facts.applicant_age < 18 && !facts.minor_with_parent) reasons.push('minor_without_parent');
  if (online && facts.eid_level < 2) reasons.push('eid_level_too_low');
  if (online && facts.eid_locked) reasons.push('eid_locked');
  return reasons;
}

function documents(facts) {
  const wanted = [];
  const { residence_basis: basis, documents_in_database: known } = facts;
  const want = (id) => { if (!known.includes(id)) wanted.push(id); };
  if (facts.channel !== 'online') want('ct01_form');
  if (basis === 'own') want('ownership_proof');
  if (basis === 'rent') want('rental_contract');
  if (basis === 'family' || facts.applicant_age < 18) want('kinship_proof');
  if (basis === 'institution') want('institution_certificate');
  if (PROVEN.has(facts.exempt_group)) want('exemption_proof');
  return wanted;
}

function fee({ channel, exempt_group: group }, asOf) {
  if (asOf < FIRST_CHANGE) {
    if (PROVEN.has(group)) return 0;
    if (group === 'child') return 5000;
    return channel === 'online' ? 7500 : channel === 'in_person' ? 15000 : 18000;
  }
  if (group !== 'none') return 0;
  if (asOf < SECOND_CHANGE) return channel === 'online' ? 10000 : 20000;
  return channel === 'online' ? 5000 : channel === 'in_person' ? 20000 : 22000;
}

function due(asOf) {
  let day = Date.UTC(+asOf.slice(0, 4), +asOf.slice(5, 7) - 1, +asOf.slice(8, 10)) / DAY;
  for (let left = 7; left > 0;) {
    day += 1;
    if ((day + 3) % 7 < 5 && !DAYS_OFF.has(day)) left -= 1;
  }
  return new Date(day * DAY).toISOString().slice(0, 10);
}
