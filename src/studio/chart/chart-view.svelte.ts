import * as v from 'valibot';
import type { RunPlan } from '../../session/plan.ts';
import { overlays, type OverlayId } from './overlays/overlays.ts';

/** Where the chart looks: so many slots about a moment, epoch milliseconds, or, where it is null, following the tape. */
export interface TimeSpan {
  readonly middle: number | null;
  readonly slots: number;
}

/** Whether an overlay is drawn, and over how many bars or minutes it is made. */
export interface OverlayChoice {
  readonly on: boolean;
  readonly length: number;
}

export type PriceAxis = 'linear' | 'log';

/** What the user chose to see in the chart, as plain data that a page can keep: by names and times, of no run or plan. */
export interface ChartState {
  /** Names of the symbols: first the charted one, then those stacked under it. None: the first symbol that has bars when the run begins. */
  readonly symbols: readonly string[];
  /** Null: the base. */
  readonly interval: string | null;
  /** Null: the tape is followed, with as many slots as suit it. */
  readonly span: TimeSpan | null;
  readonly overlays: Readonly<Partial<Record<OverlayId, OverlayChoice>>>;
  readonly prices: PriceAxis;
}

/** Charts that are stacked at most, the charted symbol's included. */
export const mostStacked = 4;

/** A kept state, of which each part that is not well formed falls back to its default. */
const keptState = v.object({
  symbols: v.fallback(v.pipe(v.array(v.string()), v.maxLength(mostStacked)), []),
  interval: v.fallback(v.nullable(v.string()), null),
  span: v.fallback(
    v.nullable(
      v.object({
        middle: v.nullable(v.pipe(v.number(), v.finite())),
        slots: v.pipe(v.number(), v.finite(), v.minValue(1)),
      }),
    ),
    null,
  ),
  overlays: v.fallback(v.record(v.string(), v.object({ on: v.boolean(), length: v.number() })), {}),
  prices: v.fallback(v.picklist(['linear', 'log']), 'linear'),
});

/** What the user chose to see in the chart. It outlives runs and plans: what a plan does not have falls back to its first. */
export class ChartView {
  #symbols = $state.raw<readonly string[]>([]);
  #interval = $state.raw<string | null>(null);
  #span = $state.raw<TimeSpan | null>(null);
  #overlays = $state.raw<ChartState['overlays']>({});
  #prices = $state.raw<PriceAxis>('linear');

  /** All of it, to be kept. */
  get state(): ChartState {
    return {
      symbols: this.#symbols,
      interval: this.#interval,
      span: this.#span,
      overlays: this.#overlays,
      prices: this.#prices,
    };
  }

  /** Takes over a state that was kept, whatever became of it meanwhile. */
  restore(kept: unknown): void {
    const read = v.safeParse(keptState, kept);
    if (!read.success) return;
    const { symbols, interval, span, overlays: choices, prices } = read.output;
    this.#symbols = symbols;
    this.#interval = interval;
    this.#span = span;
    this.#prices = prices;
    this.#overlays = {};
    for (const { id } of overlays) {
      const choice = choices[id];
      if (choice) this.chooseOverlay(id, choice);
    }
  }

  /** Places in the plan of the chosen symbols, from top to bottom; none where none of them is in it. */
  symbolsIn({ symbols }: RunPlan): readonly number[] {
    const places = this.#symbols.map((name) => symbols.findIndex((symbol) => symbol.name === name));
    return [...new Set(places.filter((place) => place >= 0))];
  }

  /** Place in the plan of the charted interval. */
  intervalIn({ intervals }: RunPlan): number {
    return Math.max(
      0,
      intervals.findIndex(({ text }) => text === this.#interval),
    );
  }

  /** Charts a symbol in place of the one that was; what is stacked under it stays. */
  chartSymbol(name: string): void {
    this.#symbols = [name, ...this.#symbols.slice(1).filter((other) => other !== name)];
  }

  /** Stacks a symbol under the others, or takes it away; one is always left. `lead` is the charted one. */
  stack(lead: string, name: string, on: boolean): void {
    const others = this.#symbols.filter((other) => other !== name);
    const charted = others.length > 0 ? others : [lead];
    this.#symbols = (on ? [...charted, name] : charted).slice(0, mostStacked);
  }

  chartInterval(text: string): void {
    this.#interval = text;
  }

  /** Where the user looks; null while that was not chosen. */
  get span(): TimeSpan | null {
    return this.#span;
  }

  look(span: TimeSpan | null): void {
    this.#span = span;
  }

  get prices(): PriceAxis {
    return this.#prices;
  }

  choosePrices(prices: PriceAxis): void {
    this.#prices = prices;
  }

  overlay(id: OverlayId): OverlayChoice {
    return this.#overlays[id] ?? { on: false, length: overlays.find((each) => each.id === id)!.length.usual };
  }

  /** Draws an overlay or not; a length that it does not take becomes the nearest one that it does. */
  chooseOverlay(id: OverlayId, { on, length }: OverlayChoice): void {
    const { least, most, usual } = overlays.find((each) => each.id === id)!.length;
    const taken = Number.isFinite(length) ? Math.min(most, Math.max(least, Math.round(length))) : usual;
    this.#overlays = { ...this.#overlays, [id]: { on, length: taken } };
  }
}
