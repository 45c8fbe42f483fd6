import type { PictureBars } from '../../memory/picture.ts';
import type { Deck } from '../deck.svelte.ts';
import { noteKey } from '../gaps.ts';
import { decimalsOf } from '../labels.ts';
import { priceY } from './candle-scene.ts';
import { areSame, candlesOf, firstAt, type Candle } from './candles.ts';
import type { Plot } from './plots.ts';
import { priceScale, type PriceScale } from './price-scale.ts';
import type { SlotAxis } from './slot-axis.ts';
import type { Span } from './viewport.ts';

/** What a pane shares with those that are stacked with it. */
export interface PaneFrame {
  readonly axis: SlotAxis | undefined;
  readonly span: Span | undefined;
  /** Place in the plan of the session that plays. */
  readonly session: number;
  /** By pane, from top to bottom. */
  readonly plots: readonly Plot[];
}

/** Bars whose prices tell how many decimals the symbol is quoted in. */
const barsForDecimals = 200;

/** The candles of one symbol and the scale of their prices. */
export class Pane {
  /** Place in the plan. */
  readonly symbol: number;
  readonly #number: number;
  readonly #deck: Deck;
  readonly #frame: PaneFrame;
  // A look that brought nothing new keeps the bars that were there, so that nothing is drawn anew.
  #barsBefore: PictureBars | undefined;
  // The scale that was drawn last: a new one is made only when it no longer serves.
  #held: { axis: SlotAxis | undefined; scale: PriceScale } | undefined;
  #bars = $derived.by(() => this.#barsNow());
  #candles = $derived.by(() => this.#candlesNow());
  #scale = $derived.by(() => this.#scaleNow());
  #decimals = $derived.by(() => this.#decimalsNow());
  #tagged = $derived.by(() => this.#taggedNow());

  constructor(deck: Deck, frame: PaneFrame, symbol: number, number: number) {
    this.#deck = deck;
    this.#frame = frame;
    this.symbol = symbol;
    this.#number = number;
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

  #barsNow(): PictureBars | undefined {
    const seen = this.#deck.picture?.bars;
    if (!seen || seen.symbol !== this.symbol || seen.interval !== this.#deck.interval)
      return (this.#barsBefore = undefined);
    if (!this.#barsBefore || !areSame(this.#barsBefore, seen)) this.#barsBefore = seen;
    return this.#barsBefore;
  }

  #candlesNow(): Candle[] {
    const [bars, { axis, span }] = [this.#bars, this.#frame];
    return bars && axis && span ? candlesOf(bars, axis, span, this.#lateIn(bars)) : [];
  }

  /** Tells of a place in the bars whether it holds a base bar of the session that plays that came after its time. */
  #lateIn(bars: PictureBars): (place: number) => boolean {
    const { notes } = this.#deck.log;
    if (bars.interval !== 0 || notes.size === 0) return () => false;
    const { session } = this.#frame;
    return (i) => bars.session[i] === session && notes.get(noteKey(this.symbol, bars.slot[i]!))?.late === true;
  }

  #scaleNow(): PriceScale {
    const [candles, { axis }] = [this.#candles, this.#frame];
    let [low, high] = [Infinity, -Infinity];
    for (const candle of candles) {
      if (candle.low < low) low = candle.low;
      if (candle.high > high) high = candle.high;
    }
    const lines = Math.max(2, Math.round(this.plot.height / 80));
    const next = priceScale(low, high, lines, this.#held?.axis === axis ? this.#held?.scale : undefined);
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
    const [bars, { low, high }] = [this.#bars, this.#scale];
    const last = bars && bars.count > 0 ? bars.close[bars.count - 1]! : undefined;
    return last !== undefined && last >= low && last <= high ? last : undefined;
  }
}
