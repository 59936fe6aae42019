// The vectors for hosts that speak JavaScript, in Node and in a browser: reading them, making their calls, comparing.

/** The vectors of a file: `{ id, note, needs, kind, call, expected, refused }`, with the parts in place of their names. */
export function vectorsOf(name, text) {
  const { pack, parts, vectors } = JSON.parse(exactly(text));
  const whole = expander(parts);
  return vectors.map((vector) => {
    const kind = KINDS.find((one) => one in vector);
    const refused = 'refuses' in vector;
    return {
      id: `${name} ${vector.id}`,
      note: vector.note,
      needs: vector.needs ?? [],
      pack,
      kind,
      call: whole(vector[kind]),
      refused,
      expected: whole(refused ? vector.refuses : vector.gives),
    };
  });
}

const KINDS = ['decide', 'verdict', 'check', 'session', 'enforce', 'promise', 'steps', 'levels', 'load'];

function expander(parts) {
  const whole = (value) => {
    if (typeof value === 'string') return value.startsWith('@') && value.slice(1) in parts ? whole(parts[value.slice(1)]) : value;
    if (typeof value !== 'object' || value === null) return value;
    if (Array.isArray(value)) return value.map(whole);
    return Object.fromEntries(Object.entries(value).map(([name, member]) => [name, whole(member)]));
  };
  return whole;
}

/** JSON text in which numbers that no double holds are `{"$number": text}`. */
function exactly(text) {
  return text.replace(/"(?:[^"\\]|\\.)*"|-?\d[\d.eE+-]*/g, (token) => {
    return token.startsWith('"') || String(Number(token)) === token ? token : `{"$number":"${token}"}`;
  });
}

/** A value of a vector as a caller of this host tells it: large integers as `BigInt`, what is foreign as itself. */
export function told(value) {
  if (typeof value !== 'object' || value === null) return value;
  if ('$number' in value) return BigInt(value.$number);
  if ('$foreign' in value) return foreign(value.$foreign);
  if (Array.isArray(value)) {
    const list = value.map(told);
    list.forEach((item, at) => {
      if (item === CYCLE) list[at] = list;
    });
    return list;
  }
  return Object.fromEntries(Object.entries(value).map(([name, member]) => [name, told(member)]));
}

const CYCLE = Symbol('a list that holds itself');

function foreign(what) {
  if (what === 'a cyclic object') return CYCLE;
  const number = Number(what);
  if (String(number) !== what) throw new Error(`there is no way here to tell ${what}`);
  return number;
}

/** Where a value is not the expected one, or nothing: the same types, the same members, the same order. */
export function difference(expected, found, path = '') {
  const differ = () => `${path || 'the answer'}\n      expected ${JSON.stringify(expected)}\n      found    ${typeof found === 'bigint' ? `${found}n` : JSON.stringify(found)}`;
  if (typeof expected !== 'object' || expected === null) return Object.is(expected, found) ? undefined : differ();
  if (typeof found !== 'object' || found === null || Array.isArray(expected) !== Array.isArray(found)) return differ();
  const [wanted, given] = [Object.keys(expected), Object.keys(found)];
  if (wanted.join() !== given.join()) return differ();
  for (const name of wanted) {
    const of = difference(expected[name], found[name], Array.isArray(expected) ? `${path}[${name}]` : `${path}${path && '.'}${name}`);
    if (of !== undefined) return of;
  }
  return undefined;
}

/** The bytes that a vector loads, of the bytes of its pack. */
export function bytesOf(bundle, { bytes, keep = bundle.length, set = [] }) {
  const made = Uint8Array.from(bytes ?? bundle.slice(0, keep));
  for (const [at, byte] of set) made[at] = byte;
  return made;
}

/** What every host says of a pack. */
export function about({ id, version, hash, jurisdictions }) {
  return { id, version, hash, jurisdictions };
}

/**
 * Runs vectors on a host and returns its closing line and what differs.
 *
 * `host` has a function for each kind of call that it offers, which takes the call and the name of its pack and answers or
 * throws an error with a `problem`; and `has`, a set of what vectors may need. What it lacks is counted by its name.
 */
export async function run(name, vectors, host) {
  const wrong = [];
  const lacking = new Map();
  let equal = 0;
  for (const vector of vectors) {
    const lacks = vector.kind in host ? vector.needs.find((need) => !host.has.has(need)) : vector.kind;
    if (lacks !== undefined) {
      lacking.set(lacks, (lacking.get(lacks) ?? 0) + 1);
      continue;
    }
    const of = await differing(vector, host);
    if (of === undefined) equal += 1;
    else wrong.push(`${vector.id} (${vector.note})\n    ${of}`);
  }
  const without = [...lacking].map(([what, count]) => `${count} ${what}`).join(', ');
  return { line: `vectors: ${equal} equal (${name})${without && `, without a way to: ${without}`}`, equal, wrong };
}

async function differing({ kind, call, pack, expected, refused }, host) {
  let answer;
  try {
    answer = await host[kind](call, pack);
  } catch (error) {
    if (error.problem === undefined) return String(error.stack ?? error);
    return refused ? difference(expected, error.problem) : `refused: ${JSON.stringify(error.problem)}`;
  }
  return refused ? `a refusal was expected, not ${JSON.stringify(answer)}` : difference(expected, answer);
}

/** The calls of an engine with the interface of `@thutuc/wasm`, which that of `@thutuc/node` is too. */
export function calls(engineOf) {
  const optionsOf = ({ asOf, receivedAt, jurisdiction, lang }) => ({ asOf, receivedAt, jurisdiction, lang });
  return {
    has: new Set(['far-days']),
    decide: (call, pack) => engineOf(pack).decide(call.procedure, told(call.facts), optionsOf(call)),
    verdict: (call, pack) => engineOf(pack).verdict(call.procedure, told(call.facts), optionsOf(call)),
    check: (call, pack) => engineOf(pack).checkFact(call.procedure, call.fact, told(call.value), { jurisdiction: call.jurisdiction, lang: call.lang }),
    session(call, pack) {
      const session = engineOf(pack).session(call.procedure, optionsOf(call));
      const opened = session.changes();
      const steps = call.steps.map((step) => {
        if ('at' in step) session.at(step.at);
        const fits = 'set' in step ? session.set(step.set[0], told(step.set[1])) : !('unset' in step) || session.unset(step.unset);
        return { fits, changes: session.changes() };
      });
      const decision = session.explain(call.lang);
      const missing = decision.missing.map(({ fact, now }) => ({ fact, now }));
      const asked = difference(missing, session.missing()) ?? difference(decision.next, session.next());
      if (asked !== undefined) throw new Error(`the session asks for other facts than its decision: ${asked}`);
      return { opened, steps, verdict: session.verdict(), decision };
    },
  };
}
