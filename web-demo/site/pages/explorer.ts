// Every rule of a procedure, with its article, its days and how sure it is.
import { html, nothing, type PropertyDeclarations, type PropertyValues, type TemplateResult } from 'lit';
import { day } from '../../form/format.js';
import { now } from '../../form/moment.js';
import { Page } from '../page.js';

interface Ground {
  from: string | null;
  until: string | null;
  citations: string[];
  confidence: string;
  note: string | null;
}

/** An element of a rule file; which members it has depends on its part. */
interface Rule extends Ground {
  id: string;
  name?: string;
  label?: string | null;
  message?: string;
  when?: string | null;
  require?: string | null;
  level?: number | null;
  amount?: string | null;
  times?: string | null;
  unknown?: string | null;
  value?: string | null;
  reuse?: string | null;
  period?: string | null;
  clock?: string;
  jurisdiction?: string;
  /** Of a step of a linked service. */
  procedure?: string | null;
  after?: string[];
  facts?: Array<[string, string]>;
  covered?: Array<[string, string]>;
  limit?: Array<Ground & { id: string; period: string | null; unknown: string | null; when: string | null }>;
  table?: { inputs: string[]; outputs: string[]; rows: Array<Ground & { id: string | null; tests: string[]; outputs: string[] }> } | null;
  reductions?: Array<Ground & { id: string; name: string; when: string | null; to: string | null; percent: string | null; off: string | null }>;
}

interface Listing {
  code: string;
  name: string;
  parts: Record<string, Rule[]>;
}

class Explorer extends Page {
  static override properties: PropertyDeclarations = { code: { attribute: false }, listing: { state: true }, failed: { state: true }, on: { state: true }, all: { state: true } };
  declare code: string;
  declare private listing: Listing | undefined;
  declare private failed: boolean;
  declare private on: string;
  declare private all: boolean;

  constructor() {
    super();
    this.failed = false;
    this.on = now().asOf;
    this.all = false;
  }

  override connectedCallback(): void {
    super.connectedCallback();
    addEventListener('hashchange', this.show);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    removeEventListener('hashchange', this.show);
  }

  override willUpdate(changed: PropertyValues): void {
    if (changed.has('code') || changed.has('lang')) void this.load();
  }

  private async load(): Promise<void> {
    const address = `/rules/${this.code}.${this.language}.json`;
    try {
      const response = await fetch(address);
      if (!response.ok) throw new Error(String(response.status));
      this.listing = (await response.json()) as Listing;
      this.failed = false;
      await this.updateComplete;
      this.show();
    } catch {
      this.failed = true;
    }
  }

  /** The rule that the address names; if it is not of the day, the others are shown too. */
  private show = async (): Promise<void> => {
    const id = decodeURIComponent(location.hash.slice(1));
    if (id === '' || this.listing === undefined) return;
    // A row of a table stands in its fee.
    const found = () => this.querySelector<HTMLElement>(`[id="${CSS.escape(id)}"]`) ?? this.querySelector<HTMLElement>(`[id="${CSS.escape(id.split('.').slice(0, 2).join('.'))}"]`);
    if (found() === null) {
      this.all = true;
      await this.updateComplete;
    }
    for (const shown of this.querySelectorAll('.sought')) shown.classList.remove('sought');
    const rule = found();
    rule?.classList.add('sought');
    rule?.scrollIntoView({ block: 'center' });
    rule?.focus({ preventScroll: true });
  };

  override render(): TemplateResult {
    const { say, listing } = this;
    if (this.failed) return html`<h1 tabindex="-1">${say.rules}</h1><p class="failure" role="alert">${say.loadFailed}</p>`;
    if (listing === undefined) return html`<h1 tabindex="-1">${say.rules}</h1><div class="loading"></div>`;
    return html`<div class="head"><p class="path"><a href="/">${say.home}</a> <span aria-hidden="true">/</span> <a href="/thu-tuc/${listing.code}">${listing.name}</a></p>
        <h1 tabindex="-1">${say.rules}: ${listing.name}</h1><p class="lead">${say.rulesWhy}</p></div>
      <div class="tools">
        <label class="pick"><span>${say.inForceOn}</span><input type="date" .value=${this.on} @change=${(event: Event) => { this.on = (event.target as HTMLInputElement).value || now().asOf; }} /></label>
        <label class="tick"><input type="checkbox" .checked=${this.all} @change=${(event: Event) => { this.all = (event.target as HTMLInputElement).checked; }} /><span>${say.allVersions}</span></label>
        <a class="does" href="/thu-tuc/${listing.code}">${say.toForm}</a>
      </div>
      ${Object.entries(listing.parts).map(([part, rules]) => this.partOf(part, rules))}`;
  }

  private partOf(part: string, rules: Rule[]): TemplateResult | typeof nothing {
    const shown = rules.filter((rule) => this.all || this.holds(rule));
    if (shown.length === 0) return nothing;
    // Of the versions of a rule the one in force has its anchor.
    const named = (id: string) => shown.find((other) => other.id === id && this.holds(other)) ?? shown.find((other) => other.id === id);
    return html`<section class="rules" aria-labelledby="part-${part}"><h2 id="part-${part}">${this.say.parts[part] ?? part}</h2>
      ${shown.map((rule) => this.rule(part, rule, named(rule.id) === rule))}</section>`;
  }

