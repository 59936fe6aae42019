// Values of JavaScript as the JSON that the engine reads: numbers as exact text, and what no fact can be by its name.

/** What a value is called in a problem. */
export function describe(value) {
  if (value === null) return 'null';
  switch (typeof value) {
    case 'undefined': return 'undefined';
    case 'string': return JSON.stringify(value.slice(0, 40));
    case 'number':
    case 'boolean': return String(value);
    case 'bigint': return `${value}n`;
    case 'object': return Array.isArray(value) ? 'an array' : `a ${kind(value)}`;
    default: return `a ${typeof value}`;
  }
}

/** A value as JSON text. A `BigInt` is an exact number; `NaN`, a `Date`, a cycle are told as foreign and refused by name. */
export function tell(value, above = []) {
  switch (typeof value) {
    case 'string': return JSON.stringify(value);
    case 'boolean': return String(value);
    case 'number': return Number.isFinite(value) ? String(value) : foreign(String(value));
    case 'bigint': return String(value);
    case 'object': return value === null ? 'null' : nested(value, above);
    default: return foreign(describe(value));
  }
}

function nested(value, above) {
  if (above.includes(value)) return foreign('a cyclic object');
  if (above.length === DEEPEST) return foreign('an object nested too deeply');
  if (!Array.isArray(value) && FOREIGN.has(kind(value))) return foreign(describe(value));
  above.push(value);
  const text = typeof value.toJSON === 'function' ? tell(value.toJSON(), above) : Array.isArray(value) ? list(value, above) : record(value, above);
  above.pop();
  return text;
}

function list(value, above) {
  let text = '';
  for (let at = 0; at < value.length; at += 1) text += (at ? ',' : '') + tell(value[at], above);
  return `[${text}]`;
}

function record(value, above) {
  let text = '';
  for (const key in value) {
    if (value[key] !== undefined) text += `${text ? ',' : ''}${JSON.stringify(key)}:${tell(value[key], above)}`;
  }
  return `{${text}}`;
}

const DEEPEST = 32;
const FOREIGN = new Set(['Date', 'Map', 'Set', 'Promise', 'RegExp', 'ArrayBuffer', 'WeakMap', 'WeakSet']);

function kind(value) {
  return Object.prototype.toString.call(value).slice(8, -1);
}

function foreign(what) {
  return `{"$foreign":${JSON.stringify(what)}}`;
}
