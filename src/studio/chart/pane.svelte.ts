import type { PictureBars } from '../../memory/picture.ts';
import type { Deck } from '../deck.svelte.ts';
import { noteKey } from '../gaps.ts';
import { decimalsOf } from '../labels.ts';
import { priceAt, priceY } from './places.ts';
import { areSame, candlesOf, firstAt, type Candle } from './candles.ts';
import type { ChartView } from './chart-view.svelte.ts';
import type { CandleChart } from './candle-chart.ts';
import type { OverlayResult } from './overlays/overlay.ts';
import { overlays, type Overlay } from './overlays/overlays.ts';
import type { Plot } from './plots.ts';
import { priceScale, scaleBetween, type PriceScale } from './price-scale.ts';
import type { SlotAxis } from './slot-axis.ts';
import type { Span } from './viewport.ts';

/** What a pane shares with those that are stacked with it. */
export interface PaneFrame {
  readonly axis: SlotAxis | undefined;
  readonly span: Span | undefined;
  /** Place in the plan of the session that plays. */
  readonly session: number;
  /** The view moves with the tape. */
  readonly follows: boolean;
  /** By pane, from top to bottom. */
  readonly plots: readonly Plot[];
  /** What it is drawn on; undefined until the code for that is loaded. */
  readonly canvas: CandleChart | undefined;
}

/** An overlay that is drawn, and its values by place in the pane's bars. */
export interface DrawnOverlay extends OverlayResult {
  readonly overlay: Overlay;
  readonly length: number;
}

/** Bars whose prices tell how many decimals the symbol is quoted in. */
const barsForDecimals = 200;

/** Pixels of the plot's height for each line of the scale. */
const pixelsPerLine = 62;

/** The candles of one symbol, the scale of their prices, and the overlays over them. */
export class Pane {
  /** Place in the plan. */
  readonly symbol: number;
  readonly #number: number;
  readonly #deck: Deck;
  readonly #view: ChartView;
  readonly #frame: PaneFrame;
  /** The edges that the user gave the scale; undefined while it fits itself to the candles. */
  #edges = $state.raw<{ readonly low: number; readonly high: number }>();
  // A look that brought nothing new keeps the bars that were there, so that nothing is drawn anew.
  #barsBefore: PictureBars | undefined;
  // The scale that was drawn last: a new one is made only when it no longer serves.
  #held: { axis: SlotAxis | undefined; scale: PriceScale } | undefined;
  #bars = $derived.by(() => this.#barsNow());
  #candles = $derived.by(() => this.#candlesNow());
  #scale = $derived.by(() => this.#scaleNow());
  #decimals = $derived.by(() => this.#decimalsNow());
  #tagged = $derived.by(() => this.#taggedNow());
  #overlays = $derived.by(() => this.#overlaysNow());

  constructor(deck: Deck, view: ChartView, frame: PaneFrame, symbol: number, number: number) {
    this.#deck = deck;
    this.#view = view;
    this.#frame = frame;
    this.symbol = symbol;
    this.#number = number;
  }

  get name(): string {
    return this.#deck.plan?.symbols[this.symbol]?.name ?? '';
  }

  get plot(): Plot {
    return this.#frame.plots[this.#number]!;
  }

  /** The bars of the charted interval; undefined while there is no look at them. */
  get bars(): PictureBars | undefined {
    return this.#bars;
  }

  get candles(): readonly Candle[] {
    return this.#candles;
  }

  get scale(): PriceScale {
    return this.#scale;
  }

  /** Decimals that its prices are quoted in, two at least. */
  get decimals(): number {
    return this.#decimals;
  }

  /** The last price where it is in sight; it has a tag at the axis. */
  get tagged(): number | undefined {
    return this.#tagged;
  }

  get overlays(): readonly DrawnOverlay[] {
    return this.#overlays;
  }

  /** The user set the edges of the scale. */
  get isScaled(): boolean {
    return this.#edges !== undefined;
  }

