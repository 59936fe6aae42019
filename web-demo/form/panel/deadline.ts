// The day the answer is due, on a small calendar with the days that do not count.
import type { Decision } from '@thutuc/wasm';
import { html, nothing, type TemplateResult } from 'lit';
import { day, weekday, weekdayOf } from '../format.js';
import { changed, gone, source, type Scene } from './scene.js';

type Deadline = NonNullable<Decision['deadline']>;

/** More months than this are not drawn: the due day is told in words. */
const MOST_MONTHS = 3;

export function deadline(scene: Scene): TemplateResult {
  const { say, lang, decision } = scene;
  const due = decision.deadline;
  return html`<section class="part" aria-labelledby="deadline">
    <h2 id="deadline">${say.deadline}</h2>
    ${due === null ? html`<p class="lead">${say.noDeadline}</p>` : html`
      <p class="figure" data-due=${due.dueOn ?? nothing}>${due.dueOn ? weekday(due.dueOn, lang) : html`<span class="open">${say.dueOpen}</span>`}</p>
      ${due.status === 'provisional' ? html`<p class="lead">${say.provisional}</p>` : nothing}
      ${due.message ? html`<p class="lead">${due.message}</p>` : nothing}
      ${due.period ? html`<p class="quiet">${due.period}${due.startsOn ? html` · ${say.startsOn(weekday(due.startsOn, lang))}` : nothing}</p>` : nothing}
      ${changed(scene, 'deadline.period')}
      ${calendar(scene, due)}
      ${due.skipped.length > 0 ? html`<p class="quiet skipped">${say.notCounted}: ${runs(due, scene).map((run, at) => html`${at > 0 ? '; ' : nothing}${run}`)}</p>` : nothing}
      ${due.id ? source(scene, 'deadline', due.id, due.citations) : nothing}`}
    ${gone(scene, 'deadline')}
  </section>`;
}

/** Days off one after another for one reason are told together. */
function runs(due: Deadline, scene: Scene): TemplateResult[] {
  const runs: Array<{ from: string; until: string; reason: string }> = [];
  for (const { date, reason } of due.skipped) {
    const last = runs.at(-1);
    if (last && last.reason === reason && following(last.until) === date) last.until = date;
    else runs.push({ from: date, until: date, reason });
  }
  const short = (iso: string) => (scene.lang === 'vi' ? day(iso, 'vi').slice(0, 5) : day(iso, 'en').replace(/ \d{4}$/, ''));
  return runs.map(({ from, until, reason }) => html`${from === until ? short(from) : scene.say.range(short(from), short(until))} (${reason})`);
}

function following(iso: string): string {
  return new Date(Date.parse(`${iso}T00:00:00Z`) + 86_400_000).toISOString().slice(0, 10);
}

function calendar(scene: Scene, due: Deadline): TemplateResult | typeof nothing {
  if (!due.startsOn || !due.dueOn) return nothing;
  const months: string[] = [];
  for (let month = due.startsOn.slice(0, 7); month <= due.dueOn.slice(0, 7); month = following(lastOf(month)).slice(0, 7)) months.push(month);
  if (months.length > MOST_MONTHS) return nothing;
  return html`<div class="calendar">${months.map((month) => drawn(scene, due, month))}</div>`;
}

function lastOf(month: string): string {
  const [year = 0, of = 1] = month.split('-').map(Number);
  return `${month}-${new Date(Date.UTC(year, of, 0)).getUTCDate()}`;
}

function drawn(scene: Scene, due: Deadline, month: string): TemplateResult {
  const { say } = scene;
  const last = Number(lastOf(month).slice(8));
  const days = Array.from({ length: last }, (_, at) => `${month}-${String(at + 1).padStart(2, '0')}`);
  const cells: Array<string | null> = [...Array.from({ length: weekdayOf(`${month}-01`) }, () => null), ...days];
  while (cells.length % 7 !== 0) cells.push(null);
  const weeks = Array.from({ length: cells.length / 7 }, (_, at) => cells.slice(at * 7, at * 7 + 7));
  const reasons = new Map(due.skipped.map(({ date, reason }) => [date, reason]));
  const [year = 0, of = 1] = month.split('-').map(Number);
  const cell = (iso: string | null) => {
    if (iso === null) return html`<td></td>`;
    const reason = reasons.get(iso);
    const within = due.startsOn! <= iso && iso <= due.dueOn!;
    const kind = iso === due.dueOn ? 'due' : reason !== undefined ? 'off' : within ? 'counts' : '';
    const spoken = iso === due.dueOn ? say.dayDue : iso === due.startsOn ? say.dayStart : reason !== undefined ? `${say.daySkipped}: ${reason}` : '';
    return html`<td class="${kind} ${iso === due.startsOn ? 'start' : ''}" title=${spoken || nothing}>${Number(iso.slice(8))}${spoken ? html`<span class="unseen">, ${spoken}</span>` : nothing}</td>`;
  };
  return html`<table class="month">
    <caption>${say.calendarOf(say.months[of - 1] ?? '', year)}</caption>
    <thead><tr>${say.weekdaysShort.map((name) => html`<th scope="col">${name}</th>`)}</tr></thead>
    <tbody>${weeks.map((week) => html`<tr>${week.map(cell)}</tr>`)}</tbody>
  </table>`;
}
