// The packs that tests and the benchmark load, built once by the author build.
import { readFileSync, readdirSync } from 'node:fs';
import { join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { check } from '@thutuc/wasm/author';

const root = fileURLToPath(new URL('../../', import.meta.url));

/** The rule files of a folder by their names. */
export function files(folder) {
  const base = join(root, folder);
  const names = readdirSync(base, { recursive: true }).map(String).filter((name) => name.endsWith('.yaml') && !name.endsWith('.cases.yaml'));
  return Object.fromEntries(names.map((name) => [relative('.', name), readFileSync(join(base, name), 'utf8')]));
}

/** The bundle of a folder of rule files. */
export async function bundle(folder) {
  const checked = await check(files(folder));
  if (!checked.bundle) throw new Error(JSON.stringify(checked.diagnostics.filter((one) => one.severity === 'error'), null, 1));
  return checked.bundle;
}

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
