import type { Bar, Quote, Tick } from '../memory/view.ts';
import type { OrderTerms } from '../strategy/broker/order.ts';
import type { Desk } from '../strategy/desk.ts';
import type { Instant } from '../time/instant.ts';
import { orderTerms } from './own-terms.ts';
import { provenanceName } from './provenance-name.ts';

/** The session as own code sees it; times are epoch milliseconds. */
export interface OwnSession {
  readonly date: string;
  readonly open: number;
  readonly close: number;
  readonly early: boolean;
}

/** A bar as own code sees it. */
export interface OwnBar extends Omit<Bar, 'start' | 'provenance'> {
  readonly start: number;
  /** `streamed`, `filled`, `made up`, `repaired`, `whole` or `incomplete`. */
  readonly came: string;
}

/** An open trade as own code sees it: a copy. */
export interface OwnTrade {
  readonly id: number;
  readonly symbol: number;
  /** Units, negative for a short one. */
  readonly size: number;
  readonly entryBar: number;
  readonly entryPrice: number;
  /** NaN for none. */
  readonly sl: number;
  readonly tp: number;
}

const mostBars = 100_000;

/**
 * The desk of own code: all that it can see and do. The engine's desk is in a private field, answers are numbers, texts and copies, and
 * what is given to it is checked and copied, so that own code can neither see ahead nor change what is not its to change.
 */
export class OwnDesk {
  readonly #desk: Desk;
  readonly #intervals: readonly string[];
  readonly #symbols: readonly string[];
  #session: OwnSession | undefined;
  #sessionOf: unknown;

  constructor(desk: Desk, intervals: readonly string[]) {
    this.#desk = desk;
    this.#intervals = intervals;
    this.#symbols = Object.freeze([...desk.symbols]);
    Object.freeze(this);
  }

  get open(): number {
    return this.#desk.open;
  }
  get high(): number {
    return this.#desk.high;
  }
  get low(): number {
    return this.#desk.low;
  }
  get close(): number {
    return this.#desk.close;
  }
  get volume(): number {
    return this.#desk.volume;
  }
  get start(): number {
    return this.#desk.start;
  }
  get end(): number {
    return this.#desk.end;
  }
  get came(): string {
    return provenanceName(this.#desk.provenance);
  }

  get now(): number {
    return this.#desk.now;
  }
  get sinceOpen(): number {
    return this.#desk.sinceOpen;
  }
  get untilClose(): number {
    return this.#desk.untilClose;
  }
  get barCount(): number {
    return this.#desk.barCount;
  }
  get isHistory(): boolean {
    return this.#desk.isHistory;
  }
  get symbols(): readonly string[] {
    return this.#symbols;
  }
  get session(): OwnSession {
    const { session } = this.#desk;
    if (this.#sessionOf !== session || !this.#session) {
      const { date, open, close, early } = session;
      this.#session = Object.freeze({ date, open, close, early });
      this.#sessionOf = session;
    }
    return this.#session;
  }

  hasBar(symbol = 0): boolean {
    return this.#desk.hasBar(this.#symbol(symbol));
  }
  last(symbol = 0): number {
    return this.#desk.last(this.#symbol(symbol));
  }
  bars(symbol = 0, count = 1, interval?: string): readonly OwnBar[] {
    const bars = this.#desk.view.lastBarsAcross(this.#symbol(symbol), howMany(count), this.#interval(interval));
    return bars.map(ownBar);
  }
  barsSince(symbol: number, since: number, interval?: string): readonly OwnBar[] {
    const bars = this.#desk.view.barsSince(
      this.#symbol(symbol),
      aNumber('since', since) as Instant,
      this.#interval(interval),
    );
    return bars.map(ownBar);
  }
  metrics(symbol = 0): { open: number; high: number; low: number; last: number; volume: number; bars: number } {
    return this.#desk.view.metrics(this.#symbol(symbol));
  }
  quotes(symbol = 0, count = 1): readonly Quote[] {
    return this.#desk.view.lastQuotes(this.#symbol(symbol), howMany(count));
  }
  ticks(symbol = 0, count = 1): readonly Tick[] {
    return this.#desk.view.lastTicks(this.#symbol(symbol), howMany(count));
  }

  get cash(): number {
    return this.#desk.cash;
  }
  get equity(): number {
    return this.#desk.equity;
  }
  get trades(): readonly OwnTrade[] {
    return this.#desk.trades.map(({ id, symbol, size, entryBar, entryPrice, sl, tp }) =>
      Object.freeze({ id, symbol, size, entryBar, entryPrice, sl, tp }),
    );
  }
  get orderCount(): number {
    return this.#desk.orderCount;
  }
  position(symbol = 0): number {
    return this.#desk.position(this.#symbol(symbol));
  }
  mayOrder(symbol = 0): boolean {
    return this.#desk.mayOrder(this.#symbol(symbol));
  }

  buy(symbol = 0, terms: OrderTerms = {}): number {
    return this.#desk.buy(this.#symbol(symbol), orderTerms(terms));
  }
  sell(symbol = 0, terms: OrderTerms = {}): number {
    return this.#desk.sell(this.#symbol(symbol), orderTerms(terms));
  }
  closePosition(symbol = 0, portion = 1): void {
    this.#desk.closePosition(this.#symbol(symbol), share(portion));
  }
  closeOldest(symbol = 0, portion = 1): void {
    this.#desk.closeOldest(this.#symbol(symbol), share(portion));
  }
  protect(trade: number, sl: number, tp: number): void {
    const found = this.#desk.trades.find(({ id }) => id === trade);
    if (found) this.#desk.protect(found, aNumber('sl', sl), aNumber('tp', tp));
  }
  cancel(order: number): void {
    this.#desk.cancel(aNumber('order', order));
  }
  cancelEntries(symbol = 0): void {
    this.#desk.cancelEntries(this.#symbol(symbol));
  }

  #symbol(symbol: number): number {
    const count = this.#symbols.length;
    if (Number.isInteger(symbol) && symbol >= 0 && symbol < count) return symbol;
    throw new RangeError(`symbol was ${String(symbol)}; it must be a place in desk.symbols, 0 to ${count - 1}`);
  }

  #interval(interval: string | undefined): number {
    const place = interval === undefined ? 0 : this.#intervals.indexOf(interval);
    if (place >= 0) return place;
    throw new RangeError(
      `interval was ${String(interval)}; the run has ${this.#intervals.join(', ')} (upkeep.derivedIntervals makes others)`,
    );
  }
}

function ownBar({ start, open, high, low, close, volume, provenance }: Bar): OwnBar {
  return { start, open, high, low, close, volume, came: provenanceName(provenance) };
}

function howMany(count: number): number {
  if (Number.isInteger(count) && count >= 1 && count <= mostBars) return count;
  throw new RangeError(`count was ${String(count)}; it must be a whole number from 1 to ${mostBars}`);
}

function share(portion: number): number {
  if (typeof portion === 'number' && portion > 0 && portion <= 1) return portion;
  throw new RangeError(`portion was ${String(portion)}; it must be above 0 and at most 1`);
}

function aNumber(name: string, value: number): number {
  if (typeof value === 'number') return value;
  throw new RangeError(`${name} was ${String(value)}; it must be a number (NaN for none)`);
}
