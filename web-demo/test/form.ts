// A person at the form: reads the question, answers it, goes on.
import { readFileSync } from 'node:fs';
import { expect, type Locator, type Page } from '@playwright/test';
import { MOMENT } from './place.js';

export type Facts = Record<string, unknown>;
export interface Journey {
  procedure: string;
  /** What a person types to find it. */
  sought: string;
  facts: Facts;
  fee: number | null;
  dueOn: string | null;
  papers: string[];
}

export const journeys = JSON.parse(readFileSync(new URL('journeys.json', import.meta.url), 'utf8')) as Journey[];
export const journey = (procedure: string): Journey => journeys.find((one) => one.procedure === procedure)!;

/** Opens a page on the day of the tests. */
export async function open(page: Page, path: string, lang: 'vi' | 'en' = 'vi'): Promise<void> {
  await page.clock.setFixedTime(new Date(`${MOMENT}:00+07:00`));
  const [before, hash] = path.split('#');
  await page.goto(`${before}?lang=${lang}${hash === undefined ? '' : `#${hash}`}`);
}

/** Opens a procedure's form and waits for its first question. */
export async function openForm(page: Page, procedure: string, lang: 'vi' | 'en' = 'vi'): Promise<Locator> {
  await open(page, `/thu-tuc/${procedure}`, lang);
  const form = page.locator('thutuc-form');
  await expect(form.locator('.outcome')).toBeVisible();
  return form;
}

/** Tells facts through the form's own interface, for tests of what comes after. */
export async function tell(form: Locator, facts: Facts): Promise<void> {
  await form.evaluate((element, told) => {
    const one = element as unknown as { tell(facts: unknown): void; updateComplete: Promise<boolean> };
    one.tell(told);
    return one.updateComplete;
  }, facts);
}

/** The fact that the form asks for now; null when nothing is left. */
export async function asked(form: Locator): Promise<string | null> {
  const question = form.locator('.question');
  await expect(question).toBeVisible();
  return (await question.locator('.field').count()) === 0 ? null : question.locator('.field').getAttribute('data-fact');
}

/** Fills one field in as a person does. */
export async function fill(field: Locator, value: unknown): Promise<void> {
  if (Array.isArray(value) && value.length === 0) {
    const none = field.locator('input[type=checkbox][value=""]');
    return none.check();
  }
  if (Array.isArray(value)) {
    for (const code of value) await field.locator(`input[value="${String(code)}"]`).check();
    return;
  }
  if (typeof value === 'boolean') return field.locator('input[type=radio]').nth(value ? 0 : 1).check();
  if ((await field.locator(`input[type=radio][value="${String(value)}"]`).count()) > 0) return field.locator(`input[type=radio][value="${String(value)}"]`).check();
  const text = String(value);
  if (/^\d{4}-\d{2}-\d{2}$/.test(text)) {
    const parts = text.split('-').reverse();
    for (const [at, part] of parts.entries()) await field.locator('.day input').nth(at).fill(part);
    return;
  }
  return field.locator('input').first().fill(text);
}

/** Answers every question until none is left; the facts that were asked. */
export async function answerAll(form: Locator, facts: Facts): Promise<string[]> {
  const order: string[] = [];
  for (let name = await asked(form); name !== null; name = await asked(form)) {
    if (order.at(-1) === name || order.length > 40) throw new Error(`asked for ${name} again`);
    if (!(name in facts)) throw new Error(`asked for ${name}, which the journey does not tell`);
    order.push(name);
    await fill(form.locator('.question .field'), facts[name]);
    await form.locator('.question button[type=submit]').click();
    await expect(form.locator(`.question .field[data-fact="${name}"]`)).toHaveCount(0);
  }
  return order;
}

/** Ticks every paper that is asked for; of alternatives the first. */
export async function handInPapers(form: Locator): Promise<void> {
  const open = form.locator('.paper.required');
  for (let left = await open.count(); left > 0; left = await open.count()) {
    await open.first().locator('input[type=checkbox]').first().check();
    await expect(open).toHaveCount(left - 1);
  }
}
