// A case as a person tells it: what was answered, what still matters, what is set aside.
import type { Decision, Engine, Fact, FactValue, Facts, Moment, Session } from '@thutuc/wasm';

/** How far an interview has come. */
export interface Standing {
  /** Facts that were told and matter, in the author's order. */
  asked: string[];
  /** Facts that are missing and matter now, in the author's order. */
  open: string[];
  /** Facts that were told and do not matter as things stand. They come back when they do. */
  aside: string[];
  decision: Decision;
}

/** A fact on the way through the questions, with the answer it was told with. */
interface Step {
  fact: string;
  value: FactValue;
}

/** Everything a person told, held against the questions the engine would ask. */
export class Interview {
  readonly facts: Fact[];
  readonly documentsFact: string | null;
  readonly #order: Map<string, number>;
  readonly #session: Session;
  readonly #told = new Map<string, FactValue>();
  readonly #byDefault: string[];
  #steps: Step[] = [];
  #toldByDefault: Step[] = [];
  /** Facts that were told since the last walk, or told to the engine without one. */
  readonly #news = new Set<string>();

  constructor(
    readonly engine: Engine,
    readonly procedure: string,
    public moment: Moment,
  ) {
    const place = moment.jurisdiction == null ? {} : { jurisdiction: moment.jurisdiction };
    this.facts = engine.facts(procedure, { ...place, lang: moment.lang ?? 'vi' });
    this.documentsFact = engine.outline(procedure, place).documentsFact;
    this.#order = new Map(this.facts.map((fact, at) => [fact.name, at]));
    this.#byDefault = this.facts.filter((fact) => fact.hasDefault).map((fact) => fact.name);
    this.#session = engine.session(procedure, moment);
  }

  fact(name: string): Fact | undefined {
    return this.facts[this.#order.get(name) ?? -1];
  }

  value(name: string): FactValue {
    return this.#told.get(name);
  }

  /** Tells a fact, or takes it back if the value is undefined. */
  tell(name: string, value: FactValue): void {
    if (!this.#order.has(name)) return;
    if (value === undefined) this.#told.delete(name);
    else this.#told.set(name, value);
    this.#news.add(name);
  }

  /** Everything told, what does not matter included: what a draft keeps. */
  everything(): Record<string, FactValue> {
    return Object.fromEntries(this.#told);
  }

  /** The facts that matter: what is handed in. */
  relevant(): Facts {
    const names = [...this.#toldByDefault, ...this.#steps].map((step) => step.fact);
    return Object.fromEntries(names.map((name) => [name, this.#told.get(name)]));
  }

  /** Reads the law at another moment. */
  at(moment: Moment): void {
    this.moment = moment;
    this.#session.at({ asOf: moment.asOf, receivedAt: moment.receivedAt ?? null });
    // What matters may be other questions on another day.
    this.#withdraw(0);
  }

  /**
   * Decides with what is new, without asking which answers still matter: a fact that does not matter makes no difference
   * to the decision, though it may be named among the reasons. `stand` says later what is set aside.
   */
  glance(before: Standing): Standing {
    // What was set aside may matter again.
    for (const fact of before.aside) this.#news.add(fact);
    for (const fact of this.#news) this.#session.set(fact, this.#told.get(fact));
    const decision = this.#session.explain(this.moment.lang ?? 'vi');
    const fresh = [...this.#news].filter((fact) => this.#told.has(fact) && !this.#byDefault.includes(fact) && !before.asked.includes(fact) && !before.aside.includes(fact));
    const asked = before.asked.filter((fact) => this.#told.has(fact));
    const open = decision.missing.filter((one) => one.now && !this.#told.has(one.fact)).map((one) => one.fact);
    return { asked: this.#sorted([...asked, ...fresh]), open: this.#sorted(open), aside: before.aside, decision };
  }

  /** Walks through the questions with the answers there are, and decides. */
  stand(): Standing {
    this.#tellDefaults();
    this.#keepSteps();
    this.#takeBackGlances();
    let missing = this.#session.missing();
    for (let fact = this.#answered(missing); fact !== undefined; fact = this.#answered(missing)) {
      const value = this.#told.get(fact);
      this.#steps.push({ fact, value });
      this.#session.set(fact, value);
      missing = this.#session.missing();
    }
    // What does not fit stays missing: it is asked already, and has its problem.
    const open = missing.filter((one) => one.now && !this.#steps.some((step) => step.fact === one.fact)).map((one) => one.fact);
    const asked = this.#sorted(this.#steps.map((step) => step.fact));
    const known = new Set([...asked, ...this.#byDefault]);
    const aside = this.#sorted([...this.#told.keys()].filter((fact) => !known.has(fact)));
    return { asked, open: this.#sorted(open), aside, decision: this.#session.explain(this.moment.lang ?? 'vi') };
  }

  /** The next fact that can still make a difference and was told: first one that matters now, then one that may later. */
  #answered(missing: Array<{ fact: string; now: boolean }>): string | undefined {
    const told = missing.filter(({ fact }) => this.#told.has(fact) && !this.#steps.some((step) => step.fact === fact));
    return (told.find((one) => one.now) ?? told[0])?.fact;
  }

  /** Keeps the steps up to the first whose answer is another one now. */
  #keepSteps(): void {
    const changed = this.#steps.findIndex(({ fact, value }) => this.#told.get(fact) !== value);
    if (changed !== -1) this.#withdraw(changed);
  }

  /** Facts that `glance` told out of turn wait for their turn. */
  #takeBackGlances(): void {
    for (const fact of this.#news) {
      if (!this.#steps.some((step) => step.fact === fact) && !this.#toldByDefault.some((step) => step.fact === fact)) this.#session.unset(fact);
    }
    this.#news.clear();
  }

  #withdraw(from: number): void {
    for (const { fact } of this.#steps.splice(from)) this.#session.unset(fact);
  }

  #tellDefaults(): void {
    const now = this.#byDefault.filter((fact) => this.#told.has(fact)).map((fact) => ({ fact, value: this.#told.get(fact) }));
    const same = now.length === this.#toldByDefault.length
      && now.every((step, at) => step.fact === this.#toldByDefault[at]?.fact && step.value === this.#toldByDefault[at]?.value);
    if (same) return;
    this.#withdraw(0);
    for (const { fact } of this.#toldByDefault) this.#session.unset(fact);
    for (const { fact, value } of now) this.#session.set(fact, value);
    this.#toldByDefault = now;
  }

  #sorted(facts: string[]): string[] {
    return facts.sort((a, b) => (this.#order.get(a) ?? 0) - (this.#order.get(b) ?? 0));
  }
}
