// One fact as a field: generated from what the pack says of it.
import type { Fact, FactValue, Lang } from '@thutuc/wasm';
import { html, nothing, type TemplateResult } from 'lit';
import { live } from 'lit/directives/live.js';
import { repeat } from 'lit/directives/repeat.js';
import { unit } from './format.js';
import { clean, partsOfDay, read, readDay } from './reading.js';
import { words } from './words.js';

/** What stands in a field, which may not be an answer yet. */
export interface Typing {
  text?: string;
  day?: { day: string; month: string; year: string };
  /** How to write it, while it cannot be read. */
  mistake?: string;
}

/** A field's surroundings. */
export interface FieldPlace {
  lang: Lang;
  /** The id its control has; unique in the form. */
  id: string;
  value: FactValue;
  typing: Map<string, Typing>;
  /** What the rules say against the answer. */
  problem?: string | undefined;
  /** Shown beside the question. */
  badge?: TemplateResult | typeof nothing;
  /** The label is the heading of the page's question. */
  large?: boolean;
  change(value: FactValue): void;
}

/** A fact as a field with its question, help and what is wrong with it. */
export function field(fact: Fact, at: FieldPlace): TemplateResult {
  const mistake = at.typing.get(at.id)?.mistake ?? at.problem;
  const described = [fact.help ? `${at.id}-help` : '', mistake ? `${at.id}-mistake` : ''].filter(Boolean).join(' ') || nothing;
  const notes = html`
    ${fact.help ? html`<p class="help" id="${at.id}-help">${fact.help}</p>` : nothing}
    <p class="mistake" id="${at.id}-mistake" role="alert">${mistake ?? nothing}</p>`;
  const size = at.large ? 'large' : '';
  if (single(fact)) {
    return html`<div class="field ${size} ${mistake ? 'wrong' : ''}" data-fact=${fact.name}>
      <label class="asks" for=${at.id}>${fact.label} ${at.badge ?? nothing}</label>${notes}
      ${oneControl(fact, at, described, mistake !== undefined)}${emptying(fact, at)}
    </div>`;
  }
  return html`<fieldset class="field ${size} ${mistake ? 'wrong' : ''}" data-fact=${fact.name} aria-describedby=${described}>
    <legend class="asks">${fact.label} ${at.badge ?? nothing}</legend>${notes}
    ${groupControl(fact, at)}${emptying(fact, at)}
  </fieldset>`;
}

/** Whether a fact has one control, which its label names. */
function single(fact: Fact): boolean {
  return ['number', 'text', 'time', 'datetime', 'texts'].includes(fact.type);
}

function oneControl(fact: Fact, at: FieldPlace, described: string | typeof nothing, wrong: boolean): TemplateResult {
  const typed = at.typing.get(at.id)?.text ?? shown(at.value);
  const hear = (event: Event) => hearText(fact, at, (event.target as HTMLInputElement).value);
  /** Leaving the field tells what is still wrong with it. */
  const leave = (event: Event) => {
    const text = (event.target as HTMLInputElement).value;
    const got = read(fact, text, at.lang);
    if (!('mistake' in got)) return;
    at.typing.set(at.id, { text, mistake: got.mistake });
    at.change(undefined);
  };
  const invalid = wrong ? 'true' : nothing;
  if (fact.type === 'texts') {
    return html`<p class="help">${words(at.lang).itemsOnLines}</p>
      <textarea id=${at.id} rows="3" aria-describedby=${described} .value=${live(typed)} @input=${hear}></textarea>`;
  }
  const kind = fact.type === 'time' ? 'time' : fact.type === 'datetime' ? 'datetime-local' : 'text';
  const digits = fact.type === 'number' ? (fact.decimals === 0 ? 'numeric' : 'decimal') : isPersonalId(fact) ? 'numeric' : 'text';
  const width = fact.type === 'number' ? 'short' : isPersonalId(fact) ? 'medium' : '';
  return html`<span class="control ${width}">
    <input id=${at.id} type=${kind} inputmode=${digits} autocomplete="off" spellcheck="false" aria-describedby=${described}
      aria-invalid=${invalid} .value=${live(typed)} @input=${hear} @change=${leave} />
    ${fact.type === 'number' && fact.unit ? html`<span class="unit">${unit(fact.unit)}</span>` : nothing}
  </span>`;
}

function isPersonalId(fact: Fact): boolean {
  return fact.type === 'text' && fact.personalId;
}

function hearText(fact: Fact, at: FieldPlace, typed: string): void {
  if (fact.type === 'texts') {
    const items = typed.split('\n').map(clean).filter(Boolean);
    at.typing.set(at.id, { text: typed });
    return at.change(items.length > 0 ? items : undefined);
  }
  const got = read(fact, typed, at.lang);
  // While a long number is being typed it is not wrong yet.
  const early = isPersonalId(fact) && /^[\d .-]*$/.test(typed) && clean(typed).replace(/\D/g, '').length < 12;
  at.typing.set(at.id, 'mistake' in got && !early ? { text: typed, mistake: got.mistake } : { text: typed });
  at.change('value' in got ? got.value : undefined);
}

function shown(value: FactValue): string {
  if (Array.isArray(value)) return value.join('\n');
  return value === undefined || value === null ? '' : String(value);
}

function groupControl(fact: Fact, at: FieldPlace): TemplateResult {
  switch (fact.type) {
    case 'boolean': return yesOrNo(at);
    case 'enum': return choice(fact.values, at);
    case 'set': return choices(fact.values, at);
    case 'date': return day(at);
    case 'list': return records(fact, at);
    default: return html``;
  }
}

