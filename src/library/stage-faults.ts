import type { BarColumns } from '../bars/columns.ts';
import { Fate, isLate, outcomeOf } from '../bars/fate.ts';
import { Provenance } from '../bars/provenance.ts';
import { fateOffset, type Block } from '../memory/block.ts';
import { arrivalWords } from '../memory/layout.ts';
import type { Frame } from '../memory/timeline.ts';
import { FeedFaults } from '../session/feed-faults.ts';
import type { RunPlan } from '../session/plan.ts';
import { Due, TickTables } from '../session/tick.ts';
import type { Grid } from '../time/grid.ts';

/**
 * The feed's faults while a session is laid out: they decide what becomes of each bar, and leave the fates and the list of late
 * arrivals in the block.
 */
export class StageFaults {
  private readonly block: Block;
  private readonly faults: FeedFaults;
  /** By base slot, of the symbol that is laid out: the slot at whose end its late bar arrives, or -1. */
  private readonly arrivesAt: Int32Array;
  /** By base slot: the first check for gaps at or after its end; -1 where there is none. */
  private readonly firstCheck: Int32Array;
  /** Arrivals of the session so far, by symbol and slot; the list in the block has them in the order of arrival. */
  private readonly found: Int32Array;
  private readonly places: Int32Array;
  private readonly ticks: TickTables;
  private count = 0;
  private grid!: Grid;
  private own: Frame['own'] = null;
  private fatesAt = 0;
  private session = 0;

  constructor(plan: RunPlan, block: Block) {
    const { slots } = block.slabs[0]!;
    this.ticks = new TickTables(plan);
    this.block = block;
    this.faults = new FeedFaults(plan);
    this.arrivesAt = new Int32Array(slots);
    this.firstCheck = new Int32Array(slots);
    this.found = new Int32Array(slots * block.symbols * arrivalWords);
    this.places = new Int32Array(slots + 1);
  }

  /** Begins a session. A trailing one has no faults, and no arrivals. */
  begin(session: number, frame: Frame): void {
    const { block } = this;
    this.session = session;
    this.grid = frame.grids[0]!;
    this.own = frame.own;
    this.fatesAt = fateOffset(block, session);
    this.count = 0;
    block.fates.fill(Fate.onTime, this.fatesAt, this.fatesAt + block.symbols * block.slabs[0]!.slots);
    const due = this.ticks.of(frame);
    let check = -1;
    for (let slot = this.grid.count - 1; slot >= 0; slot--) {
      if (due[slot]! & Due.gaps) check = slot;
      this.firstCheck[slot] = check;
    }
  }

  beginSymbol(): void {
    this.arrivesAt.fill(-1);
  }

  /** Decides what becomes of bar `i`, which belongs into a slot; returns the state of the slot: staged, late or empty. */
  meet(symbol: number, slot: number, bars: BarColumns, i: number): number {
    const { faults, grid, block, arrivesAt } = this;
    let fate = faults.fateOf(symbol, bars, i, grid.ends[slot]!);
    if (fate === Fate.onTime) return Provenance.staged;
    if (isLate(fate)) {
      const at = this.arrival(symbol, slot, fate);
      if (at === slot) fate -= outcomeOf(fate);
      else if (at === grid.count) fate = Fate.dropped;
      else arrivesAt[slot] = at;
    }
    block.fates[this.fatesAt + slot * block.symbols + symbol] = fate;
    if (isLate(fate)) return Provenance.late;
    return outcomeOf(fate) === Fate.onTime ? Provenance.staged : Provenance.empty;
  }

  /**
   * Whether upkeep finds the slot of a late bar missing before the bar arrives. With a fill source that has the slot it is filled
   * by then, and the late bar comes for nothing.
   */
  isMissedFirst(slot: number): boolean {
    const check = this.firstCheck[slot]!;
    return check >= 0 && check < this.arrivesAt[slot]!;
  }

  /**
   * Notes the late bars of the symbol; returns the last slot at whose end one arrives that is used, -1 for none. `states` are
   * those of its slots, once the fill sources are laid out.
   */
  endSymbol(symbol: number, states: Uint8Array): number {
    const { arrivesAt, found, block } = this;
    let last = -1;
    for (let slot = 0; slot < this.grid.count; slot++) {
      const at = arrivesAt[slot]!;
      if (at < 0) continue;
      found[this.count++] = at;
      found[this.count++] = slot * block.symbols + symbol;
      if (states[slot] === Provenance.late) last = Math.max(last, at);
    }
    return last;
  }

  /** Leaves the arrivals in the block, in the order of arrival, symbol and slot. */
  end(): void {
    const { places, found, block } = this;
    const { arrivals, arrivalCount, layout } = block;
    places.fill(0);
    for (let i = 0; i < this.count; i += arrivalWords) places[found[i]! + 1]!++;
    for (let slot = 1; slot < places.length; slot++) places[slot]! += places[slot - 1]!;
    const to = this.fatesAt * arrivalWords;
    for (let i = 0; i < this.count; i += arrivalWords) {
      const place = to + places[found[i]!]!++ * arrivalWords;
      arrivals[place] = found[i]!;
      arrivals[place + 1] = found[i + 1]!;
    }
    arrivalCount[this.session % (1 + layout.ahead)] = this.count / arrivalWords;
  }

  /** The slot at whose end a late bar arrives; the count of slots when the session is over by then. */
  private arrival(symbol: number, slot: number, fate: number): number {
    const { ends, count } = this.grid;
    if (outcomeOf(fate) === Fate.reordered) {
      // The last bar has no successor to come after.
      const own = this.own?.[symbol];
      const next = own ? (own.place[own.place.indexOf(slot) + 1] ?? count) : slot + 1;
      return next === count ? slot : next;
    }
    const at = ends[slot]! + this.faults.delayMs;
    let low = slot;
    let high = count;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (ends[middle]! < at) low = middle + 1;
      else high = middle;
    }
    return low;
  }
}
