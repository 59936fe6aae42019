// The site: where you are, the language, the frame of every page.
import type { Engine, Lang } from '@thutuc/wasm';
import { html, nothing, type PropertyDeclarations, type TemplateResult } from 'lit';
import { engineOf, shippedPack } from '../form/engines.js';
import '../form/thutuc-form.js';
import { Page, keep, kept } from './page.js';
import './pages/home.js';
import './pages/procedure.js';
import './pages/receipt.js';
import './pages/explorer.js';
import { siteWords } from './words.js';

/** Addresses of the site. */
const ROUTES = {
  procedure: /^\/thu-tuc\/([\w.]+)$/,
  rules: /^\/quy-tac\/([\w.]+)$/,
  case: /^\/ho-so(?:\/([\w.-]+))?$/,
};

class ThutucSite extends Page {
  static override properties: PropertyDeclarations = { engine: { state: true }, failed: { state: true }, path: { state: true }, offline: { state: true } };
  declare private engine: Engine | undefined;
  declare private failed: boolean;
  declare private path: string;
  declare private offline: boolean;

  constructor() {
    super();
    this.lang = languageOfPage();
    this.path = location.pathname;
    this.failed = false;
    this.offline = !navigator.onLine;
  }

  override connectedCallback(): void {
    this.replaceChildren();
    super.connectedCallback();
    engineOf(shippedPack).then((engine) => { this.engine = engine; }, () => { this.failed = true; });
    addEventListener('popstate', () => this.go(location.href, false));
    addEventListener('online', () => { this.offline = false; });
    addEventListener('offline', () => { this.offline = true; });
    this.addEventListener('click', this.follow);
    this.addEventListener('thutuc-submitted', this.submitted);
  }

  /** Links within the site change the page without loading it again. */
  private follow = (event: MouseEvent): void => {
    const link = event.composedPath().find((one): one is HTMLAnchorElement => one instanceof HTMLAnchorElement);
    if (!link || event.defaultPrevented || event.button !== 0 || event.metaKey || event.ctrlKey || event.shiftKey) return;
    const to = new URL(link.href);
    if (to.origin !== location.origin || link.target || to.pathname.startsWith('/api/')) return;
    if (to.pathname === location.pathname && to.hash) return;
    event.preventDefault();
    this.go(link.href);
  };

  private submitted = (event: Event): void => {
    const { number, secret } = (event as CustomEvent<{ number: string; secret: string }>).detail;
    this.go(`/ho-so/${number}#${secret}`);
  };

  private go(address: string, push = true): void {
    if (push) history.pushState(null, '', address);
    this.path = location.pathname;
    if (push) scrollTo(0, 0);
    void this.updateComplete.then(() => this.querySelector<HTMLElement>('h1')?.focus({ preventScroll: true }));
  }

  private switchLanguage = (event: Event): void => {
    event.preventDefault();
    this.lang = this.say.otherLang;
    keep('lang', this.lang);
  };

  override updated(): void {
    document.documentElement.lang = this.language;
    // The heading is the page's own, which is drawn after this.
    requestAnimationFrame(() => {
      const heading = this.querySelector('h1')?.textContent?.trim();
      document.title = heading && this.path !== '/' ? `${heading} · ${this.say.title}` : this.say.title;
    });
  }

  override render(): TemplateResult {
    const { say } = this;
    return html`<a class="skip" href="#main" @click=${this.skip}>${say.skip}</a>
      <header class="top"><div class="wide">
        <a class="mark" href="/"><img src="/icon.svg" alt="" width="32" height="32" /><span>${say.title}</span></a>
        <nav aria-label=${say.home}>
          <a href="/ho-so">${say.findCase}</a>
          <a href="?lang=${say.otherLang}" lang=${say.otherLang} hreflang=${say.otherLang} @click=${this.switchLanguage}>${say.other}</a>
        </nav>
      </div></header>
      ${this.offline ? html`<div class="wide"><p class="offline" role="status">${say.offline}</p></div>` : nothing}
      <main id="main" class="wide" tabindex="-1">${this.failed ? html`<p class="failure" role="alert">${say.loadFailed}</p>` : this.page()}</main>
      <footer class="wide"><p>${say.demo}</p><p>${this.engine ? say.pack(this.engine.pack.id, this.engine.pack.version) : nothing}</p></footer>`;
  }

  private skip = (event: Event): void => {
    event.preventDefault();
    this.querySelector<HTMLElement>('main')?.focus();
  };

  private page(): TemplateResult {
    const { engine, language } = this;
    const number = ROUTES.case.exec(this.path);
    if (number) return html`<thutuc-receipt lang=${language} .number=${number[1] ?? ''}></thutuc-receipt>`;
    const rules = ROUTES.rules.exec(this.path)?.[1];
    if (rules) return html`<thutuc-explorer lang=${language} .code=${rules}></thutuc-explorer>`;
    if (!engine) return html`<div class="loading"></div>`;
    const code = ROUTES.procedure.exec(this.path)?.[1];
    if (code && engine.procedures().some((one) => one.code === code)) return html`<thutuc-procedure lang=${language} .engine=${engine} .code=${code}></thutuc-procedure>`;
    if (this.path === '/') return html`<thutuc-home lang=${language} .engine=${engine}></thutuc-home>`;
    return html`<h1 tabindex="-1">${siteWords(language).notFound}</h1><p>${siteWords(language).notFoundWhy}</p><p><a href="/">${siteWords(language).home}</a></p>`;
  }
}

function languageOfPage(): Lang {
  const asked = new URLSearchParams(location.search).get('lang') ?? kept('lang');
  return asked === 'en' ? 'en' : 'vi';
}

customElements.define('thutuc-site', ThutucSite);

if ('serviceWorker' in navigator) addEventListener('load', () => { void navigator.serviceWorker.register(workerAddress()); });

/** The address of the worker, as a page with Trusted Types wants it. */
function workerAddress(): string {
  const policies = (window as { trustedTypes?: { createPolicy(name: string, rules: { createScriptURL(): string }): { createScriptURL(of: string): unknown } } }).trustedTypes;
  return (policies?.createPolicy('thutuc', { createScriptURL: () => '/worker.js' }).createScriptURL('') ?? '/worker.js') as string;
}
