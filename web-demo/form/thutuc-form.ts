// <thutuc-form procedure="1.004222">: a procedure as a form, with the decision beside it.
import type { Decision, Engine, Fact, FactValue, Facts, Lang } from '@thutuc/wasm';
import { LitElement, html, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { repeat } from 'lit/directives/repeat.js';
import { keepDraft, readDraft } from './draft.js';
import { engineOf, freshEngine, shippedPack } from './engines.js';
import { field, type Typing } from './field.js';
import { answer, day, money } from './format.js';
import { Interview, type Standing } from './interview.js';
import { momentOf } from './moment.js';
import { compare, type Comparison } from './panel/compare.js';
import { panel } from './panel/panel.js';
import type { Part, Scene } from './panel/scene.js';
import { style } from './style.js';
import { handIn, promised, type Objection, type Promised } from './submission.js';
import { words, type Words } from './words.js';

/** What happens to a submission. */
type Sending = { state: 'idle' } | { state: 'sending' } | { state: 'offline' } | { state: 'refused'; objection: Objection };

/**
 * The form of a procedure. Everything it asks and says of the law comes from the pack.
 *
 * @fires thutuc-decision after every change, with the decision, the facts that matter and the promise
 * @fires thutuc-submitted when the backend took the case, with its number and secret
 * @fires thutuc-objected when it did not, with the problem document
 */
export class ThutucForm extends LitElement {
  static override styles = style;
  static override properties = {
    procedure: {},
    lang: { reflect: true },
    mode: {},
    asOf: { attribute: 'as-of' },
    receivedAt: { attribute: 'received-at' },
    compareTo: { attribute: 'compare-to' },
    jurisdiction: {},
    pack: {},
    action: {},
    omit: {},
    rules: {},
    draft: { type: Boolean },
    profile: { attribute: false },
    failure: { state: true },
    editing: { state: true },
    demand: { state: true },
    sending: { state: true },
    standing: { state: true },
  };

  /** The code of the procedure. */
  declare procedure: string;
  /** One question at a time, or the whole form. */
  declare mode: 'one' | 'all';
  /** The day the law is read; today if there is none. */
  declare asOf: string | undefined;
  declare receivedAt: string | undefined;
  /** Another day, whose law is compared. */
  declare compareTo: string | undefined;
  declare jurisdiction: string | undefined;
  /** The address of the bundle; the one beside this script if there is none. */
  declare pack: string | undefined;
  /** Where submissions go; without it there is no button. */
  declare action: string | undefined;
  /** Facts that are not offered, by their names or by groups (`case.`), with spaces between. */
  declare omit: string | undefined;
  /** The address of a rule, with `{procedure}` and `{rule}` in it. */
  declare rules: string | undefined;
  /** Remembers what was told on this device. */
  declare draft: boolean;
  /** Facts that are known of the person, as an identity account tells them. */
  declare profile: Facts | undefined;

  declare private failure: string | undefined;
  /** The question the person went back to. */
  declare private editing: string | undefined;
  /** The question that was left without an answer. */
  declare private demand: string | undefined;
  declare private sending: Sending;
  declare private standing: Standing | undefined;

  #engine: Engine | undefined;
  #interview: Interview | undefined;
  #comparison: Comparison | null = null;
  readonly #typing = new Map<string, Typing>();
  readonly #fromProfile = new Set<string>();
  /** What an update has to decide anew: everything, the answers, nothing. */
  #stale: 'all' | 'answers' | 'nothing' = 'all';
  /** What is set aside is not settled yet. */
  #unsettled = false;
  #settling = false;
  #focus = false;
  #keeping: ReturnType<typeof setTimeout> | undefined;
  #attempt = crypto.randomUUID();

  constructor() {
    super();
    this.procedure = '';
    this.mode = 'one';
    this.draft = false;
    this.sending = { state: 'idle' };
  }

  /** The decision on the case as it stands. */
  get decision(): Decision | undefined {
    return this.standing?.decision;
  }

  /** The facts that matter as things stand. */
  get facts(): Facts {
    this.#settle();
    return this.#interview?.relevant() ?? {};
  }

  /** What the form promises: the backend holds the submission to it. */
  get promised(): Promised | undefined {
    return this.decision && promised(this.decision);
  }

  /** The engine, once it is loaded. */
  get engine(): Engine | undefined {
    return this.#engine;
  }

  /** Tells facts; `undefined` takes one back. */
  tell(facts: Facts): void {
    for (const [name, value] of Object.entries(facts)) this.#tell(name, value);
  }

  /** Forgets everything that was told, on this device too. */
  clear(): void {
    for (const name of Object.keys(this.#interview?.everything() ?? {})) this.#interview?.tell(name, undefined);
    this.#typing.clear();
    this.#fromProfile.clear();
    this.editing = undefined;
    this.sending = { state: 'idle' };
    this.#changed();
    this.#keepNow();
  }

  /** Shows a question, and puts the keyboard there. */
  ask(fact: string): void {
    this.editing = fact;
    this.demand = undefined;
    this.#focus = true;
  }

  /** Hands the case in. */
  async submit(): Promise<void> {
    const decision = this.decision;
    if (!this.action || decision === undefined || this.sending.state === 'sending') return;
    this.sending = { state: 'sending' };
    const place = this.jurisdiction ? { jurisdiction: this.jurisdiction } : {};
    const submission = { procedure: this.procedure, ...place, facts: this.facts, promised: promised(decision) };
    const answered = await handIn(this.action, submission, this.#attempt, this.#lang);
    if ('taken' in answered) {
      this.clear();
      this.#attempt = crypto.randomUUID();
      this.#tellOut('thutuc-submitted', answered.taken);
      return;
    }
    if ('offline' in answered) {
      this.sending = { state: 'offline' };
      return;
    }
    this.sending = { state: 'refused', objection: answered.objection };
    this.#tellOut('thutuc-objected', answered.objection);
  }

  /** Loads the pack again; what was told stays. */
  async reload(): Promise<void> {
    this.#engine = await freshEngine(this.#packAddress);
    this.sending = { state: 'idle' };
    this.#begin();
  }

  override connectedCallback(): void {
    super.connectedCallback();
    addEventListener('pagehide', this.#keepNow);
    void this.#load();
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    removeEventListener('pagehide', this.#keepNow);
    this.#keepNow();
  }

  override willUpdate(changed: PropertyValues): void {
    if (changed.has('pack') && this.hasUpdated) void this.#load();
    if (['procedure', 'lang', 'jurisdiction'].some((name) => changed.has(name)) && this.#engine) this.#begin(changed.has('procedure'));
    if (['asOf', 'receivedAt'].some((name) => changed.has(name))) this.#stale = 'all';
    if (changed.has('compareTo')) this.#stale = 'all';
    if (changed.has('profile')) this.#prefill();
    if (this.#stale !== 'nothing') this.#decide();
  }

  override updated(): void {
    if (!this.#focus) return;
    this.#focus = false;
    const place = this.editing ?? this.standing?.open[0];
    const asked = place === undefined ? undefined : this.renderRoot.querySelector<HTMLElement>(`[data-fact="${CSS.escape(place)}"]`);
    const target = asked?.querySelector<HTMLElement>('input:checked, input, textarea, button') ?? this.renderRoot.querySelector<HTMLElement>('.done');
    target?.focus({ preventScroll: true });
    (asked ?? target)?.scrollIntoView({ block: 'nearest' });
  }

  override render(): TemplateResult {
    const say = this.#say;
    if (this.failure !== undefined) {
      return html`<div class="notice bad" role="alert"><p>${this.failure}</p>
        <button type="button" class="second" @click=${() => void this.#load()}>${say.again}</button></div>`;
    }
    if (this.standing === undefined) return html`<div class="loading" role="status">${say.loading}</div>`;
    const scene = this.#scene(this.standing);
    return html`<div class="form ${this.mode}">
      <div class="ask">${this.mode === 'all' ? this.#whole() : this.#oneQuestion()}${this.#rest()}</div>
      <section class="panel" id="result" aria-label=${say.result} tabindex="-1">${panel(scene)}${this.#handingIn(scene)}</section>
      ${this.#strip(scene)}
    </div>`;
  }

  get #lang(): Lang {
    return this.lang === 'en' ? 'en' : 'vi';
  }

  get #say(): Words {
    return words(this.#lang);
  }

  get #packAddress(): string {
    return this.pack ? new URL(this.pack, document.baseURI).href : shippedPack;
  }

  async #load(): Promise<void> {
    this.failure = undefined;
    const address = this.#packAddress;
    try {
      const engine = await engineOf(address);
      if (address !== this.#packAddress) return;
      this.#engine = engine;
      this.#begin();
    } catch {
      this.failure = this.#say.notLoaded;
    }
  }

  /** A new interview with what was told in the old one. */
  #begin(another = false): void {
    this.#keepNow();
    const told = another ? {} : this.#interview?.everything() ?? {};
    if (another) {
      this.#fromProfile.clear();
      this.editing = undefined;
    }
    this.#typing.clear();
    try {
      const interview = new Interview(this.#engine!, this.procedure, { ...this.#moment(), lang: this.#lang });
      const before = this.#interview === undefined || another ? this.#kept() : {};
      for (const [name, value] of Object.entries({ ...before, ...told })) interview.tell(name, value);
      this.#interview = interview;
      this.failure = undefined;
      this.#prefill();
    } catch (error) {
      this.#interview = undefined;
      this.standing = undefined;
      this.failure = error instanceof Error ? error.message : String(error);
    }
    this.#stale = 'all';
    this.requestUpdate();
  }

  #kept(): Record<string, FactValue> {
    return this.draft ? readDraft(this.procedure) : {};
  }

  /** Writing a draft takes longer than a key press should. */
  #keepSoon(): void {
    if (this.draft) this.#keeping ??= setTimeout(this.#keepNow, 250);
  }

  #keepNow = (): void => {
    if (this.#keeping === undefined) return;
    clearTimeout(this.#keeping);
    this.#keeping = undefined;
    if (this.#interview) keepDraft(this.#interview.procedure, this.#interview.everything());
  };

  #prefill(): void {
    for (const [name, value] of Object.entries(this.profile ?? {})) {
      if (this.#interview?.fact(name) === undefined || this.#interview.value(name) !== undefined) continue;
      this.#interview.tell(name, value);
      this.#fromProfile.add(name);
    }
    this.#stale = 'all';
  }

  #moment() {
    return momentOf({ asOf: this.asOf, receivedAt: this.receivedAt, jurisdiction: this.jurisdiction });
  }

  #decide(): void {
    const interview = this.#interview;
    if (interview === undefined) return;
    const moment = { ...this.#moment(), lang: this.#lang };
    try {
      const moved = moment.asOf !== interview.moment.asOf || moment.receivedAt !== interview.moment.receivedAt;
      if (moved) interview.at(moment);
      // A key press wants the decision at once; what it sets aside is seen when the page has been drawn.
      this.#unsettled = this.standing !== undefined && this.#stale === 'answers' && !moved;
      this.standing = this.#unsettled ? interview.glance(this.standing!) : interview.stand();
      this.#stale = 'nothing';
      this.#comparison = this.#compared(this.standing.decision);
      this.failure = undefined;
    } catch (error) {
      this.#stale = 'nothing';
      this.failure = error instanceof Error ? error.message : String(error);
      return;
    }
    if (this.#unsettled) this.#settleSoon();
    const { decision } = this.standing;
    const form = this;
    // Listeners may tell more facts: not before this update is done.
    queueMicrotask(() => this.#tellOut('thutuc-decision', { decision, promised: promised(decision), get facts() { return form.facts; } }));
  }

  /** Says which answers matter. */
  #settle(): void {
    if (this.#interview === undefined || (!this.#unsettled && this.#stale === 'nothing')) return;
    this.#unsettled = false;
    const settled = this.#interview.stand();
    // Mostly nothing is set aside: then there is nothing to draw again.
    if (JSON.stringify(settled) !== JSON.stringify(this.standing)) this.standing = settled;
  }

  /** Settles when the page has time for it, once for several key presses. */
  #settleSoon(): void {
    if (this.#settling) return;
    this.#settling = true;
    const settle = () => {
      this.#settling = false;
      this.#settle();
    };
    // Safari knows no idle callbacks.
    if ('requestIdleCallback' in globalThis) requestIdleCallback(settle, { timeout: 200 });
    else setTimeout(settle, 50);
  }

  #compared(decision: Decision): Comparison | null {
    if (!this.compareTo || this.compareTo === decision.asOf) return null;
    const moment = { ...momentOf({ asOf: this.compareTo, jurisdiction: this.jurisdiction }), lang: this.#lang };
    return compare(decision, this.#engine!.decide(this.procedure, this.facts, moment), this.#lang);
  }

  #tell(name: string, value: FactValue): void {
    this.#interview?.tell(name, value);
    this.#fromProfile.delete(name);
    if (this.demand === name) this.demand = undefined;
    this.#changed();
  }

  #changed(): void {
    this.#keepSoon();
    if (this.sending.state === 'offline' || this.sending.state === 'refused') this.sending = { state: 'idle' };
    if (this.#stale === 'nothing') this.#stale = 'answers';
    this.requestUpdate();
  }

  #tellOut(name: string, detail: unknown): void {
    this.dispatchEvent(new CustomEvent(name, { detail, bubbles: true, composed: true }));
  }

  #offered(name: string): boolean {
    const omitted = this.omit?.split(/\s+/).filter(Boolean) ?? [];
    return !omitted.some((one) => one === name || (one.endsWith('.') && name.startsWith(one)));
  }

  /** The question of the moment: the one gone back to, or the next. */
  get #current(): string | undefined {
    if (this.editing !== undefined && this.#interview?.fact(this.editing)) return this.editing;
    return this.standing?.decision.next ?? undefined;
  }

  #field(fact: Fact, large: boolean): TemplateResult {
    const badge = this.#fromProfile.has(fact.name) ? html`<span class="badge">${this.#say.fromProfile}</span>` : nothing;
    const demanded = this.demand === fact.name ? this.#say.required : undefined;
    const problem = this.standing?.decision.problems.find((one) => one.fact === fact.name || one.fact.startsWith(`${fact.name}[`));
    return field(fact, {
      lang: this.#lang,
      id: `f-${fact.name.replaceAll('.', '-')}`,
      value: this.#interview?.value(fact.name),
      typing: this.#typing,
      problem: problem?.message ?? demanded,
      badge,
      large,
      change: (value) => {
        // In a form of one question it stays until the person goes on.
        if (this.mode === 'one') this.editing = fact.name;
        this.#tell(fact.name, value);
      },
    });
  }

  #oneQuestion(): TemplateResult {
    const say = this.#say;
    const name = this.#current;
    const fact = name === undefined ? undefined : this.#interview?.fact(name);
    if (fact === undefined) return this.#allTold();
    const { asked, decision } = this.standing!;
    const before = asked.filter((one) => one !== fact.name);
    const at = asked.includes(fact.name) ? asked.indexOf(fact.name) + 1 : asked.length + 1;
    const most = decision.missing.filter((one) => one.fact !== fact.name && this.#offered(one.fact)).length;
    const share = before.length / Math.max(1, before.length + most + 1);
    return html`<form class="question" novalidate @submit=${this.#goOn}>
      <p class="count">${say.question(at, most)}</p>
      <progress max="1" .value=${share} aria-label=${say.progress(before.length)}></progress>
      ${repeat([fact], (one) => one.name, (one) => this.#field(one, true))}
      <div class="steps">
        <button type="submit" class="first">${say.next}</button>
        ${before.length > 0 && asked.indexOf(fact.name) !== 0 ? html`<button type="button" class="plain" @click=${() => this.#goBack(fact.name)}>${say.back}</button>` : nothing}
      </div>
    </form>`;
  }

  #allTold(): TemplateResult {
    const say = this.#say;
    const refused = this.decision?.outcome === 'refuse';
    return html`<div class="question done" tabindex="-1"><p class="asks">${say.allTold}</p>
      <p>${refused ? say.allToldRefused : say.allToldWhy}</p></div>`;
  }

  #goOn = (event: Event): void => {
    event.preventDefault();
    const name = this.#current;
    if (name === undefined) return;
    this.#settle();
    this.demand = undefined;
    const fact = this.#interview?.fact(name);
    const id = `f-${name.replaceAll('.', '-')}`;
    const problem = this.standing?.decision.problems.some((one) => one.fact === name || one.fact.startsWith(`${name}[`));
    const value = this.#interview?.value(name);
    if (value === undefined && fact?.type !== 'set' && !this.#typing.get(id)?.mistake) this.demand = name;
    if (value === undefined && fact?.type === 'set') this.#tell(name, []);
    this.#focus = true;
    if (problem || this.#typing.get(id)?.mistake || this.demand === name) {
      this.editing = name;
      return;
    }
    this.editing = undefined;
  };

  #goBack(from: string): void {
    const { asked } = this.standing!;
    const at = asked.indexOf(from);
    this.ask(asked[at === -1 ? asked.length - 1 : at - 1] ?? from);
  }

  #whole(): TemplateResult {
    const { asked, open } = this.standing!;
    const shown = this.#interview!.facts.filter((fact) => asked.includes(fact.name) || open.includes(fact.name) || this.editing === fact.name);
    return html`<form class="whole" novalidate aria-label=${this.#say.allQuestions} @submit=${(event: Event) => event.preventDefault()}>
      ${repeat(shown, (fact) => fact.name, (fact) => this.#field(fact, false))}</form>`;
  }

  /** The answers, what is set aside, and what may be told further. */
  #rest(): TemplateResult {
    const say = this.#say;
    const { asked, aside } = this.standing!;
    const given = asked.filter((name) => name !== this.#current);
    const further = this.#interview!.facts.filter((fact) => fact.hasDefault && fact.name !== this.#interview!.documentsFact && this.#offered(fact.name));
    const line = (name: string) => {
      const fact = this.#interview!.fact(name);
      const label = fact?.label ?? name;
      return html`<div><dt>${label} ${this.#fromProfile.has(name) ? html`<span class="badge">${say.fromProfile}</span>` : nothing}</dt>
        <dd>${answer(fact, this.#interview!.value(name), this.#lang)}
          <button type="button" class="plain" aria-label=${say.changeOf(label)} @click=${() => this.ask(name)}>${say.change}</button></dd></div>`;
    };
    return html`
      ${this.mode === 'one' && given.length > 0 ? html`<section class="answers" aria-labelledby="answers"><h2 id="answers">${say.answers}</h2>
        <dl>${repeat(given, (name) => name, line)}</dl></section>` : nothing}
      ${further.length > 0 ? html`<details class="further"><summary>${say.further}</summary>${further.map((fact) => this.#field(fact, false))}</details>` : nothing}
      ${aside.length > 0 ? html`<details class="aside"><summary>${say.aside} (${aside.length})</summary><p class="quiet">${say.asideWhy}</p>
        <dl>${aside.map((name) => html`<div><dt>${this.#interview!.fact(name)?.label ?? name}</dt><dd>${answer(this.#interview!.fact(name), this.#interview!.value(name), this.#lang)}</dd></div>`)}</dl></details>` : nothing}`;
  }

  #scene(standing: Standing): Scene {
    const interview = this.#interview!;
    const documents = interview.documentsFact;
    const handed = documents === null ? [] : interview.value(documents);
    const handedIn = Array.isArray(handed) ? handed.map(String) : [];
    return {
      decision: standing.decision,
      lang: this.#lang,
      say: this.#say,
      against: this.#comparison,
      handedIn,
      takesPapers: documents !== null,
      fact: (name) => interview.fact(name),
      answered: (name) => standing.asked.includes(name),
      edit: (name) => this.ask(name),
      handIn: (id, on) => this.#tell(documents!, on ? [...handedIn, id] : handedIn.filter((other) => other !== id)),
      rule: (part: Part, id, procedure = this.procedure) => this.rules?.replace('{procedure}', procedure).replace('{rule}', `${part}.${id}`) ?? null,
    };
  }

  #handingIn(scene: Scene): TemplateResult | typeof nothing {
    if (!this.action || this.asOf) return nothing;
    const say = this.#say;
    const { decision } = scene;
    const { sending } = this;
    const lacking = decision.documents.filter((one) => one.status === 'required').length;
    const ready = decision.outcome === 'accept' && (lacking === 0 || !scene.takesPapers);
    return html`<div class="handing-in">
      ${sending.state === 'offline' ? html`<div class="notice bad" role="alert"><p>${say.notSent}</p></div>` : nothing}
      ${sending.state === 'refused' ? this.#objection(sending.objection) : nothing}
      <button type="button" class="first wide" ?disabled=${!ready || sending.state === 'sending'} @click=${() => void this.submit()}>
        ${sending.state === 'sending' ? say.submitting : say.submit}</button>
      <p class="quiet">${decision.outcome === 'accept' && lacking > 0 && scene.takesPapers ? say.submitNeedsPapers(lacking) : say.submitNote}</p>
    </div>`;
  }

  #objection(objection: Objection): TemplateResult {
    const say = this.#say;
    const stale = objection.differences?.some((one) => one.part === 'packHash');
    const differs = objection.code === 'submission-differs';
    return html`<div class="notice bad" role="alert">
      <p><b>${objection.title || say.notTaken}</b></p><p>${objection.detail}</p>
      ${differs ? html`<p>${stale ? say.stale : say.differs}</p><button type="button" class="second" @click=${() => void this.reload()}>${say.refresh}</button>` : nothing}
    </div>`;
  }

  /** The result in one line, where there is no room beside the question. */
  #strip(scene: Scene): TemplateResult {
    const { decision, say, lang } = scene;
    const fee = decision.fees.total;
    const due = decision.deadline?.dueOn;
    return html`<a class="strip ${decision.outcome}" part="strip" href="#result" @click=${this.#toResult}>
      <b>${say.outcome[decision.outcome]}</b>
      <span>${fee === null ? '…' : fee === 0 ? say.free : money(fee, lang)}</span>${due ? html`<span>${day(due, lang)}</span>` : nothing}</a>`;
  }

  #toResult = (event: Event): void => {
    event.preventDefault();
    const result = this.renderRoot.querySelector<HTMLElement>('#result');
    result?.scrollIntoView({ block: 'start' });
    result?.focus({ preventScroll: true });
  };
}

customElements.define('thutuc-form', ThutucForm);

declare global {
  interface HTMLElementTagNameMap {
    'thutuc-form': ThutucForm;
  }
}
