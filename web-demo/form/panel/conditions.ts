// Eligibility and identity: each condition with its sentence, its answers, its article.
import type { Condition } from '@thutuc/wasm';
import { html, nothing, type TemplateResult } from 'lit';
import { because, changed, gone, source, type Part, type Scene } from './scene.js';

const SIGNS = { met: '✓', unmet: '✕', undetermined: '?', not_applicable: '–' } as const;

export function conditions(scene: Scene): TemplateResult {
  const all = scene.decision.eligibility.conditions;
  const waiting = all.filter((one) => one.status === 'undetermined').length;
  const allMet = scene.decision.eligibility.status === 'met';
  return html`<section class="part" aria-labelledby="conditions">
    <h2 id="conditions">${scene.say.conditions}</h2>
    ${waiting > 0 ? html`<p class="quiet lead">${scene.say.waiting(waiting)}</p>` : allMet ? html`<p class="lead">${scene.say.allMet}</p>` : nothing}
    ${lines(scene, 'eligibility', all)}${gone(scene, 'eligibility')}
  </section>`;
}

export function identity(scene: Scene): TemplateResult {
  const { requiredLevel, checks, status } = scene.decision.identity;
  const { say } = scene;
  const needed = checks.some((one) => one.status === 'met' || one.status === 'unmet');
  const open = checks.some((one) => one.status === 'undetermined');
  const level = requiredLevel ? say.level(requiredLevel) : open ? say.levelOpen : needed ? '' : say.noLevel;
  return html`<section class="part" aria-labelledby="identity">
    <h2 id="identity">${say.identity}</h2>
    ${level ? html`<p class="lead">${level} ${status === 'met' && requiredLevel ? say.levelMet : nothing}</p>` : nothing}
    ${lines(scene, 'identity', checks)}${gone(scene, 'identity')}
  </section>`;
}

/** What is not met stands first and open; what is met is folded away. */
function lines(scene: Scene, part: Part, all: readonly Condition[]): TemplateResult {
  const unmet = all.filter((one) => one.status === 'unmet');
  const rest = all.filter((one) => one.status === 'met' || one.status === 'not_applicable');
  const differ = (one: Condition) => scene.against?.changes.has(`${part}.${one.id}`) ?? false;
  const shown = [...unmet, ...rest.filter(differ)];
  const folded = rest.filter((one) => !differ(one));
  return html`
    ${shown.length > 0 ? html`<ul class="lines">${shown.map((one) => line(scene, part, one))}</ul>` : nothing}
    ${folded.length > 0 ? html`<details class="folded"><summary>${shown.length > 0 ? scene.say.othersApply(folded.length) : scene.say.seeAll(folded.length)}</summary>
      <ul class="lines">${folded.map((one) => line(scene, part, one))}</ul></details>` : nothing}`;
}

function line(scene: Scene, part: Part, one: Condition): TemplateResult {
  const status = scene.say.status[one.status];
  return html`<li class="line ${one.status}">
    <span class="sign" aria-hidden="true">${SIGNS[one.status]}</span>
    <div>
      ${one.status === 'unmet' ? html`<p class="message">${one.message}</p>` : html`<p class="quiet"><b>${status}</b> ${one.id}</p>`}
      ${changed(scene, `${part}.${one.id}`)}
      ${one.wanted ? html`<p class="wanted">→ ${one.wanted}</p>` : nothing}
      ${because(scene, one.because)}
      ${source(scene, part, one.id, one.citations)}
    </div>
  </li>`;
}
