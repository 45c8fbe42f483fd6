import { deriveBar } from '../bars/derive.ts';
import { Fate, outcomeOf } from '../bars/fate.ts';
import { isVisible, Provenance } from '../bars/provenance.ts';
import { columnOffset, fateOffset, stateOffset, type Block } from '../memory/block.ts';
import { Word } from '../memory/layout.ts';
import { beginChange, endChange } from '../memory/protocol.ts';
import type { Frame } from '../memory/timeline.ts';

/**
 * Makes bars of one session visible: delivery flips states, counts and metrics follow, and derived bars close. Columns are in
 * place before; nothing is copied. Allocates once a session.
 */
export class Delivery {
  private readonly block: Block;
  private readonly symbols: number;
  /** By symbol: the first slot with a bar that is not made up. */
  private readonly firstSlot: Int32Array;
  /** By symbol: the last close before the session; infinite while not looked for, NaN where there is none. */
  private readonly closeBefore: Float64Array;
  /** By symbol: the last slot without a bar at its end, or -1; a bar that comes later does not take it back. */
  private readonly lastMissed: Int32Array;
  /** Bars that came at the instant for slots before it: `cells[i]` is `slot * symbols + symbol`. */
  readonly late = { count: 0, cells: new Int32Array(64) };
  private frame!: Frame;
  private session = 0;
  private now = 0;
  private states!: Uint8Array;
  private statesAt = 0;
  private columnsAt = 0;
  private stride = 0;

  constructor(block: Block) {
    this.block = block;
    this.symbols = block.symbols;
    this.firstSlot = new Int32Array(block.symbols);
    this.closeBefore = new Float64Array(block.symbols);
    this.lastMissed = new Int32Array(block.symbols);
  }

  /** Moves on to a session that is staged; what the block says of the session starts anew. */
  begin(session: number, frame: Frame): void {
    const { block } = this;
    this.turnTo(session, frame);
    this.firstSlot.fill(-1);
    this.lookBackAgain();
    block.counts.fill(0);
    block.filled.fill(0);
    block.madeUp.fill(0);
    block.lastSlot.fill(-1);
    block.barsUpdated.fill(0);
    block.sessionVolume.fill(0);
    for (const column of [block.sessionOpen, block.sessionHigh, block.sessionLow, block.sessionLast]) column.fill(NaN);
    for (let i = 1; i < block.slabs.length; i++) {
      const slabs = block.slabs[i]!;
      const at = columnOffset(slabs, this.symbols, session, 0);
      const length = this.symbols * slabs.slots;
      for (const column of [slabs.open, slabs.high, slabs.low, slabs.close, slabs.volume])
        column.fill(0, at, at + length);
      slabs.states.fill(0, stateOffset(slabs, session), stateOffset(slabs, session) + slabs.stateStride);
    }
  }

  /** Takes up a session that is staged, and leaves what the block says of the one that plays. */
  turnTo(session: number, frame: Frame): void {
    const base = this.block.slabs[0]!;
    this.frame = frame;
    this.session = session;
    this.states = base.states;
    this.statesAt = stateOffset(base, session);
    this.columnsAt = columnOffset(base, this.symbols, session, 0);
    this.stride = base.slots;
    this.lastMissed.fill(-1);
  }

  /** The kept history has changed: the last price before the session is looked for again. */
  lookBackAgain(): void {
    this.closeBefore.fill(Infinity);
  }

  /** Streams the slot's staged bars, symbols in order; returns how many there were. Inside `metricsRevision`. */
  stream(slot: number): number {
    const { block, states, symbols, columnsAt, stride, firstSlot, lastMissed } = this;
    const { silent, barsUpdated, lastSlot, counts, sessionHigh, sessionLow, sessionLast, sessionVolume } = block;
    const { high, low, close, volume } = block.slabs[0]!;
    const row = this.statesAt + slot * symbols;
    let delivered = 0;
    this.now = slot;
    this.late.count = 0;
    for (let s = 0, at = columnsAt + slot; s < symbols; s++, at += stride) {
      if (states[row + s] !== Provenance.staged || silent[s] === 1) {
        barsUpdated[s] = 0;
        lastMissed[s] = slot;
        continue;
      }
      states[row + s] = Provenance.streamed;
      barsUpdated[s] = 1;
      delivered++;
      counts[s]!++;
      if (firstSlot[s]! < 0) this.first(s, slot, at);
      lastSlot[s] = slot;
      const h = high[at]!;
      const l = low[at]!;
      if (h > sessionHigh[s]!) sessionHigh[s] = h;
      if (l < sessionLow[s]!) sessionLow[s] = l;
      sessionLast[s] = close[at]!;
      sessionVolume[s] = sessionVolume[s]! + volume[at]!;
    }
    return delivered;
  }

