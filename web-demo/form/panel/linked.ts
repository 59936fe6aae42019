// The steps of a linked service: what each needs, and the days they end one after another.
import type { Decision } from '@thutuc/wasm';
import { html, nothing, type TemplateResult } from 'lit';
import { weekday } from '../format.js';
import { citations, type Scene } from './scene.js';

type Step = NonNullable<Decision['linked']>[number];

const SIGNS: Record<Step['outcome'], string> = { accept: '✓', refuse: '✕', ask: '?', not_started: '∅', not_applicable: '–' };
const CLASSES: Record<Step['outcome'], string> = { accept: 'met', refuse: 'unmet', ask: 'undetermined', not_started: 'unmet', not_applicable: 'idle' };

export function linked(scene: Scene): TemplateResult | typeof nothing {
  const steps = scene.decision.linked ?? [];
  if (steps.length === 0) return nothing;
  return html`<section class="part linked" aria-labelledby="linked">
    <h2 id="linked">${scene.say.linked}</h2>
    <ol class="chain">${chain(steps, undefined).map(({ step, depth }) => drawn(scene, step, depth))}</ol>
  </section>`;
}

/** Each step under the first that it waits for. */
function chain(steps: readonly Step[], under: string | undefined, depth = 0): Array<{ step: Step; depth: number }> {
  return steps.filter((step) => step.after[0] === under).flatMap((step) => [{ step, depth }, ...chain(steps, step.id, depth + 1)]);
}

function drawn(scene: Scene, step: Step, depth: number): TemplateResult {
  const { say, lang, decision } = scene;
  const { limit } = step;
  const names = step.after.map((id) => decision.linked?.find((one) => one.id === id)?.name ?? id);
  const papers = step.documents.map((id) => decision.documents.find((one) => one.id === id)?.name ?? id);
  const at = limit?.dueAt ? `${limit.dueAt.slice(11, 16)} ` : '';
  return html`<li class="line ${CLASSES[step.outcome]}" data-step=${step.id} data-outcome=${step.outcome} data-due=${limit?.dueOn ?? nothing} style="--depth: ${depth}">
    <span class="sign" aria-hidden="true">${SIGNS[step.outcome]}</span>
    <div>
      <p class="name"><b>${step.name}</b>${step.authority ? html` <span class="kind">${step.authority}</span>` : nothing}</p>
      ${step.outcome === 'accept' ? nothing : html`<p class="quiet">${say.linkedOutcome[step.outcome]}</p>`}
      ${limit?.dueOn ? html`<p class="until">${at}${weekday(limit.dueOn, lang)}${limit.period ? html` <span class="kind">${limit.period}</span>` : nothing}</p>` : nothing}
      ${limit?.message ? html`<p class="quiet">${limit.message}</p>` : nothing}
      ${step.message ? html`<p class="message">${step.message}</p>` : nothing}
      ${step.outcome !== 'not_applicable' && names.length > 0 ? html`<p class="quiet">${say.linkedAfter(names.join(', '))}</p>` : nothing}
      ${step.outcome !== 'not_applicable' && papers.length > 0 ? html`<p class="quiet">${say.linkedPapers}: ${papers.join('; ')}</p>` : nothing}
      <p class="source">${citations(scene, step.citations)}</p>
    </div>
  </li>`;
}
