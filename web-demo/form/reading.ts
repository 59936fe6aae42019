// What a person types, read as the value of a fact, or a word on how to write it.
import type { Fact, FactValue, Lang } from '@thutuc/wasm';
import { words } from './words.js';

export type Read = { value: FactValue } | { mistake: string };

/** Text as people paste it: odd spaces become plain ones, diacritics are composed. */
export function clean(text: string): string {
  return text.normalize('NFC').replace(/[\u200B-\u200D\u2060\uFEFF]/g, '').replace(/\s+/g, ' ').trim();
}

/** Reads a typed text as the value of a fact. An empty text is no answer. */
export function read(fact: Fact, typed: string, lang: Lang): Read {
  const text = clean(typed);
  if (text === '') return { value: undefined };
  switch (fact.type) {
    case 'number': return readNumber(fact, text, lang);
    case 'text': return fact.personalId ? readPersonalId(text, lang) : { value: text };
    default: return { value: text };
  }
}

/** A personal identification number, which people write in groups. */
function readPersonalId(text: string, lang: Lang): Read {
  const digits = text.replace(/[ .\-]/g, '');
  return /^\d{12}$/.test(digits) ? { value: digits } : { mistake: words(lang).notAPersonalId(digits.replace(/\D/g, '').length, /\D/.test(digits)) };
}

/** A number as exact text: `12,5`, `12.5`, `1.200.000`, `1 200 000` are all read. */
function readNumber(fact: Extract<Fact, { type: 'number' }>, text: string, lang: Lang): Read {
  const plain = text.replace(/(?<=\d) (?=\d{3}(\D|$))/g, '').replace(/^[+]/, '');
  const [group, point] = lang === 'vi' ? ['.', ','] : [',', '.'];
  const grouped = new RegExp(`^-?\\d{1,3}(\\${group}\\d{3})+(\\${point}\\d+)?$`);
  const exact = grouped.test(plain) ? plain.replaceAll(group, '').replace(point, '.') : plain.replace(',', '.');
  if (/^-?\d+(\.\d+)?$/.test(exact)) return { value: exact };
  return { mistake: words(lang).notANumber(text, fact.decimals === 0 ? '12' : lang === 'vi' ? '12,5' : '12.5') };
}

/** A day from its parts. All empty is no answer. */
export function readDay(parts: { day: string; month: string; year: string }, lang: Lang): Read {
  const [day, month, year] = [clean(parts.day), clean(parts.month), clean(parts.year)];
  const say = words(lang);
  if (day === '' && month === '' && year === '') return { value: undefined };
  const absent = [[day, say.day], [month, say.month], [year, say.year]].filter(([part]) => part === '').map(([, name]) => name as string);
  if (absent.length > 0) return { mistake: say.dayNeeds(absent) };
  if (![day, month, year].every((part) => /^\d+$/.test(part))) return { mistake: say.dayInDigits };
  if (year.length !== 4) return { mistake: say.yearOfFourDigits(year) };
  const [d, m, y] = [Number(day), Number(month), Number(year)];
  if (m < 1 || m > 12) return { mistake: say.noSuchMonth(month) };
  const last = new Date(Date.UTC(y, m, 0)).getUTCDate();
  if (d < 1 || d > last) return { mistake: say.noSuchDay(d, m, y, last) };
  return { value: `${year}-${String(m).padStart(2, '0')}-${String(d).padStart(2, '0')}` };
}

/** The parts of a pasted day: `1/5/1990`, `01-05-1990`, `1990-05-01`, `ngày 1 tháng 5 năm 1990`. */
export function partsOfDay(pasted: string): { day: string; month: string; year: string } | null {
  const [first, second, third, ...more] = clean(pasted).match(/\d+/g) ?? [];
  if (first === undefined || second === undefined || third === undefined || more.length > 0) return null;
  return first.length === 4 ? { year: first, month: second, day: third } : { day: first, month: second, year: third };
}
