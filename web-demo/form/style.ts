// How the form looks. Every colour, size and face can be set from outside by a custom property.
import { css } from 'lit';

export const style = css`
  :host {
    --ink: var(--thutuc-ink, light-dark(#1b2430, #e7ebef));
    --quiet: var(--thutuc-quiet, light-dark(#56616d, #a5b0bb));
    --line: var(--thutuc-line, light-dark(#dfe3e6, #333d47));
    --edge: var(--thutuc-edge, light-dark(#7c8894, #7f8b97));
    --paper: var(--thutuc-paper, light-dark(#ffffff, #1a2129));
    --tint: var(--thutuc-tint, light-dark(#f2f5f6, #222b34));
    --accent: var(--thutuc-accent, light-dark(#0b5a7d, #7fc6ea));
    --on-accent: var(--thutuc-on-accent, light-dark(#ffffff, #0c1c26));
    --good: var(--thutuc-good, light-dark(#1c6b41, #7fd2a2));
    --bad: var(--thutuc-bad, light-dark(#a2331c, #f3a48f));
    --radius: var(--thutuc-radius, 10px);
    color-scheme: inherit;
    container: thutuc / inline-size;
    display: block;
    color: var(--ink);
    font: 400 1rem/1.6 var(--thutuc-font, inherit);
    font-family: var(--thutuc-font, inherit);
    text-align: start;
  }
  *, *::before, *::after { box-sizing: border-box; }
  h2, p, ul, dl, dd, fieldset, legend, figure { margin: 0; padding: 0; border: 0; }
  ul { list-style: none; }
  b { font-weight: 600; }
  code { font-size: 0.85em; }
  .unseen { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap; }
  :focus-visible { outline: 3px solid var(--accent); outline-offset: 2px; border-radius: 4px; }
  .panel:focus-visible, .done:focus-visible { outline-offset: 6px; }

  .form { display: grid; gap: 2rem; align-items: start; }
  .loading { min-height: 34rem; color: var(--quiet); }
  .ask { display: grid; gap: 1.75rem; min-width: 0; }
  .panel { min-width: 0; background: var(--paper); border: 1px solid var(--line); border-radius: var(--radius); overflow: clip; }
  @container thutuc (min-width: 54rem) {
    .form { grid-template-columns: minmax(0, 1fr) minmax(22rem, 26rem); gap: 2.5rem; }
    .one .ask { position: sticky; top: 1.5rem; }
  }

  .question, .whole { background: var(--paper); border: 1px solid var(--line); border-radius: var(--radius); padding: 1.5rem; }
  .question { min-height: 21rem; display: flex; flex-direction: column; }
  .question .field { flex: 1; }
  .question.done { min-height: 0; gap: 0.25rem; }
  .done .asks { font-size: 1.375rem; }
  .whole { display: grid; gap: 2rem; }
  .count { color: var(--quiet); font-size: 0.9rem; }
  progress { appearance: none; width: 100%; height: 4px; border: 0; border-radius: 2px; background: var(--line); margin: 0.5rem 0 1.5rem; overflow: hidden; }
  progress::-webkit-progress-bar { background: var(--line); }
  progress::-webkit-progress-value { background: var(--accent); transition: width 0.2s; }
  progress::-moz-progress-bar { background: var(--accent); }
  @media (prefers-reduced-motion: reduce) { progress::-webkit-progress-value { transition: none; } }

  .field { min-width: 0; display: block; }
  .asks { display: block; font-weight: 600; line-height: 1.4; margin-bottom: 0.5rem; text-wrap: pretty; }
  .large > .asks { font-size: 1.375rem; margin-bottom: 0.75rem; }
  .help, .quiet { color: var(--quiet); font-size: 0.9375rem; }
  .help { margin-bottom: 0.75rem; max-width: 38rem; }
  .mistake { color: var(--bad); font-weight: 600; }
  .mistake:not(:empty) { margin-bottom: 0.75rem; }
  .wrong { border-inline-start: 4px solid var(--bad); padding-inline-start: 1rem; }
  .badge { display: inline-block; font-size: 0.75rem; font-weight: 500; line-height: 1.5; padding: 0 0.5rem; border-radius: 1rem; color: var(--accent); border: 1px solid currentColor; vertical-align: 0.1em; white-space: nowrap; }

  input:not([type='radio'], [type='checkbox']), textarea {
    font: inherit; color: inherit; background: var(--paper); border: 1.5px solid var(--edge); border-radius: 6px;
    min-height: 2.75rem; padding: 0.4rem 0.75rem; width: 100%;
  }
  input[aria-invalid='true'] { border-color: var(--bad); }
  .control { display: flex; align-items: center; gap: 0.75rem; max-width: 30rem; }
  .control.short { max-width: 12rem; }
  .control.medium { max-width: 16rem; }
  .unit { color: var(--quiet); white-space: nowrap; }
  .day { display: flex; flex-wrap: wrap; gap: 0.75rem; }
  .piece span { display: block; font-size: 0.9375rem; margin-bottom: 0.25rem; }
  .day .two { width: 4rem; }
  .day .four { width: 6rem; }

  .options { display: grid; gap: 0.5rem; max-width: 38rem; }
  .options.side { grid-template-columns: repeat(2, minmax(0, 10rem)); }
  .option { display: flex; gap: 0.75rem; align-items: flex-start; padding: 0.6rem 0.9rem; min-height: 2.75rem; border: 1.5px solid var(--line); border-radius: 8px; cursor: pointer; line-height: 1.5; }
  .option:hover { border-color: var(--edge); }
  .option:has(:checked) { border-color: var(--accent); background: color-mix(in oklab, var(--accent) 8%, var(--paper)); }
  .option:has(:focus-visible) { outline: 3px solid var(--accent); outline-offset: 2px; }
  .option input:focus-visible { outline: none; }
  .option.apart { border-style: dashed; margin-top: 0.25rem; max-width: 38rem; }
  .field > .option.apart { margin-top: 0.75rem; }
  input[type='radio'], input[type='checkbox'] { appearance: auto; accent-color: var(--accent); width: 1.2rem; height: 1.2rem; margin: 0.15rem 0 0; flex: none; }

  .entries { display: grid; gap: 1rem; justify-items: start; }
  .entry { border: 1px solid var(--line); border-radius: 8px; padding: 1rem; display: grid; gap: 1.25rem; width: 100%; }
  .entry > legend { font-weight: 600; padding: 0 0.4rem; }

  button { font: inherit; cursor: pointer; }
  .first, .second { min-height: 2.75rem; padding: 0.5rem 1.5rem; border-radius: 8px; font-weight: 600; border: 1.5px solid var(--accent); }
  .first { background: var(--accent); color: var(--on-accent); }
  .first:hover { background: color-mix(in oklab, var(--accent) 88%, black); }
  .first:disabled { background: var(--tint); border-color: var(--line); color: var(--quiet); cursor: not-allowed; }
  .second { background: none; color: var(--accent); }
  .wide { width: 100%; }
  .plain { background: none; border: 0; padding: 0.25rem; min-height: 1.75rem; color: var(--accent); text-decoration: underline; text-underline-offset: 3px; }
  .steps { display: flex; gap: 1rem; align-items: center; margin-top: 1.5rem; }

  .answers h2, .part h2 { font-size: 1rem; font-weight: 600; line-height: 1.5; }
  dl > div { display: grid; grid-template-columns: minmax(0, 1fr) minmax(0, 1fr); gap: 0.25rem 1rem; padding: 0.6rem 0; border-top: 1px solid var(--line); }
  .answers dl { margin-top: 0.5rem; border-bottom: 1px solid var(--line); }
  dt { color: var(--quiet); font-size: 0.9375rem; }
  dd { display: flex; justify-content: space-between; gap: 0.75rem; align-items: start; overflow-wrap: anywhere; }
  dd .plain { flex: none; margin-top: -0.15rem; }
  summary { cursor: pointer; min-height: 1.75rem; color: var(--accent); }
  .further[open] summary, .aside[open] summary { margin-bottom: 1rem; }
  .further .field + .field { margin-top: 1.5rem; }

  .outcome { display: flex; flex-wrap: wrap; gap: 0.25rem 1rem; align-items: center; padding: 1.25rem 1.5rem; background: var(--tint); border-bottom: 1px solid var(--line); min-height: 6.5rem; }
  .outcome > div { flex: 1; min-width: 12rem; }
  .verdict { font-size: 1.25rem; font-weight: 600; line-height: 1.4; }
  .seal { display: grid; place-items: center; width: 2.75rem; height: 2.75rem; border-radius: 50%; font-weight: 600; font-size: 1.25rem; color: var(--paper); background: var(--quiet); flex: none; }
  .accept .seal { background: var(--good); }
  .accept .verdict { color: var(--good); }
  .refuse .seal { background: var(--bad); }
  .refuse .verdict { color: var(--bad); }
  .part { padding: 1.25rem 1.5rem; border-bottom: 1px solid var(--line); }
  .part h2 { margin-bottom: 0.4rem; }
  .figure { font-size: 1.375rem; font-weight: 600; line-height: 1.4; font-variant-numeric: tabular-nums; }
  .figure .open { font-size: 1rem; font-weight: 400; color: var(--quiet); }
  .lines { display: grid; gap: 0.9rem; }
  .figure + .lines, .lead + .lines { margin-top: 0.6rem; }
  .line { display: flex; gap: 0.75rem; }
  .line > div { flex: 1; min-width: 0; overflow-wrap: anywhere; }
  .sign { flex: none; width: 1.25rem; text-align: center; font-weight: 600; color: var(--quiet); }
  .unmet .sign, .unmet .message { color: var(--bad); }
  .unmet .message { font-weight: 500; }
  .met .sign, .reused .sign, .provided .sign { color: var(--good); }
  .wanted { font-weight: 500; }
  .name .amount { float: inline-end; padding-inline-start: 1rem; font-variant-numeric: tabular-nums; }
  .kind { color: var(--quiet); font-size: 0.9375rem; }
  .kind::before { content: '· '; }
  .because { margin-top: 0.25rem; font-size: 0.9375rem; display: grid; gap: 0.15rem; }
  .because li { display: flex; gap: 0.5rem; justify-content: space-between; align-items: baseline; color: var(--quiet); }
  .because b { color: var(--ink); }
  .because .plain { flex: none; white-space: nowrap; }
  .citation { display: inline-block; }
  .citations { margin-inline-end: 0.4rem; }
  .doubt { white-space: nowrap; }
  .source { font-size: 0.875rem; color: var(--quiet); margin-top: 0.15rem; }
  .source .doubt { font-style: normal; border-bottom: 1px dotted currentColor; }
  .rule { color: var(--accent); white-space: nowrap; display: inline-block; min-height: 1.5rem; text-underline-offset: 3px; }
  .folded { margin-top: 0.4rem; }
  .folded summary { font-size: 0.9375rem; }
  .folded .lines { margin-top: 0.75rem; }
  .chain { display: grid; gap: 0.9rem; margin: 0; padding: 0; list-style: none; }
  .chain .line { margin-inline-start: calc(var(--depth) * 1.25rem); position: relative; }
  .chain .line:not([style*='--depth: 0'])::before { content: ''; position: absolute; inset-inline-start: -0.65rem; top: -0.9rem; bottom: 0; border-inline-start: 2px solid var(--line); }
  .chain .idle { color: var(--quiet); }
  .until { font-variant-numeric: tabular-nums; }
  .alternatives { margin-top: 0.25rem; display: grid; gap: 0.25rem; }
  .alternatives li:not(:has(.tick)) { padding-inline-start: 1rem; text-indent: -0.75rem; }
  .alternatives li:not(:has(.tick))::before { content: '· '; }
  .tick { display: flex; gap: 0.6rem; align-items: flex-start; padding: 0.25rem 0; min-height: 1.75rem; cursor: pointer; width: fit-content; }
  .changed { display: inline-block; font-size: 0.8125rem; font-weight: 500; line-height: 1.5; padding: 0 0.5rem; border-radius: 4px; color: var(--accent); background: color-mix(in oklab, var(--accent) 14%, var(--paper)); }
  .gone { margin-top: 0.75rem; display: grid; gap: 0.4rem; color: var(--quiet); }
  .law { padding: 0.9rem 1.5rem; font-size: 0.8125rem; color: var(--quiet); }

  .calendar { display: flex; flex-wrap: wrap; align-items: flex-start; gap: 1rem 0.75rem; margin: 0.9rem 0; }
  .month { border-collapse: separate; border-spacing: 1px; font-size: 0.8125rem; font-variant-numeric: tabular-nums; text-align: center; }
  .month caption { font-weight: 500; text-align: start; padding-bottom: 0.25rem; }
  .month th { font-weight: 400; color: var(--quiet); padding: 0; width: 1.5rem; }
  .month td { height: 1.65rem; width: 1.5rem; padding: 0; border-radius: 5px; position: relative; }
  .month .counts { background: color-mix(in oklab, var(--accent) 12%, var(--paper)); }
  .month .off { color: var(--quiet); text-decoration: line-through; }
  .month .start { box-shadow: inset 0 0 0 2px var(--accent); }
  .month .due { background: var(--accent); color: var(--on-accent); font-weight: 600; }

  .handing-in { padding: 1.25rem 1.5rem; border-top: 1px solid var(--line); display: grid; gap: 0.75rem; }
  .notice { border: 1px solid var(--line); border-inline-start: 4px solid var(--accent); border-radius: 6px; padding: 0.9rem 1.1rem; display: grid; gap: 0.5rem; justify-items: start; background: var(--paper); }
  .notice.bad { border-inline-start-color: var(--bad); }

  .strip { position: sticky; bottom: 0; z-index: 1; display: flex; gap: 0.75rem; align-items: baseline; justify-content: space-between; padding: 0.75rem 1.25rem; background: var(--paper); color: var(--ink); border: 1px solid var(--line); border-radius: var(--radius); box-shadow: 0 -4px 18px rgb(0 0 0 / 0.08); text-decoration: none; font-size: 0.9375rem; }
  .strip.accept b { color: var(--good); }
  .strip.refuse b { color: var(--bad); }
  .strip span { color: var(--quiet); white-space: nowrap; }
  @container thutuc (min-width: 54rem) {
    .strip { display: none; }
  }
  @container thutuc (max-width: 30rem) {
    .question, .whole { padding: 1.1rem; }
    .part, .handing-in, .outcome { padding-inline: 1.1rem; }
    dl > div { grid-template-columns: minmax(0, 1fr); }
  }

  @media print {
    .ask .question, .whole, .strip, .handing-in, .rule, .plain, .folded, .further, .aside { display: none; }
    .form { grid-template-columns: 1fr; gap: 1rem; }
    .panel { border: 0; order: -1; }
    .one .ask { position: static; }
    .paper > div > .tick { display: none; }
    .part { break-inside: avoid; padding-inline: 0; }
    .tick input { appearance: auto; }
  }
`;
