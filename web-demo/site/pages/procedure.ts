// A procedure: its form, and the law of other days.
import type { Engine, Facts, Outline, Procedure } from '@thutuc/wasm';
import { html, nothing, type PropertyDeclarations, type PropertyValues, type TemplateResult } from 'lit';
import { day } from '../../form/format.js';
import { now } from '../../form/moment.js';
import { Page, keep, kept } from '../page.js';

interface Profile {
  id: string;
  name: string;
  about: { vi: string; en: string };
  facts: Facts;
}

/** Facts that an office tells while it handles a case, not the person who files it. */
const OFFICE = 'case. birth.needs_verification marriage.needs_verification criminal_record.complex certification.complex';

class ProcedurePage extends Page {
  static override properties: PropertyDeclarations = {
    engine: { attribute: false }, code: { attribute: false }, on: { state: true }, mode: { state: true }, place: { state: true },
    profiles: { state: true }, profile: { state: true }, cleared: { state: true },
  };
  declare engine: Engine;
  declare code: string;
  /** The day whose law is read; undefined: today. */
  declare private on: string | undefined;
  declare private mode: 'one' | 'all';
  declare private place: string;
  declare private profiles: Profile[];
  declare private profile: Profile | undefined;
  declare private cleared: boolean;

  constructor() {
    super();
    this.mode = kept('mode') === 'all' ? 'all' : 'one';
    this.place = '';
    this.profiles = [];
    this.cleared = false;
  }

  override connectedCallback(): void {
    super.connectedCallback();
    fetch('/profiles.json').then((response) => response.json()).then((profiles: Profile[]) => { this.profiles = profiles; }, () => {
      // Offline before the samples were kept: the form works without them.
    });
  }

  override willUpdate(changed: PropertyValues): void {
    if (!changed.has('code')) return;
    this.on = undefined;
    this.place = '';
  }

  override render(): TemplateResult {
    const { say, language } = this;
    const about = this.engine.procedures({ lang: language }).find((one) => one.code === this.code) as Procedure;
    const where = this.place ? { jurisdiction: this.place } : {};
    const outline = this.engine.outline(this.code, { ...where, lang: language });
    const today = now().asOf;
    const read = this.on ?? today;
    const authority = outline.authorities.find((one) => (one.from ?? '') <= read && (one.until === null || read <= one.until));
    return html`<div class="head">
        <p class="path"><a href="/">${say.home}</a> <span aria-hidden="true">/</span> ${say.fields[about.field] ?? about.field}</p>
        <h1 tabindex="-1">${about.name}</h1>
        ${about.summary ? html`<p class="lead">${about.summary}</p>` : nothing}
        <p class="about">${say.code} ${about.code}${authority ? html` · ${authority.name}` : nothing} · ${say.online[about.onlineService] ?? about.onlineService} · <a href="/quy-tac/${about.code}">${say.seeRules}</a></p>
      </div>
      ${this.tools(about)}
      ${this.slider(outline, today)}
      <thutuc-form lang=${language} procedure=${this.code} mode=${this.mode} draft action="/api/submissions" omit=${OFFICE}
        rules="/quy-tac/{procedure}#{rule}" jurisdiction=${this.place || nothing} as-of=${this.on ?? nothing} compare-to=${this.on ? today : nothing}
        .profile=${this.profile?.facts} @thutuc-decision=${() => { this.cleared = false; }}></thutuc-form>
      <div class="tools after"><span class="does"><button type="button" @click=${() => print()}>${say.print}</button>
        <button type="button" @click=${this.clear}>${say.clear}</button></span>
        <p class="quiet" role="status">${this.cleared ? say.cleared : say.kept}</p></div>
      ${about.notes.length > 0 ? html`<section class="notes"><h2>${say.notes}</h2><ul>${about.notes.map((note) => html`<li>${note}</li>`)}</ul></section>` : nothing}`;
  }

  private tools(about: Procedure): TemplateResult {
    const { say, language } = this;
    const mode = (value: 'one' | 'all', label: string) => html`<label><input type="radio" name="mode" .checked=${this.mode === value}
      @change=${() => { this.mode = value; keep('mode', value); }} /><span>${label}</span></label>`;
    return html`<div class="tools">
      <fieldset class="switch"><legend class="unseen">${say.mode}</legend>${mode('one', say.modeOne)}${mode('all', say.modeAll)}</fieldset>
      <label class="pick"><span>${say.prefill}</span><select @change=${(event: Event) => this.fill((event.target as HTMLSelectElement).value)}>
        <option value="">${say.prefillNone}</option>
        ${this.profiles.map((one) => html`<option value=${one.id} ?selected=${this.profile?.id === one.id}>${one.name} (${one.about[language]})</option>`)}
      </select></label>
      ${about.jurisdictions.length > 0 ? html`<label class="pick"><span>${say.place}</span>
        <select @change=${(event: Event) => { this.place = (event.target as HTMLSelectElement).value; }}>
          <option value="">${say.everywhere}</option>
          ${about.jurisdictions.map((id) => html`<option value=${id} ?selected=${this.place === id}>${say.places[id] ?? id}</option>`)}
        </select></label>` : nothing}
    </div>`;
  }

  private fill(id: string): void {
    this.profile = this.profiles.find((one) => one.id === id);
  }

  private clear = async (): Promise<void> => {
    this.profile = undefined;
    const form = this.querySelector('thutuc-form');
    form?.clear();
    await form?.updateComplete;
    // After the decision that follows, so that the word stays.
    setTimeout(() => { this.cleared = true; });
  };

  private slider(outline: Outline, today: string): TemplateResult {
    const { say, language } = this;
    const days = [...new Set([...outline.changes, today])].sort();
    const shown = this.on ?? today;
    const words = (iso: string) => (iso === today ? say.today(day(iso, language)) : day(iso, language));
    const at = Math.max(0, days.findLastIndex((one) => one <= shown));
    const move = (iso: string | undefined) => { this.on = iso === today || !iso ? undefined : iso; };
    return html`<details class="time" ?open=${this.on !== undefined}><summary>${say.time}${this.on ? html`: <b>${words(this.on)}</b>` : nothing}</summary>
      <p class="quiet">${say.timeWhy}</p>
      <div class="slide">
        <input type="range" min="0" max=${days.length - 1} step="1" .value=${String(at)} list="days" aria-label=${say.timeDay} aria-valuetext=${words(shown)}
          @input=${(event: Event) => move(days[Number((event.target as HTMLInputElement).value)])} />
        <datalist id="days">${days.map((_, index) => html`<option value=${index}></option>`)}</datalist>
        <label class="pick"><span>${say.timeDay}</span><input type="date" min=${days[0] ?? nothing} .value=${shown}
          @change=${(event: Event) => move((event.target as HTMLInputElement).value)} /></label>
        <button type="button" ?disabled=${this.on === undefined} @click=${() => move(undefined)}>${say.backToToday}</button>
      </div></details>`;
  }
}

customElements.define('thutuc-procedure', ProcedurePage);
