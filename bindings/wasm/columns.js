// Cases of the reference workload as columns, for tests and benchmarks.

const LISTS = {
  channel: ['online', 'in_person', 'post'],
  residence_basis: ['own', 'rent', 'family', 'institution'],
  exempt_group: ['none', 'child', 'elderly', 'poor', 'disabled', 'merit'],
};
const DOCUMENTS = ['ct01_form', 'ownership_proof', 'rental_contract', 'kinship_proof', 'institution_certificate', 'exemption_proof'];

/** The columns of cases, narrow; areas are tenths. */
export function columnsOf(cases) {
  const facts = {};
  for (const [name, list] of Object.entries(LISTS)) facts[name] = Uint8Array.from(cases, (one) => list.indexOf(one.facts[name]));
  for (const name of ['applicant_age', 'owner_consent', 'minor_with_parent', 'eid_level', 'eid_locked']) facts[name] = Uint8Array.from(cases, (one) => Number(one.facts[name]));
  facts.documents_in_database = Uint8Array.from(cases, (one) => one.facts.documents_in_database.reduce((mask, name) => mask | (1 << DOCUMENTS.indexOf(name)), 0));
  facts.floor_area_per_person = { cells: Int32Array.from(cases, (one) => Math.round(one.facts.floor_area_per_person * 10)), scale: 1 };
  return { facts, asOf: Int32Array.from(cases, (one) => Date.parse(one.asOf) / 86_400_000) };
}
