import type { BarColumns } from '../bars/columns.ts';
import { isVisible } from '../bars/provenance.ts';
import { instant, type Instant } from '../time/instant.ts';
import { columnOffset, stateOffset, type Block, type Slabs } from './block.ts';
import { Word } from './layout.ts';
import { published, steady } from './protocol.ts';
import { RecordRing } from './record-ring.ts';
import type { Frame, Timeline } from './timeline.ts';

/** A bar with its provenance. */
export interface Bar {
  readonly start: Instant;
  readonly open: number;
  readonly high: number;
  readonly low: number;
  readonly close: number;
  readonly volume: number;
  /** See `Provenance`. */
  readonly provenance: number;
}

/** The best bid and ask at a moment; sizes are 0 where they are not known. */
export interface Quote {
  readonly time: Instant;
  readonly bid: number;
  readonly ask: number;
  readonly bidSize: number;
  readonly askSize: number;
}

/** A trade; its size is 0 where it is not known. */
export interface Tick {
  readonly time: Instant;
  readonly price: number;
  readonly size: number;
}

/** A symbol's session so far; prices are NaN before its first bar. */
export interface SessionMetrics {
  open: number;
  high: number;
  low: number;
  last: number;
  volume: number;
  bars: number;
}

/**
 * The session as it is visible at one instant: the seven access methods, each with a form that allocates nothing. Nothing past
 * the clock can be reached through it.
 *
 * `refresh` moves the view to the block's clock. The coordinator refreshes once an instant and needs no more. Other workers read
 * through `validated`, and what changes in place (metrics, counts, derived bars) through `steady` inside it.
 * `symbol` is a place in the plan; `interval` a place in the plan's intervals, 0 the base. Both are the caller's to keep in
 * range: an answer for others is undefined.
 */
export class View {
  readonly block: Block;
  readonly timeline: Timeline;
  /** The session's quotes and ticks up to the clock, in forms that allocate nothing. */
  readonly quotes: RecordRing;
  readonly ticks: RecordRing;
  /** Place of the current session in the plan. */
  session = 0;
  /** Base slots of it that the clock covers. */
  slots = 0;
  frame: Frame;
  private readonly symbols: number;
  private readonly counts: Int32Array;
  private readonly lastSlot: Int32Array;
  private readonly baseSlots: number;
  private baseOffset = 0;
  /** Base slots of the session. */
  private count = 0;
  /** The writer writes while this view reads: counts may be ahead of the clock, and what they say is looked up in the states. */
  private beside = false;

  constructor(block: Block, timeline: Timeline) {
    this.block = block;
    this.timeline = timeline;
    this.quotes = RecordRing.quotes(block);
    this.ticks = RecordRing.ticks(block);
    this.symbols = block.symbols;
    this.counts = block.counts;
    this.lastSlot = block.lastSlot;
    this.baseSlots = block.slabs[0]!.slots;
    this.frame = timeline.frame(0);
    this.refresh();
  }

  /** Moves the view to the clock. */
  refresh(): void {
    const { header } = this.block;
    const session = header.load(Word.session);
    if (session !== this.session || this.slots === 0) {
      this.session = session;
      this.frame = this.timeline.frame(session);
      this.baseOffset = columnOffset(this.block.slabs[0]!, this.symbols, session, 0);
      this.count = this.frame.grids[0]!.count;
    }
    this.slots = Math.min(published(header), this.count);
  }

  /**
   * Refreshes, reads, and reads again until the session did not roll meanwhile; undefined after `tries`. `read` must not keep
   * what it read of a failed try. For other workers than the coordinator.
   */
  validated<T>(read: () => T, tries = 100): T | undefined {
    this.beside = true;
    return this.steady(
      Word.epoch,
      () => {
        this.refresh();
        return read();
      },
      tries,
    );
  }

  /**
   * Reads until a bracketing counter of the header (`epoch`, `metricsRevision`, `mendRevision`) held still; undefined after
   * `tries`. At full speed only a short read, a microsecond or less, has a good chance.
   */
  steady<T>(word: number, read: () => T, tries = 10_000): T | undefined {
    return steady(this.block.header, word, read, tries);
  }

  /** Bars of the session so far. */
  barCount(symbol: number, interval = 0): number {
    return this.counts[interval * this.symbols + symbol]!;
  }

  /** Place of the latest bar in the columns of the interval's slabs (`block.slabs[interval].close[place]`), or -1. */
  latestAt(symbol: number, interval = 0): number {
    const last = this.lastSlot[symbol]!;
    // Of a symbol without a bar the slot is -1: as an unsigned number it lies past every clock.
    if (interval === 0 && last >>> 0 < this.slots) return this.baseOffset + symbol * this.baseSlots + last;
    return this.searchLatest(symbol, interval);
  }

  latestBar(symbol: number, interval = 0): Bar | null {
    const slot = this.latestSlot(symbol, interval);
    return slot < 0 ? null : this.bar(symbol, interval, this.session, slot);
  }