  private holds(ground: Ground): boolean {
    return (ground.from ?? '') <= this.on && (ground.until === null || this.on <= ground.until);
  }

  /** `named`: this version has the anchor of the rule. */
  private rule(part: string, rule: Rule, named: boolean): TemplateResult {
    const { say } = this;
    const holds = this.holds(rule);
    const line = (label: string, code: string | null | undefined) => (code ? html`<div><dt>${label}</dt><dd><code>${code.replace(/\s+/g, ' ')}</code></dd></div>` : nothing);
    return html`<article class="rule-of ${holds ? '' : 'past'}" id=${named ? `${part}.${rule.id}` : nothing} tabindex=${named ? '-1' : nothing} data-rule=${rule.id}>
      <h3>${rule.name && rule.name !== rule.id ? rule.name : rule.label ?? rule.message ?? rule.id} ${rule.jurisdiction ? html`<span class="badge">${say.places[rule.jurisdiction] ?? rule.jurisdiction}</span>` : nothing}</h3>
      ${this.ground(rule, rule.id)}
      <dl>${line(say.when, rule.when)}${line(say.require, rule.require)}${line(say.require, rule.level ? say.level(rule.level) : null)}${line(say.amount, rule.amount)}
        ${line(say.times, rule.times)}${line(say.reuse, rule.reuse)}${line(say.value, rule.value)}
        ${rule.period ? html`<div><dt>${say.period}</dt><dd>${rule.period}${rule.clock ? html` · ${say.clock[rule.clock] ?? rule.clock}` : nothing}</dd></div>` : nothing}
        ${rule.unknown ? html`<div><dt>${say.unknown}</dt><dd>${rule.unknown}</dd></div>` : nothing}</dl>
      ${part === 'linked' ? this.step(rule) : nothing}
      ${rule.table ? this.table(part, rule) : nothing}
      ${rule.reductions?.map((one) => html`<div class="within ${this.holds(one) ? '' : 'past'}"><h4>${say.reduction}: ${one.name}</h4>${this.ground(one, one.id)}
        <dl>${line(say.when, one.when)}${line(say.to, one.to)}${line(say.percent, one.percent)}${line(say.off, one.off)}</dl></div>`)}
    </article>`;
  }

  /** What a step of a linked service carries out, after which, and what its procedure need not ask for. */
  private step(rule: Rule): TemplateResult {
    const { say } = this;
    const limits = (rule.limit ?? []).filter((one) => this.all || this.holds(one));
    return html`<dl>${rule.procedure ? html`<div><dt>${say.carriesOut}</dt><dd><a href="/quy-tac/${rule.procedure}">${rule.procedure}</a></dd></div>` : nothing}
      ${rule.after?.length ? html`<div><dt>${say.after}</dt><dd>${rule.after.join(', ')}</dd></div>` : nothing}
      ${rule.facts?.map(([name, value]) => html`<div><dt><code>${name}</code></dt><dd><code>${value}</code></dd></div>`)}
      ${rule.covered?.map(([element, by]) => html`<div><dt><code>${element}</code></dt><dd>${say.coveredBy} <code>${by}</code></dd></div>`)}
      ${limits.map((one) => html`<div><dt>${say.limit}</dt><dd>${one.period ?? one.unknown}${one.when ? html` (<code>${one.when}</code>)` : nothing}</dd></div>`)}</dl>`;
  }

  private table(part: string, rule: Rule): TemplateResult {
    const table = rule.table!;
    return html`<div class="scroll" tabindex="0" role="group" aria-label=${rule.name ?? rule.id}><table><thead><tr><th scope="col">${this.say.row}</th>
        ${table.inputs.map((name) => html`<th scope="col"><code>${name}</code></th>`)}${table.outputs.map((name) => html`<th scope="col">${name}</th>`)}
        <th scope="col">${this.say.inForceOn}</th></tr></thead>
      <tbody>${table.rows.map((row) => html`<tr id=${row.id ? `${part}.${rule.id}.${row.id}` : nothing} class=${this.holds(row) ? '' : 'past'} tabindex="-1">
        <td>${row.id ?? ''}</td>${row.tests.map((test) => html`<td><code>${test}</code></td>`)}${row.outputs.map((output) => html`<td><code>${output}</code></td>`)}
        <td>${this.days(row)} · ${row.citations.join('; ')}</td></tr>`)}</tbody></table></div>`;
  }

  private ground(ground: Ground, id: string): TemplateResult {
    const { say } = this;
    return html`<p class="ground"><code>${id}</code> · ${this.days(ground)}${this.holds(ground) ? nothing : html` · ${say.notInForce}`}${ground.citations.length > 0 ? html` · ${ground.citations.join('; ')}` : nothing}
      <span class="badge ${ground.confidence}">${say.confidence[ground.confidence] ?? ground.confidence}</span></p>
      ${ground.note ? html`<p class="quiet" lang="vi">${ground.note}</p>` : nothing}`;
  }

  private days({ from, until }: Ground): string {
    const { say, language } = this;
    const parts = [from ? say.from(day(from, language)) : '', until ? say.until(day(until, language)) : ''].filter(Boolean);
    return parts.length > 0 ? parts.join(' ') : say.always;
  }
}

customElements.define('thutuc-explorer', Explorer);
