// A part of the site: in the page's own style, in the page's language.
import type { Lang } from '@thutuc/wasm';
import { LitElement, type PropertyDeclarations } from 'lit';
import { siteWords, type SiteWords } from './words.js';

export abstract class Page extends LitElement {
  static override properties: PropertyDeclarations = { lang: { reflect: true } };

  protected get language(): Lang {
    return this.lang === 'en' ? 'en' : 'vi';
  }

  protected get say(): SiteWords {
    return siteWords(this.language);
  }

  protected override createRenderRoot(): HTMLElement {
    return this;
  }
}

/** What the browser keeps for the site; a page without storage works as well. */
export function keep(name: string, value: string): void {
  try {
    localStorage.setItem(`thutuc-${name}`, value);
  } catch {
    // Storage is full or forbidden.
  }
}

export function kept(name: string): string | null {
  try {
    return localStorage.getItem(`thutuc-${name}`);
  } catch {
    return null;
  }
}
