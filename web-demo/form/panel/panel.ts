// The picture of a decision: outcome first, then what to do about it.
import { html, nothing, type TemplateResult } from 'lit';
import { day } from '../format.js';
import { conditions, identity } from './conditions.js';
import { deadline } from './deadline.js';
import { fees } from './fees.js';
import { linked } from './linked.js';
import { papers } from './papers.js';
import { changed, citations, type Scene } from './scene.js';

export function panel(scene: Scene): TemplateResult {
  const { decision, say } = scene;
  return html`${outcome(scene)}
    ${decision.gaps.length > 0 ? gaps(scene) : nothing}
    ${conditions(scene)}${papers(scene)}${fees(scene)}${deadline(scene)}${linked(scene)}${identity(scene)}
    <p class="law">${say.law(day(decision.asOf, scene.lang))} · ${decision.pack.id} ${decision.pack.version} <code>${decision.pack.hash.slice(0, 12)}</code></p>`;
}

function outcome(scene: Scene): TemplateResult {
  const { decision, say } = scene;
  const unmet = [...decision.eligibility.conditions, ...decision.identity.checks].filter((one) => one.status === 'unmet').length;
  const why = decision.outcome === 'refuse' ? say.outcomeWhy.refuse(unmet) : decision.outcome === 'ask' ? say.outcomeWhy.ask(decision.missing.length) : say.outcomeWhy.accept;
  return html`<div class="outcome ${decision.outcome}" data-outcome=${decision.outcome}>
    <span class="seal" aria-hidden="true">${decision.outcome === 'accept' ? '✓' : decision.outcome === 'refuse' ? '✕' : '?'}</span>
    <div role="status"><p class="verdict">${say.outcome[decision.outcome]}</p><p>${why}</p></div>
    ${changed(scene, 'outcome')}
  </div>`;
}

function gaps(scene: Scene): TemplateResult {
  return html`<section class="part" aria-labelledby="gaps"><h2 id="gaps">${scene.say.gaps}</h2>
    <ul class="lines">${scene.decision.gaps.map((gap) => html`<li class="line undetermined"><span class="sign" aria-hidden="true">?</span>
      <div><p class="message">${gap.message}</p><p class="source">${citations(scene, gap.citations)}</p></div></li>`)}</ul></section>`;
}
