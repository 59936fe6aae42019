// The page of a case: its receipt and the state of its deadline. The secret stays in the fragment, which no server sees.
import type { Decision } from '@thutuc/wasm';
import { html, nothing, type PropertyDeclarations, type PropertyValues, type TemplateResult } from 'lit';
import { money, weekday } from '../../form/format.js';
import { Page } from '../page.js';

/** A case as its page shows it. */
interface Case {
  number: string;
  procedure: { code: string; name: string };
  authority: string | null;
  receivedAt: string;
  pack: Decision['pack'];
  fee: number | null;
  documents: Array<{ id: string; name: string }>;
  dueOn: string | null;
  state: 'on_time' | 'due_soon' | 'late' | 'answered';
  answeredOn: string | null;
  apology: { text: string; citations: Array<{ text: string; confidence: string }> } | null;
}

class ReceiptPage extends Page {
  static override properties: PropertyDeclarations = { number: { attribute: false }, found: { state: true }, failure: { state: true } };
  declare number: string;
  declare private found: Case | undefined;
  declare private failure: 'unknown' | 'offline' | undefined;

  override willUpdate(changed: PropertyValues): void {
    if ((changed.has('number') || changed.has('lang')) && this.number && location.hash.length > 1) void this.open(this.number, location.hash.slice(1));
  }

  private async open(number: string, secret: string): Promise<void> {
    try {
      const response = await fetch(`/api/cases/${encodeURIComponent(number)}`, { headers: { authorization: `Bearer ${secret}`, 'accept-language': this.language } });
      this.failure = response.ok ? undefined : 'unknown';
      this.found = response.ok ? ((await response.json()) as Case) : undefined;
    } catch {
      this.failure = 'offline';
    }
  }

  private seek = (event: Event): void => {
    event.preventDefault();
    const given = new FormData(event.target as HTMLFormElement);
    const text = (name: string) => String(given.get(name) ?? '').trim();
    if (!text('number') || !text('secret')) return;
    history.replaceState(null, '', `/ho-so/${encodeURIComponent(text('number'))}#${encodeURIComponent(text('secret'))}`);
    void this.open(text('number'), text('secret'));
  };

  override render(): TemplateResult {
    const { say, found } = this;
    if (found === undefined) {
      return html`<h1 tabindex="-1">${say.findCase}</h1><p class="lead">${say.findCaseWhy}</p>
        ${this.failure ? html`<p class="failure" role="alert">${this.failure === 'unknown' ? say.noSuchCase : say.loadFailed}</p>` : nothing}
        <form class="seek" @submit=${this.seek}>
          <label>${say.caseNumber}<input name="number" autocomplete="off" required .value=${this.number ?? ''} /></label>
          <label>${say.secret}<input name="secret" autocomplete="off" required /></label>
          <button type="submit">${say.open}</button>
        </form>`;
    }
    return this.receipt(found);
  }

  private receipt(found: Case): TemplateResult {
    const { say, language } = this;
    const line = (label: string, value: unknown) => html`<div><dt>${label}</dt><dd>${value}</dd></div>`;
    const received = `${found.receivedAt.slice(11, 16)} ${weekday(found.receivedAt.slice(0, 10), language)}`;
    return html`<div class="head"><h1 tabindex="-1">${say.receipt}</h1></div>
      <article class="receipt">
        <p class="state ${found.state}" role="status">${say.states[found.state]}</p>
        ${found.apology ? html`<p class="apology">${found.apology.text}<span class="quiet">${found.apology.citations.map((one) => one.text).join('; ')}</span></p>` : nothing}
        <dl>
          ${line(say.caseNumber, html`<b class="number">${found.number}</b>`)}
          ${line(say.procedure, html`${found.procedure.name} <span class="quiet">${found.procedure.code}</span>${found.authority ? html`<br />${found.authority}` : nothing}`)}
          ${line(say.receivedAt, received)}
          ${line(say.due, html`<b>${found.dueOn ? weekday(found.dueOn, language) : '–'}</b>`)}
          ${line(say.fee, found.fee === null ? '–' : money(found.fee, language))}
          ${line(say.papers, found.documents.length > 0 ? html`<ul>${found.documents.map((one) => html`<li>${one.name}</li>`)}</ul>` : say.noPapers)}
          ${line(say.decidedWith, html`${found.pack.id} ${found.pack.version} <code>${found.pack.hash.slice(0, 12)}</code>`)}
        </dl>
        <p class="secret"><b>${say.secret}:</b> <code>${decodeURIComponent(location.hash.slice(1))}</code><br />${say.secretWhy}</p>
        <button type="button" class="print" @click=${() => print()}>${say.print}</button>
      </article>`;
  }
}

customElements.define('thutuc-receipt', ReceiptPage);
