// What every part of the picture of a decision needs.
import type { Citation, Decision, Fact, FactValue, KnownFact, Lang } from '@thutuc/wasm';
import { html, nothing, type TemplateResult } from 'lit';
import { answer, day } from '../format.js';
import type { Words } from '../words.js';
import type { Comparison } from './compare.js';

/** A part of a procedure, as anchors of rules name it. */
export type Part = 'eligibility' | 'identity' | 'documents' | 'fees' | 'deadline' | 'parameters';

/** A decision and what is done from it. */
export interface Scene {
  decision: Decision;
  lang: Lang;
  say: Words;
  /** The decision under the law of another day, where it is compared. */
  against: Comparison | null;
  /** Ids of documents the person hands in. */
  handedIn: readonly string[];
  /** Whether papers can be ticked. */
  takesPapers: boolean;
  fact(name: string): Fact | undefined;
  /** Whether the person may change this answer. */
  answered(name: string): boolean;
  edit(name: string): void;
  handIn(id: string, on: boolean): void;
  /** The address of a rule; null: there is no explorer. */
  rule(part: Part, id: string, procedure?: string): string | null;
}

/** A link to the rule that made a line. */
export function ruleLink(scene: Scene, part: Part, id: string): TemplateResult | typeof nothing {
  // What a step of a linked service brings stands in the file of its procedure, without the id of the step.
  const step = scene.decision.linked?.find((one) => one.procedure !== null && id.startsWith(`${one.id}_`));
  const address = step ? scene.rule(part, id.slice(step.id.length + 1), step.procedure!) : scene.rule(part, id);
  if (address === null) return nothing;
  return html`<a class="rule" href=${address} aria-label=${scene.say.ruleOf(id)}>${scene.say.rule}</a>`;
}

/** Citations in words, marked where they were not read. */
export function citations(scene: Scene, all: readonly Citation[]): TemplateResult | typeof nothing {
  const each = all.filter((citation, at) => all.findIndex((other) => other.text === citation.text) === at);
  if (each.length === 0) return nothing;
  const one = (citation: Citation) => {
    const doubt = scene.say.confidence[citation.confidence];
    return html`<span class="citation" title=${citation.title}>${citation.text}${doubt ? html` <em class="doubt">${doubt}</em>` : nothing}</span>`;
  };
  return html`<span class="citations">${each.map((citation, at) => html`${at > 0 ? '; ' : nothing}${one(citation)}`)}</span>`;
}

/** Source and rule under a line. */
export function source(scene: Scene, part: Part, id: string, all: readonly Citation[]): TemplateResult {
  return html`<p class="source">${citations(scene, all)} ${ruleLink(scene, part, id)}</p>`;
}

/** The answers that made a line, each with a way to change it. */
export function because(scene: Scene, facts: readonly KnownFact[]): TemplateResult | typeof nothing {
  if (facts.length === 0) return nothing;
  const one = ({ fact: name, value }: KnownFact) => {
    const fact = scene.fact(name);
    const label = fact?.label ?? name;
    return html`<li><span>${label} <b>${answer(fact, value as FactValue, scene.lang)}</b></span>
      ${scene.answered(name) ? html`<button type="button" class="plain" aria-label=${scene.say.fix(label)} @click=${() => scene.edit(name)}>${scene.say.change}</button>` : nothing}
    </li>`;
  };
  return html`<ul class="because" aria-label=${scene.say.because}>${facts.map(one)}</ul>`;
}

/** The mark of a line that is not as it was, with what it was. */
export function changed(scene: Scene, key: string): TemplateResult | typeof nothing {
  const before = scene.against?.changes.get(key);
  if (before === undefined || scene.against === null) return nothing;
  return html`<span class="changed" title=${scene.say.changedSince(day(scene.against.on, scene.lang))}>${before === null ? scene.say.newLine : scene.say.before(before)}</span>`;
}

/** Lines that only the other day's law has. */
export function gone(scene: Scene, part: Part): TemplateResult | typeof nothing {
  const lines = scene.against?.gone.filter((line) => line.part === part) ?? [];
  if (lines.length === 0 || scene.against === null) return nothing;
  const on = day(scene.against.on, scene.lang);
  return html`<ul class="gone" aria-label=${scene.say.gone(on)}>${lines.map((line) => html`<li><del>${line.name}</del> <span class="changed">${scene.say.gone(on)}</span></li>`)}</ul>`;
}