function yesOrNo(at: FieldPlace): TemplateResult {
  const say = words(at.lang);
  const option = (truth: boolean, label: string) => html`<label class="option">
    <input type="radio" name=${at.id} .checked=${live(at.value === truth)} @change=${() => at.change(truth)} /><span>${label}</span>
  </label>`;
  return html`<div class="options side">${option(true, say.yes)}${option(false, say.no)}</div>`;
}

function choice(values: ReadonlyArray<readonly [string, string]>, at: FieldPlace): TemplateResult {
  return html`<div class="options">${values.map(([code, label]) => html`<label class="option">
    <input type="radio" name=${at.id} value=${code} .checked=${live(at.value === code)} @change=${() => at.change(code)} /><span>${label}</span>
  </label>`)}</div>`;
}

function choices(values: ReadonlyArray<readonly [string, string]>, at: FieldPlace): TemplateResult {
  const chosen = Array.isArray(at.value) ? at.value.map(String) : [];
  const toggle = (code: string, on: boolean) => at.change(values.map(([known]) => known).filter((known) => (known === code ? on : chosen.includes(known))));
  const box = (code: string, label: string) => html`<label class="option">
    <input type="checkbox" value=${code} .checked=${live(chosen.includes(code))}
      @change=${(event: Event) => toggle(code, (event.target as HTMLInputElement).checked)} /><span>${label}</span>
  </label>`;
  const none = Array.isArray(at.value) && chosen.length === 0;
  return html`<div class="options">${values.map(([code, label]) => box(code, label))}
    <label class="option apart"><input type="checkbox" value="" .checked=${live(none)}
      @change=${(event: Event) => at.change((event.target as HTMLInputElement).checked ? [] : undefined)} /><span>${words(at.lang).noneOfThese}</span></label>
  </div>`;
}

function day(at: FieldPlace): TemplateResult {
  const say = words(at.lang);
  const [year = '', month = '', date = ''] = typeof at.value === 'string' ? at.value.split('-') : [];
  const parts = at.typing.get(at.id)?.day ?? { day: date, month, year };
  const hear = (heard: typeof parts) => {
    const got = readDay(heard, at.lang);
    // While the year is being typed it is not wrong yet.
    const early = 'mistake' in got && (heard.year.length < 4 || heard.day === '' || heard.month === '');
    at.typing.set(at.id, 'mistake' in got && !early ? { day: heard, mistake: got.mistake } : { day: heard });
    at.change('value' in got ? got.value : undefined);
  };
  /** Leaving the field tells what is still wrong with it. */
  const leave = (event: FocusEvent) => {
    const within = event.currentTarget as HTMLElement;
    if (event.relatedTarget instanceof Node && within.contains(event.relatedTarget)) return;
    const now = at.typing.get(at.id)?.day ?? parts;
    const got = readDay(now, at.lang);
    if (!('mistake' in got)) return;
    at.typing.set(at.id, { day: now, mistake: got.mistake });
    at.change(undefined);
  };
  const paste = (event: ClipboardEvent) => {
    const pasted = partsOfDay(event.clipboardData?.getData('text') ?? '');
    if (pasted === null) return;
    event.preventDefault();
    hear(pasted);
  };
  const box = (part: 'day' | 'month' | 'year', label: string, width: string) => html`<label class="piece">
    <span>${label}</span><input class=${width} inputmode="numeric" autocomplete="off" maxlength=${part === 'year' ? 4 : 2} .value=${live(parts[part])}
      id=${part === 'day' ? at.id : `${at.id}-${part}`} aria-invalid=${at.typing.get(at.id)?.mistake ? 'true' : nothing}
      @paste=${paste} @input=${(event: Event) => hear({ ...(at.typing.get(at.id)?.day ?? parts), [part]: (event.target as HTMLInputElement).value })} />
  </label>`;
  return html`<div class="day" @focusout=${leave}>${box('day', say.day, 'two')}${box('month', say.month, 'two')}${box('year', say.year, 'four')}</div>`;
}

type Entry = { [name: string]: FactValue };

function records(fact: Extract<Fact, { type: 'list' }>, at: FieldPlace): TemplateResult {
  const say = words(at.lang);
  const entries = Array.isArray(at.value) ? (at.value as Entry[]) : [];
  const replace = (index: number, entry: Entry) => at.change(entries.map((one, other) => (other === index ? entry : one)));
  const remove = (index: number) => {
    for (const id of [...at.typing.keys()]) if (id.startsWith(`${at.id}-`)) at.typing.delete(id);
    at.change(entries.filter((_, other) => other !== index));
  };
  const entry = (one: Entry, index: number) => html`<fieldset class="entry"><legend>${say.entry(index + 1)}</legend>
    ${fact.fields.map((inner) => field(inner, {
      lang: at.lang,
      id: `${at.id}-${index}-${inner.name}`,
      value: one[inner.name],
      typing: at.typing,
      change: (value) => replace(index, { ...one, [inner.name]: value }),
    }))}
    <button type="button" class="plain" @click=${() => remove(index)}>${say.remove(index + 1)}</button>
  </fieldset>`;
  const full = entries.length >= fact.maxItems;
  return html`<div class="entries">${repeat(entries, (_, index) => index, entry)}
    <button type="button" class="second" ?disabled=${full} @click=${() => at.change([...entries, {}])}>${say.add}</button></div>`;
}

/** The answer that there is none, where that is one. */
function emptying(fact: Fact, at: FieldPlace): TemplateResult | typeof nothing {
  if (!fact.optional) return nothing;
  const hear = (event: Event) => {
    at.typing.delete(at.id);
    at.change((event.target as HTMLInputElement).checked ? null : undefined);
  };
  return html`<label class="option apart"><input type="checkbox" .checked=${live(at.value === null)} @change=${hear} />
    <span>${words(at.lang).leaveEmpty}</span></label>`;
}