  /** Places of the latest bars of several symbols into `places`, -1 where there is none. */
  latestOf(symbols: ArrayLike<number>, places: Int32Array, interval = 0): void {
    const { lastSlot, slots, baseOffset, baseSlots } = this;
    const { length } = symbols;
    for (let i = 0; i < length; i++) {
      const symbol = symbols[i]!;
      const last = lastSlot[symbol]!;
      if (interval === 0 && last >>> 0 < slots) places[i] = baseOffset + symbol * baseSlots + last;
      else places[i] = this.searchLatest(symbol, interval);
    }
  }

  latestBars(symbols: readonly number[], interval = 0): (Bar | null)[] {
    return symbols.map((symbol) => this.latestBar(symbol, interval));
  }

  /** The last n bars of the session into `out`, oldest first, from its beginning; returns how many there are. */
  copyLast(symbol: number, n: number, out: BarColumns, interval = 0): number {
    const visible = this.visibleSlots(interval);
    const count = this.barCount(symbol, interval);
    if (count === visible && count >= n && !this.beside) {
      this.copySlots(symbol, interval, visible - n, n, out);
      return (out.count = n);
    }
    return this.copyBack(symbol, n, out, interval, this.session);
  }

  lastBars(symbol: number, n: number, interval = 0): Bar[] {
    return this.barsBack(symbol, n, interval, this.session);
  }

  /** The last n bars into `out`, oldest first, seamlessly back into the trailing history. */
  copyLastAcross(symbol: number, n: number, out: BarColumns, interval = 0): number {
    if (this.barCount(symbol, interval) >= n && !this.beside) return this.copyLast(symbol, n, out, interval);
    return this.copyBack(symbol, n, out, interval, this.oldestSession(interval));
  }

  lastBarsAcross(symbol: number, n: number, interval = 0): Bar[] {
    return this.barsBack(symbol, n, interval, this.oldestSession(interval));
  }

  /** The bars of the session that start at or after a time, oldest first, into `out`; at most its capacity, the latest ones. */
  copySince(symbol: number, since: Instant, out: BarColumns, interval = 0): number {
    return this.copyLast(symbol, Math.min(this.countSince(symbol, since, interval), out.start.length), out, interval);
  }

  barsSince(symbol: number, since: Instant, interval = 0): Bar[] {
    return this.lastBars(symbol, this.countSince(symbol, since, interval), interval);
  }

  /** The session's open, high, low, last and volume of a symbol into `out`. */
  copyMetrics(symbol: number, out: SessionMetrics): void {
    const { block } = this;
    out.open = block.sessionOpen[symbol]!;
    out.high = block.sessionHigh[symbol]!;
    out.low = block.sessionLow[symbol]!;
    out.last = block.sessionLast[symbol]!;
    out.volume = block.sessionVolume[symbol]!;
    out.bars = this.counts[symbol]!;
  }

  metrics(symbol: number): SessionMetrics {
    const out = { open: NaN, high: NaN, low: NaN, last: NaN, volume: 0, bars: 0 };
    this.copyMetrics(symbol, out);
    return out;
  }

  latestQuote(symbol: number): Quote | null {
    const row = new Float64Array(this.quotes.fields);
    return this.quotes.latest(symbol, row) ? quoteOf(row) : null;
  }

  /** The last n quotes of the session that are kept, oldest first. */
  lastQuotes(symbol: number, n: number): Quote[] {
    return rowsOf(this.quotes, symbol, n, quoteOf);
  }

  latestTick(symbol: number): Tick | null {
    const row = new Float64Array(this.ticks.fields);
    return this.ticks.latest(symbol, row) ? tickOf(row) : null;
  }

  /** The last n ticks of the session that are kept, oldest first. */
  lastTicks(symbol: number, n: number): Tick[] {
    return rowsOf(this.ticks, symbol, n, tickOf);
  }

  /** Slots of the interval in the current session that the clock covers: a derived bar shows when its bucket has ended. */
  visibleSlots(interval: number): number {
    if (interval === 0 || this.slots === 0) return this.slots;
    const buckets = this.frame.buckets[interval]!;
    const bucket = buckets.bucketOf[this.slots - 1]!;
    return buckets.end[bucket]! <= this.slots ? bucket + 1 : bucket;
  }

  /** The first session whose bars of the interval are kept. */
  oldestSession(interval: number): number {
    return Math.max(0, this.session - this.block.slabs[interval]!.history);
  }

  /** Provenance of a slot of a session that is kept; `Provenance.empty` past the clock. */
  provenance(symbol: number, interval: number, session: number, slot: number): number {
    if (session === this.session && slot >= this.visibleSlots(interval)) return 0;
    const slabs = this.block.slabs[interval]!;
    const state = slabs.states[stateOffset(slabs, session) + slot * this.symbols + symbol]!;
    return isVisible(state) ? state : 0;
  }

  private searchLatest(symbol: number, interval: number): number {
    const slot = this.latestSlot(symbol, interval);
    if (slot < 0) return -1;
    return columnOffset(this.block.slabs[interval]!, this.symbols, this.session, symbol) + slot;
  }

