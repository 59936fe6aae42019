// Choosing a procedure.
import type { Engine, Procedure } from '@thutuc/wasm';
import { html, nothing, type PropertyDeclarations, type TemplateResult } from 'lit';
import { fold } from '../../form/format.js';
import { clean } from '../../form/reading.js';
import { Page } from '../page.js';

class Home extends Page {
  static override properties: PropertyDeclarations = { engine: { attribute: false }, sought: { state: true } };
  declare engine: Engine;
  declare private sought: string;

  constructor() {
    super();
    this.sought = '';
  }

  override render(): TemplateResult {
    const { say } = this;
    const found = this.found();
    return html`<div class="hero"><h1 tabindex="-1">${say.hero}</h1><p>${say.heroWhy}</p></div>
      <search class="search"><label for="sought">${say.search}</label>
        <input id="sought" type="search" autocomplete="off" .value=${this.sought} aria-describedby="hint count"
          @input=${(event: Event) => { this.sought = (event.target as HTMLInputElement).value; }} />
        <p id="hint" class="quiet">${say.searchHint}</p></search>
      <p id="count" class="unseen" role="status">${this.sought ? say.found(found.length) : nothing}</p>
      ${found.length === 0 ? html`<p>${say.found(0)}</p>` : nothing}
      <h2 class="unseen">${say.title}</h2>
      <ul class="cards">${found.map((one) => this.card(one))}</ul>
      <p class="private">${say.private}</p>`;
  }

  private card(one: Procedure): TemplateResult {
    return html`<li><a class="card" href="/thu-tuc/${one.code}"><span class="about">${this.say.fields[one.field] ?? one.field}</span><b>${one.name}</b>
      ${one.summary ? html`<span>${one.summary}</span>` : nothing}
      <span class="about foot">${one.code} · ${this.say.online[one.onlineService] ?? one.onlineService}</span></a></li>`;
  }

  /** The procedures that have every word in their name, summary or code, in either language, diacritics aside. */
  private found(): Procedure[] {
    const sought = fold(clean(this.sought)).split(' ').filter(Boolean);
    const shown = this.engine.procedures({ lang: this.language });
    const other = new Map(this.engine.procedures({ lang: this.language === 'vi' ? 'en' : 'vi' }).map((one) => [one.code, one]));
    const hay = (one: Procedure) => fold(`${one.code} ${one.name} ${one.summary ?? ''} ${other.get(one.code)?.name ?? ''} ${other.get(one.code)?.summary ?? ''}`);
    const phrase = sought.join(' ');
    const names = (one: Procedure) => [one.name, other.get(one.code)?.name ?? ''].map(fold);
    // A name that is what was typed stands before one that has it, that before one that only has its words.
    const rank = (one: Procedure) => (names(one).some((name) => name === phrase) ? 0 : names(one).some((name) => name.includes(phrase)) ? 1 : 2);
    const found = shown.filter((one) => sought.every((word) => hay(one).includes(word)));
    return phrase === '' ? found : found.sort((a, b) => rank(a) - rank(b));
  }
}

customElements.define('thutuc-home', Home);
