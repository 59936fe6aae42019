// What it costs, and how that came about.
import type { Decision, Lang } from '@thutuc/wasm';
import { html, nothing, type TemplateResult } from 'lit';
import { money, number } from '../format.js';
import { because, changed, gone, source, type Scene } from './scene.js';

type Fee = Decision['fees']['items'][number];

export function fees(scene: Scene): TemplateResult {
  const { say, lang } = scene;
  const { total, items } = scene.decision.fees;
  const unknown = items.some((one) => scene.decision.gaps.some((gap) => gap.id === one.id));
  return html`<section class="part" aria-labelledby="fees">
    <h2 id="fees">${say.fees}</h2>
    <p class="figure" data-fee=${total ?? nothing}>
      ${total === null ? html`<span class="open">${unknown ? say.feeUnknown : say.feeOpen}</span>` : items.length === 0 ? say.noFee : total === 0 ? say.free : money(total, lang)}
      ${changed(scene, 'total')}
    </p>
    <ul class="lines">${items.map((one) => fee(scene, one))}</ul>${gone(scene, 'fees')}
  </section>`;
}

function fee(scene: Scene, one: Fee): TemplateResult {
  const { say, lang } = scene;
  return html`<li class="line fee">
    <div>
      <p class="name">${one.name} <b class="amount">${one.amount === null ? '…' : money(one.amount, lang)}</b></p>
      ${changed(scene, `fees.${one.id}`)}
      ${one.calculation?.times ? html`<p class="quiet">${say.calculation(amount(one.calculation.unit, lang), number(one.calculation.times, lang))}</p>` : nothing}
      ${one.reduction ? html`<p class="quiet">${say.reduced(one.reduction.name, amount(one.reduction.off, lang))}</p>` : nothing}
      ${because(scene, one.because)}
      ${source(scene, 'fees', one.row ? `${one.id}.${one.row}` : one.id, one.citations)}
    </div>
  </li>`;
}

/** An exact amount, which may have a fraction before rounding. */
function amount(exact: string, lang: Lang): string {
  return `${number(exact, lang)}\u00A0${lang === 'vi' ? 'đ' : 'VND'}`;
}
