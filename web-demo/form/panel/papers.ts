// The checklist of papers.
import type { Decision } from '@thutuc/wasm';
import { html, nothing, type TemplateResult } from 'lit';
import { live } from 'lit/directives/live.js';
import { changed, gone, source, type Scene } from './scene.js';

type Paper = Decision['documents'][number];

export function papers(scene: Scene): TemplateResult {
  const { say } = scene;
  const asked = scene.decision.documents.filter((one) => one.status !== 'not_required');
  const known = asked.filter((one) => one.status !== 'undetermined');
  const perhaps = asked.filter((one) => one.status === 'undetermined');
  const settled = scene.decision.documents.every((one) => one.status !== 'undetermined');
  return html`<section class="part papers" aria-labelledby="papers">
    <h2 id="papers">${say.documents}</h2>
    ${asked.length === 0 && settled ? html`<p class="lead">${say.noDocument}</p>` : nothing}
    ${known.length > 0 ? html`<ul class="lines">${known.map((one) => paper(scene, one))}</ul>` : nothing}
    ${perhaps.length > 0 ? html`<details class="folded"><summary>${say.perhaps(perhaps.length)}</summary>
      <ul class="lines">${perhaps.map((one) => paper(scene, one))}</ul></details>` : nothing}${gone(scene, 'documents')}
  </section>`;
}

function paper(scene: Scene, one: Paper): TemplateResult {
  const { say } = scene;
  const copies = one.copies as { original: number; copy: number };
  const kind = [say.form[one.form as keyof typeof say.form], say.copies(copies.original, copies.copy)].filter(Boolean).join(', ');
  const wanted = one.status === 'required' || one.status === 'provided';
  return html`<li class="line paper ${one.status}">
    <span class="sign" aria-hidden="true">${one.status === 'reused' ? '↺' : one.status === 'undetermined' ? '?' : one.status === 'provided' ? '☑' : '☐'}</span>
    <div>
      <p class="name">${one.name} ${wanted ? html`<span class="kind">${kind}</span>` : nothing}</p>
      ${changed(scene, `documents.${one.id}`)}
      ${one.status === 'reused' ? html`<p class="quiet">${say.reused(one.reuseSource)}</p>` : nothing}
      ${one.status === 'undetermined' ? html`<p class="quiet">${say.openDocument}</p>` : nothing}
      ${wanted ? alternatives(scene, one) : nothing}
      ${source(scene, 'documents', one.id, one.citations)}
    </div>
  </li>`;
}

/** The ticks with which a person says what she hands in. */
function alternatives(scene: Scene, one: Paper): TemplateResult {
  const { say } = scene;
  if (one.anyOf.length === 0) return scene.takesPapers ? tick(scene, one.id, say.have, say.haveThis(one.name)) : html``;
  return html`<p class="quiet">${say.oneOf}</p><ul class="alternatives">${one.anyOf.map((paper) => html`<li>
    ${scene.takesPapers ? tick(scene, paper.id, paper.name, say.haveThis(paper.name)) : paper.name}</li>`)}</ul>`;
}

function tick(scene: Scene, id: string, label: string, spoken: string): TemplateResult {
  const hear = (event: Event) => scene.handIn(id, (event.target as HTMLInputElement).checked);
  return html`<label class="tick"><input type="checkbox" aria-label=${spoken} .checked=${live(scene.handedIn.includes(id))} @change=${hear} /><span>${label}</span></label>`;
}
