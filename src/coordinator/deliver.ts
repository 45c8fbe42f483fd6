import { deriveBar } from '../bars/derive.ts';
import { Provenance } from '../bars/provenance.ts';
import { columnOffset, stateOffset, type Block } from '../memory/block.ts';
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
  private readonly firstSlot: Int32Array;
  private frame!: Frame;
  private session = 0;
  private states!: Uint8Array;
  private statesAt = 0;
  private columnsAt = 0;
  private stride = 0;

  constructor(block: Block) {
    this.block = block;
    this.symbols = block.symbols;
    this.firstSlot = new Int32Array(block.symbols);
  }

  /** Moves on to a session that is staged; what the block says of the session starts anew. */
  begin(session: number, frame: Frame): void {
    const { block } = this;
    const base = block.slabs[0]!;
    this.frame = frame;
    this.session = session;
    this.states = base.states;
    this.statesAt = stateOffset(base, session);
    this.columnsAt = columnOffset(base, this.symbols, session, 0);
    this.stride = base.slots;
    this.firstSlot.fill(-1);
    block.counts.fill(0);
    block.filled.fill(0);
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

  /** Streams the slot's staged bars, symbols in order; returns how many there were. Inside `metricsRevision`. */
  stream(slot: number): number {
    const { block, states, symbols, columnsAt, stride } = this;
    const { barsUpdated, lastSlot, counts, sessionHigh, sessionLow, sessionLast, sessionVolume } = block;
    const { high, low, close, volume } = block.slabs[0]!;
    const row = this.statesAt + slot * symbols;
    let delivered = 0;
    for (let s = 0, at = columnsAt + slot; s < symbols; s++, at += stride) {
      if (states[row + s] !== Provenance.staged) {
        barsUpdated[s] = 0;
        continue;
      }
      states[row + s] = Provenance.streamed;
      barsUpdated[s] = 1;
      delivered++;
      counts[s]!++;
      if (lastSlot[s]! < 0) this.first(s, slot, at);
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
    const place = this.statesAt + slot * this.symbols + symbol;
    if (this.states[place]! < Provenance.candidate)
      throw new Error(`slot ${slot} of symbol ${symbol} has no candidate to be filled from`);
    const base = block.slabs[0]!;
    const at = this.columnsAt + symbol * this.stride + slot;
    this.states[place] = Provenance.filled;
    block.barsUpdated[symbol] = 1;
    block.counts[symbol]!++;
    block.filled[symbol]!++;
    if (block.lastSlot[symbol]! < 0) this.first(symbol, slot, at);
    if (slot < this.firstSlot[symbol]!) {
      this.firstSlot[symbol] = slot;
      block.sessionOpen[symbol] = base.open[at]!;
    }
    if (slot >= block.lastSlot[symbol]!) {
      block.lastSlot[symbol] = slot;
      block.sessionLast[symbol] = base.close[at]!;
    }
    if (base.high[at]! > block.sessionHigh[symbol]!) block.sessionHigh[symbol] = base.high[at]!;
    if (base.low[at]! < block.sessionLow[symbol]!) block.sessionLow[symbol] = base.low[at]!;
    block.sessionVolume[symbol]! += base.volume[at]!;
  }

  /** Closes the derived bars whose bucket ends with the slot. */
  derive(slot: number): void {
    for (let i = 1; i < this.block.slabs.length; i++) {
      const bucket = this.frame.closing[i]![slot]!;
      if (bucket >= 0) for (let s = 0; s < this.symbols; s++) this.deriveOne(i, bucket, s);
    }
  }

  /** Makes the derived bars anew that a fill of a symbol's slot changes and that closed before the clock's slot count. */
  mend(symbol: number, slot: number, slots: number): void {
    const { header, slabs } = this.block;
    for (let i = 1; i < slabs.length; i++) {
      const buckets = this.frame.buckets[i]!;
      const bucket = buckets.bucketOf[slot]!;
      if (buckets.end[bucket]! > slots) continue;
      beginChange(header, Word.mendRevision);
      this.deriveOne(i, bucket, symbol);
      endChange(header, Word.mendRevision);
    }
  }

  /**
   * Makes the bars of a trailing session, so many sessions before the first played one, visible at once, with the derived ones
   * whose history reaches back to it; returns how many base bars there are.
   */
  history(back: number): number {
    const slots = this.frame.grids[0]!.count;
    let bars = 0;
    for (let i = this.statesAt; i < this.statesAt + slots * this.symbols; i++) {
      if (this.states[i] !== Provenance.staged) continue;
      this.states[i] = Provenance.streamed;
      bars++;
    }
    for (let i = 1; i < this.block.slabs.length; i++) {
      if (this.block.slabs[i]!.history < back) continue;
      for (let bucket = 0; bucket < this.frame.grids[i]!.count; bucket++)
        for (let s = 0; s < this.symbols; s++) this.deriveOne(i, bucket, s);
    }
    return bars;
  }

  private first(symbol: number, slot: number, at: number): void {
    const { block } = this;
    const base = block.slabs[0]!;
    this.firstSlot[symbol] = slot;
    block.sessionOpen[symbol] = base.open[at]!;
    block.sessionHigh[symbol] = base.high[at]!;
    block.sessionLow[symbol] = base.low[at]!;
  }

  private deriveOne(interval: number, bucket: number, symbol: number): void {
    const { block, symbols } = this;
    const slabs = block.slabs[interval]!;
    const buckets = this.frame.buckets[interval]!;
    const first = buckets.first[bucket]!;
    const end = buckets.end[bucket]!;
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
    slabs.states[place] = bars === end - first ? Provenance.whole : Provenance.incomplete;
  }
}