  private latestSlot(symbol: number, interval: number): number {
    const slabs = this.block.slabs[interval]!;
    const states = stateOffset(slabs, this.session) + symbol;
    let slot = this.visibleSlots(interval) - 1;
    while (slot >= 0 && !isVisible(slabs.states[states + slot * this.symbols]!)) slot--;
    return slot;
  }

  private countSince(symbol: number, since: Instant, interval: number): number {
    const slabs = this.block.slabs[interval]!;
    const states = stateOffset(slabs, this.session) + symbol;
    const starts = startsOf(this.frame, symbol, interval);
    let count = 0;
    for (let slot = this.visibleSlots(interval) - 1; slot >= 0 && starts[slot]! >= since; slot--)
      if (isVisible(slabs.states[states + slot * this.symbols]!)) count++;
    return count;
  }

  private copySlots(symbol: number, interval: number, first: number, n: number, out: BarColumns): void {
    const slabs = this.block.slabs[interval]!;
    const { open, high, low, close, volume } = slabs;
    const starts = startsOf(this.frame, symbol, interval);
    const from = columnOffset(slabs, this.symbols, this.session, symbol) + first;
    for (let i = 0; i < n; i++) {
      out.start[i] = starts[first + i]!;
      out.open[i] = open[from + i]!;
      out.high[i] = high[from + i]!;
      out.low[i] = low[from + i]!;
      out.close[i] = close[from + i]!;
      out.volume[i] = volume[from + i]!;
    }
  }

  /** Fills `out` from its end backwards, session by session down to `oldest`, then moves the bars to the front. */
  private copyBack(symbol: number, n: number, out: BarColumns, interval: number, oldest: number): number {
    const slabs = this.block.slabs[interval]!;
    let room = n;
    let limit = this.visibleSlots(interval);
    for (let session = this.session; ; limit = this.timeline.frame(session).grids[interval]!.count) {
      const starts = startsOf(this.timeline.frame(session), symbol, interval);
      const columns = columnOffset(slabs, this.symbols, session, symbol);
      const states = stateOffset(slabs, session) + symbol;
      for (let slot = limit - 1; slot >= 0 && room > 0; slot--) {
        if (!isVisible(slabs.states[states + slot * this.symbols]!)) continue;
        copyBar(slabs, columns + slot, starts[slot]!, out, --room);
      }
      if (room === 0 || --session < oldest) break;
    }
    const count = n - room;
    if (room > 0)
      for (const column of [out.start, out.open, out.high, out.low, out.close, out.volume])
        column.copyWithin(0, room, n);
    return (out.count = count);
  }

  private barsBack(symbol: number, n: number, interval: number, oldest: number): Bar[] {
    const bars: Bar[] = [];
    let limit = this.visibleSlots(interval);
    for (let session = this.session; session >= oldest && bars.length < n; session--) {
      if (session < this.session) limit = this.timeline.frame(session).grids[interval]!.count;
      for (let slot = limit - 1; slot >= 0 && bars.length < n; slot--)
        if (this.provenance(symbol, interval, session, slot)) bars.push(this.bar(symbol, interval, session, slot));
    }
    return bars.reverse();
  }

  private bar(symbol: number, interval: number, session: number, slot: number): Bar {
    const slabs = this.block.slabs[interval]!;
    const place = columnOffset(slabs, this.symbols, session, symbol) + slot;
    return {
      start: instant(startsOf(this.timeline.frame(session), symbol, interval)[slot]!),
      open: slabs.open[place]!,
      high: slabs.high[place]!,
      low: slabs.low[place]!,
      close: slabs.close[place]!,
      volume: slabs.volume[place]!,
      provenance: slabs.states[stateOffset(slabs, session) + slot * this.symbols + symbol]!,
    };
  }
}

/** By slot of the interval: the start of the symbol's bar in it. */
export function startsOf(frame: Frame, symbol: number, interval: number): Float64Array {
  const own = interval === 0 ? frame.own?.[symbol] : null;
  return own ? own.starts : frame.grids[interval]!.starts;
}

function quoteOf([time, bid, ask, bidSize, askSize]: Float64Array): Quote {
  return { time: instant(time!), bid: bid!, ask: ask!, bidSize: bidSize!, askSize: askSize! };
}

function tickOf([time, price, size]: Float64Array): Tick {
  return { time: instant(time!), price: price!, size: size! };
}

function rowsOf<T>(ring: RecordRing, symbol: number, n: number, of: (row: Float64Array) => T): T[] {
  const { fields, capacity } = ring;
  const out = new Float64Array(Math.min(n, capacity) * fields);
  const count = ring.copyLast(symbol, n, out);
  return Array.from({ length: count }, (_, i) => of(out.subarray(i * fields, (i + 1) * fields)));
}

function copyBar(slabs: Slabs, place: number, start: number, out: BarColumns, to: number): void {
  out.start[to] = start;
  out.open[to] = slabs.open[place]!;
  out.high[to] = slabs.high[place]!;
  out.low[to] = slabs.low[place]!;
  out.close[to] = slabs.close[place]!;
  out.volume[to] = slabs.volume[place]!;
}
