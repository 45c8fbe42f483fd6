import type { BarsWindow } from '../memory/picture.ts';
import type { RunPlan } from '../session/plan.ts';
import type { ChartView } from './chart/chart-view.svelte.ts';
import type { SetUp } from './set-up.svelte.ts';
import { firstWithBars } from './symbol-span.ts';

/** What of a plan is charted, as it was chosen by name: its places in the plan. */
export class Charted {
  readonly #plan: () => RunPlan | undefined;
  readonly #setUp: SetUp;
  readonly #view: ChartView;
  #usual = $derived.by(() => this.#usualNow());
  #symbols = $derived.by(() => this.#symbolsNow());
  #interval = $derived.by(() => this.#intervalNow());
  /** The bars that the chart wants; undefined for all. */
  window: BarsWindow | undefined;

  constructor(plan: () => RunPlan | undefined, setUp: SetUp, view: ChartView) {
    this.#plan = plan;
    this.#setUp = setUp;
    this.#view = view;
  }

  /** Of all symbols that are charted, from top to bottom; one at least. */
  get symbols(): readonly number[] {
    return this.#symbols;
  }

  get interval(): number {
    return this.#interval;
  }

  choose(symbol: number, interval: number): void {
    const plan = this.#plan();
    if (!plan) return;
    this.#view.chartSymbol(plan.symbols[symbol]!.name);
    this.#view.chartInterval(plan.intervals[interval]!.text);
  }

  #usualNow(): number {
    const plan = this.#plan();
    return plan ? firstWithBars(plan, this.#setUp.datasets) : 0;
  }

  #symbolsNow(): readonly number[] {
    const plan = this.#plan();
    const chosen = plan ? this.#view.symbolsIn(plan) : [];
    return chosen.length > 0 ? chosen : [this.#usual];
  }

  #intervalNow(): number {
    const plan = this.#plan();
    return plan ? this.#view.intervalIn(plan) : 0;
  }
}