  /** Fills one missing slot from its candidate. Throws when there is none: nothing is filled twice. Inside `metricsRevision`. */
  fill(symbol: number, slot: number): void {
    const { block } = this;
    const cell = slot * this.symbols + symbol;
    if (this.states[this.statesAt + cell]! < Provenance.candidate)
      throw new Error(`slot ${slot} of symbol ${symbol} has no candidate to be filled from`);
    const fates = block.fates.length > 0;
    const repairs = fates && outcomeOf(block.fates[fateOffset(block, this.session) + cell]!) === Fate.rejected;
    this.place(symbol, slot, repairs ? Provenance.repaired : Provenance.filled);
    block.filled[symbol]!++;
  }

  /** Puts a late bar into its slot; false when the slot has another bar or waits for one. Inside `metricsRevision`. */
  arrive(symbol: number, slot: number): boolean {
    if (this.states[this.statesAt + slot * this.symbols + symbol] !== Provenance.late) return false;
    this.place(symbol, slot, Provenance.streamed);
    return true;
  }

  /** Whether the slot has the feed's bar. */
  hasStreamed(symbol: number, slot: number): boolean {
    return this.states[this.statesAt + slot * this.symbols + symbol] === Provenance.streamed;
  }

  /**
   * Makes a bar up for a slot that has none: no volume, and all its prices the close of the last visible bar before it, of the
   * session or the history that is kept; false when there is none before it. The session's own open, high, low, last and volume
   * are those of real bars. Inside `metricsRevision`.
   */
  makeUp(symbol: number, slot: number): boolean {
    const { block } = this;
    const price = this.closeUpTo(symbol, slot - 1);
    if (Number.isNaN(price)) return false;
    const base = block.slabs[0]!;
    const at = this.columnsAt + symbol * this.stride + slot;
    base.open[at] = base.high[at] = base.low[at] = base.close[at] = price;
    base.volume[at] = 0;
    this.states[this.statesAt + slot * this.symbols + symbol] = Provenance.madeUp;
    if (slot < this.now) this.note(symbol, slot);
    block.barsUpdated[symbol] = 1;
    block.counts[symbol]!++;
    block.madeUp[symbol]!++;
    if (slot > block.lastSlot[symbol]!) block.lastSlot[symbol] = slot;
    return true;
  }

  /** Closes the derived bars whose bucket ends with the slot. */
  derive(slot: number): void {
    for (let i = 1; i < this.block.slabs.length; i++) {
      const bucket = this.frame.closing[i]![slot]!;
      if (bucket >= 0) this.deriveAll(i, bucket, 0);
    }
  }

  /** Makes the derived bars anew that a fill of a symbol's slot changes and that closed before the clock's slot count. */
  mend(symbol: number, slot: number, slots: number): void {
    const { header, slabs } = this.block;
    if (slabs.length === 1) return;
    beginChange(header, Word.mendRevision);
    for (let i = 1; i < slabs.length; i++) {
      const buckets = this.frame.buckets[i]!;
      const bucket = buckets.bucketOf[slot]!;
      if (buckets.end[bucket]! <= slots) this.deriveOne(i, bucket, symbol);
    }
    endChange(header, Word.mendRevision);
  }