  /** Place in `bars` of the bar at a position of the axis; -1 where there is none. */
  placeAt(position: number): number {
    const [bars, { axis }] = [this.#bars, this.#frame];
    if (!bars || !axis) return -1;
    const slot = Math.floor(position);
    const place = firstAt(bars, axis, slot);
    return place < bars.count && axis.position(bars.session[place]!, bars.slot[place]!) === slot ? place : -1;
  }

  /** Where a price is drawn. */
  y(price: number): number {
    return priceY(this.plot, this.#scale, price);
  }

  /** Stretches the scale about its middle (factor > 1 shows more prices), and moves it to the prices so many pixels below. */
  scalePrices(factor: number, pixels: number): void {
    const { low, high } = this.#scale;
    const [top, bottom] = [this.y(high), this.y(low)];
    const [middle, half] = [(top + bottom) / 2 + pixels, ((bottom - top) / 2) * factor];
    const at = (y: number): number => priceAt(this.plot, this.#scale, y);
    const edges = { low: at(middle + half), high: at(middle - half) };
    if (edges.high - edges.low > Math.abs(edges.high) * 1e-9) this.#edges = edges;
  }

  /** The scale fits itself to the candles again. */
  fitPrices(): void {
    this.#edges = undefined;
  }

  #barsNow(): PictureBars | undefined {
    const { picture, interval } = this.#deck;
    const seen = picture && [picture.bars, ...picture.beside].find(({ symbol }) => symbol === this.symbol);
    if (!seen || seen.interval !== interval) return (this.#barsBefore = undefined);
    if (!this.#barsBefore || !areSame(this.#barsBefore, seen)) this.#barsBefore = seen;
    return this.#barsBefore;
  }

  #candlesNow(): Candle[] {
    const [bars, { axis, span }] = [this.#bars, this.#frame];
    return bars && axis && span ? candlesOf(bars, axis, span, this.#lateIn(bars)) : [];
  }

  /** Tells of a place in the bars whether it holds a base bar of the session that plays that came after its time. */
  #lateIn(bars: PictureBars): (place: number) => boolean {
    const { late } = this.#deck.log;
    if (bars.interval !== 0 || late.size === 0) return () => false;
    const { session } = this.#frame;
    return (i) => bars.session[i] === session && late.has(noteKey(this.symbol, bars.slot[i]!));
  }

  #scaleNow(): PriceScale {
    const [candles, { axis }, edges] = [this.#candles, this.#frame, this.#edges];
    const lines = Math.max(2, Math.round(this.plot.height / pixelsPerLine));
    if (edges) return scaleBetween(edges.low, edges.high, lines, this.#view.prices === 'log' && edges.low > 0);
    let [low, high] = [Infinity, -Infinity];
    for (const candle of candles) {
      if (candle.low < low) low = candle.low;
      if (candle.high > high) high = candle.high;
    }
    const before = this.#held?.axis === axis ? this.#held?.scale : undefined;
    const next = priceScale(low, high, lines, before, this.#view.prices);
    if (candles.length > 0) this.#held = { axis, scale: next };
    return next;
  }

  #decimalsNow(): number {
    const bars = this.#bars;
    if (!bars) return 2;
    const from = Math.max(0, bars.count - barsForDecimals);
    const latest = [bars.close, bars.open].map((prices) => decimalsOf(prices.subarray(from, bars.count)));
    return Math.max(2, ...latest);
  }

  #taggedNow(): number | undefined {
    const [bars, { low, high }, { follows }] = [this.#bars, this.#scale, this.#frame];
    const ofSession = this.#deck.picture?.last[this.symbol] ?? NaN;
    // Before the session's first bar it is that of the one before, which a view that does not follow need not have.
    const before = bars && follows ? bars.close[bars.count - 1] : undefined;
    const last = Number.isNaN(ofSession) ? before : ofSession;
    return last !== undefined && last >= low && last <= high ? last : undefined;
  }

  #overlaysNow(): DrawnOverlay[] {
    const [bars, { axis, canvas }, { plan, interval }] = [this.#bars, this.#frame, this.#deck];
    if (!bars || !axis || !plan || !canvas) return [];
    const own = plan.symbols[this.symbol]!.intervalMs;
    const slotsPerBar = Math.max(1, Math.round(own / plan.intervals[interval]!.ms));
    return overlays.flatMap((overlay) => {
      const { on, length } = this.#view.overlay(overlay.id);
      return on ? [{ overlay, length, ...canvas.overlayValues[overlay.id]({ bars, axis, length, slotsPerBar }) }] : [];
    });
  }
}
