// Money, days and answers as people read them.
import type { Fact, FactValue, Lang } from '@thutuc/wasm';
import { words } from './words.js';

/** `10.000 đ`, `10,000 VND`. */
export function money(dong: number, lang: Lang): string {
  const digits = String(Math.trunc(dong)).replace(/\B(?=(\d{3})+$)/g, lang === 'vi' ? '.' : ',');
  return lang === 'vi' ? `${digits}\u00A0đ` : `${digits}\u00A0VND`;
}

/** An exact number in the way of the language. */
export function number(exact: string, lang: Lang): string {
  const [whole = '', fraction] = exact.split('.');
  const grouped = whole.replace(/\B(?=(\d{3})+$)/g, lang === 'vi' ? '.' : ',');
  return fraction === undefined ? grouped : `${grouped}${lang === 'vi' ? ',' : '.'}${fraction}`;
}

/** `02/12/2026`, `2 Dec 2026`. */
export function day(iso: string, lang: Lang): string {
  const [year = '', month = '', date = ''] = iso.slice(0, 10).split('-');
  return lang === 'vi' ? `${date}/${month}/${year}` : `${Number(date)} ${words(lang).months[Number(month) - 1]?.slice(0, 3)} ${year}`;
}

/** `thứ Tư 02/12/2026`. */
export function weekday(iso: string, lang: Lang): string {
  return `${words(lang).weekdays[weekdayOf(iso)]} ${day(iso, lang)}`;
}

/** Monday is 0. */
export function weekdayOf(iso: string): number {
  return (new Date(`${iso}T00:00:00Z`).getUTCDay() + 6) % 7;
}

/** An answer in words. */
export function answer(fact: Fact | undefined, value: FactValue, lang: Lang): string {
  const say = words(lang);
  if (value === null) return say.none;
  if (typeof value === 'boolean') return value ? say.yes : say.no;
  const values = fact?.type === 'enum' || fact?.type === 'set' ? fact.values : [];
  const label = (code: string) => values.find(([known]) => known === code)?.[1] ?? code;
  if (Array.isArray(value)) {
    if (value.length === 0) return say.noneOfThese;
    if (fact?.type === 'list') return say.entries(value.length);
    return value.map((one) => label(String(one))).join('; ');
  }
  if (typeof value === 'object') return JSON.stringify(value);
  const text = String(value ?? '');
  switch (fact?.type) {
    case 'enum': return label(text);
    case 'date': return day(text, lang);
    case 'number': return number(text, lang) + (fact.unit ? ` ${unit(fact.unit)}` : '');
    default: return text;
  }
}

/** A unit as it is written. */
export function unit(code: string): string {
  return code.replace(/m2$/, 'm²').replace(/m3$/, 'm³');
}

/** Folded for searching: no diacritics, lower case. */
export function fold(text: string): string {
  return text.normalize('NFD').replace(/\p{M}/gu, '').replace(/[đĐ]/g, 'd').toLowerCase();
}