  /**
   * Makes the bars of a trailing session, so many sessions before the first played one, visible at once, with the derived ones
   * whose history reaches back to it; returns how many base bars there are.
   */
  history(back: number): number {
    const slots = this.frame.grids[0]!.count;
    let bars = 0;
    for (let slot = 0, i = this.statesAt; slot < slots; slot++)
      for (let s = 0; s < this.symbols; s++, i++) {
        if (this.states[i] === Provenance.staged) {
          this.states[i] = Provenance.streamed;
          bars++;
        } else this.lastMissed[s] = slot;
      }
    for (let i = 1; i < this.block.slabs.length; i++) {
      if (this.block.slabs[i]!.history < back) continue;
      for (let bucket = 0; bucket < this.frame.grids[i]!.count; bucket++) this.deriveAll(i, bucket, back);
    }
    return bars;
  }

  /** Makes a bar visible that comes after its slot. */
  private place(symbol: number, slot: number, provenance: number): void {
    const { block } = this;
    const base = block.slabs[0]!;
    const at = this.columnsAt + symbol * this.stride + slot;
    this.states[this.statesAt + slot * this.symbols + symbol] = provenance;
    if (slot < this.now) this.note(symbol, slot);
    block.barsUpdated[symbol] = 1;
    block.counts[symbol]!++;
    if (this.firstSlot[symbol]! < 0) this.first(symbol, slot, at);
    if (slot < this.firstSlot[symbol]!) {
      this.firstSlot[symbol] = slot;
      block.sessionOpen[symbol] = base.open[at]!;
    }
    if (slot >= this.lastReal(symbol)) block.sessionLast[symbol] = base.close[at]!;
    if (slot > block.lastSlot[symbol]!) block.lastSlot[symbol] = slot;
    if (base.high[at]! > block.sessionHigh[symbol]!) block.sessionHigh[symbol] = base.high[at]!;
    if (base.low[at]! < block.sessionLow[symbol]!) block.sessionLow[symbol] = base.low[at]!;
    block.sessionVolume[symbol]! += base.volume[at]!;
  }

  /** Notes a bar that came after its slot's end. */
  private note(symbol: number, slot: number): void {
    const { late } = this;
    if (late.count === late.cells.length) {
      const wider = new Int32Array(late.count * 2);
      wider.set(late.cells);
      late.cells = wider;
    }
    late.cells[late.count++] = slot * this.symbols + symbol;
  }

  /** The last slot with a bar that is not made up, or -1. */
  private lastReal(symbol: number): number {
    let slot = this.block.lastSlot[symbol]!;
    if (this.block.madeUp[symbol] === 0) return slot;
    for (; slot >= 0; slot--) {
      const state = this.states[this.statesAt + slot * this.symbols + symbol]!;
      if (isVisible(state) && state !== Provenance.madeUp) break;
    }
    return slot;
  }

  /** The close of the last visible bar of a symbol up to a slot of the session; NaN when there is none in what is kept. */
  private closeUpTo(symbol: number, slot: number): number {
    const { close } = this.block.slabs[0]!;
    for (let i = Math.min(slot, this.block.lastSlot[symbol]!); i >= 0; i--)
      if (isVisible(this.states[this.statesAt + i * this.symbols + symbol]!))
        return close[this.columnsAt + symbol * this.stride + i]!;
    if (this.closeBefore[symbol] === Infinity) this.closeBefore[symbol] = this.closeInHistory(symbol);
    return this.closeBefore[symbol]!;
  }

  private closeInHistory(symbol: number): number {
    const base = this.block.slabs[0]!;
    const oldest = Math.max(0, this.session - base.history);
    for (let session = this.session - 1; session >= oldest; session--)
      for (let slot = base.slots - 1; slot >= 0; slot--)
        if (isVisible(base.states[stateOffset(base, session) + slot * this.symbols + symbol]!))
          return base.close[columnOffset(base, this.symbols, session, symbol) + slot]!;
    return NaN;
  }

  private first(symbol: number, slot: number, at: number): void {
    const { block } = this;
    const base = block.slabs[0]!;
    this.firstSlot[symbol] = slot;
    block.sessionOpen[symbol] = base.open[at]!;
    block.sessionHigh[symbol] = base.high[at]!;
    block.sessionLow[symbol] = base.low[at]!;
  }

