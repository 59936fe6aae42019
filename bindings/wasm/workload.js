// Cases of the reference workload, for tests and benchmarks of every host that runs JavaScript.

/** The first cases of the reference workload, from splitmix64 as in the core's tests. */
export function workload(count, seed = 42n) {
  const CHANNELS = ['online', 'in_person', 'post'];
  const BASES = ['own', 'rent', 'family', 'institution'];
  const GROUPS = ['none', 'child', 'elderly', 'poor', 'disabled', 'merit'];
  const DOCUMENTS = ['ct01_form', 'ownership_proof', 'rental_contract', 'kinship_proof', 'institution_certificate', 'exemption_proof'];
  let state = seed;
  const draw = () => {
    state = BigInt.asUintN(64, state + 0x9E3779B97F4A7C15n);
    let mixed = BigInt.asUintN(64, (state ^ (state >> 30n)) * 0xBF58476D1CE4E5B9n);
    mixed = BigInt.asUintN(64, (mixed ^ (mixed >> 27n)) * 0x94D049BB133111EBn);
    return mixed ^ (mixed >> 31n);
  };
  const below = (n) => Number(draw() % BigInt(n));
  return Array.from({ length: count }, () => {
    const channel = CHANNELS[below(3)];
    const asOf = new Date((19236 + below(1218)) * 86400000).toISOString().slice(0, 10);
    const facts = {
      channel,
      applicant_age: below(90),
      residence_basis: BASES[below(4)],
      floor_area_per_person: (40 + below(200)) / 10,
      owner_consent: below(4) !== 0,
      minor_with_parent: below(4) !== 0,
      eid_level: Math.min(below(5), 2),
      eid_locked: below(10) === 0,
      exempt_group: GROUPS[Math.max(below(10) - 4, 0)],
      documents_in_database: [],
    };
    const mask = below(64);
    facts.documents_in_database = DOCUMENTS.filter((_, bit) => (mask >> bit) & 1);
    return { asOf, facts };
  });
}