  /**
   * Makes a bucket's bar of every symbol, in a session so many before the one that plays; those that missed nothing in it need no
   * look at the states, and what is highest and lowest is known where shorter derived bars make it up.
   */
  private deriveAll(interval: number, bucket: number, back: number): void {
    const { block, symbols, stride, lastMissed } = this;
    const { open, close, volume } = block.slabs[0]!;
    const { counts } = block;
    const out = block.slabs[interval]!;
    const buckets = this.frame.buckets[interval]!;
    const first = buckets.first[bucket]!;
    const last = buckets.end[bucket]! - 1;
    const states = stateOffset(out, this.session) + bucket * symbols;
    const shorter = this.shorter(interval, first, last, back);
    const parts = block.slabs[shorter]!;
    const bucketOf = this.frame.buckets[shorter]?.bucketOf;
    const firstPart = bucketOf ? bucketOf[first]! : first;
    const lastPart = bucketOf ? bucketOf[last]! : last;
    const { high, low } = parts;
    let to = columnOffset(out, symbols, this.session, 0) + bucket;
    let from = this.columnsAt + first;
    let part = columnOffset(parts, symbols, this.session, 0) + firstPart;
    for (let s = 0; s < symbols; s++, from += stride, part += parts.slots, to += out.slots) {
      if (lastMissed[s]! >= first) {
        this.deriveOne(interval, bucket, s);
        continue;
      }
      const endPart = part + lastPart - firstPart;
      let top = high[part]!;
      let bottom = low[part]!;
      for (let i = part + 1; i <= endPart; i++) {
        const h = high[i]!;
        const l = low[i]!;
        if (h > top) top = h;
        if (l < bottom) bottom = l;
      }
      const end = from + last - first;
      // In the order of the slots, as `deriveBar` adds: sums of sums differ in their last bits.
      let sum = volume[from]!;
      for (let i = from + 1; i <= end; i++) sum += volume[i]!;
      out.open[to] = open[from]!;
      out.high[to] = top;
      out.low[to] = bottom;
      out.close[to] = close[end]!;
      out.volume[to] = sum;
      if (out.states[states + s] === Provenance.empty) counts[interval * symbols + s]!++;
      out.states[states + s] = Provenance.whole;
    }
  }

  /** The longest shorter interval whose bars are kept that far back and make up the base slots `[first, last]` exactly. */
  private shorter(interval: number, first: number, last: number, back: number): number {
    for (let i = interval - 1; i > 0; i--) {
      const { bucketOf, first: firsts, end } = this.frame.buckets[i]!;
      if (this.block.slabs[i]!.history < back) continue;
      if (firsts[bucketOf[first]!] === first && end[bucketOf[last]!]! - 1 === last) return i;
    }
    return 0;
  }

  private deriveOne(interval: number, bucket: number, symbol: number): void {
    const { block, symbols } = this;
    const slabs = block.slabs[interval]!;
    const buckets = this.frame.buckets[interval]!;
    const first = buckets.first[bucket]!;
    const end = buckets.end[bucket]!;
    const parts = this.frame.own?.[symbol]?.parts[interval]![bucket] ?? end - first;
    if (parts === 0) return;
    const place = stateOffset(slabs, this.session) + bucket * symbols + symbol;
    const bars = deriveBar(
      block.slabs[0]!,
      this.columnsAt + symbol * this.stride,
      this.states,
      this.statesAt + symbol,
      symbols,
      first,
      end,
      slabs,
      columnOffset(slabs, symbols, this.session, symbol) + bucket,
    );
    if (bars === 0) return;
    if (slabs.states[place] === Provenance.empty) block.counts[interval * symbols + symbol]!++;
    const real = block.madeUp[symbol] === 0 ? bars : bars - this.madeUpIn(symbol, first, end);
    slabs.states[place] = real === parts ? Provenance.whole : real === 0 ? Provenance.madeUp : Provenance.incomplete;
  }

  /** Made-up bars of the base slots `[first, end)`. */
  private madeUpIn(symbol: number, first: number, end: number): number {
    let count = 0;
    for (let slot = first; slot < end; slot++)
      if (this.states[this.statesAt + slot * this.symbols + symbol] === Provenance.madeUp) count++;
    return count;
  }
}
