import { Fate, faultOf, outcomeOf } from '../bars/fate.ts';
import { fateOffset, type Block } from '../memory/block.ts';
import { arrivalWords } from '../memory/layout.ts';
import { LogCode, LogLoop } from '../memory/log.ts';
import { putLog } from '../memory/log-ring.ts';
import type { Frame } from '../memory/timeline.ts';
import { outagesOf, type Outage } from '../session/feed-faults.ts';
import type { Ledger } from '../session/ledger.ts';
import type { RunPlan } from '../session/plan.ts';
import type { Delivery } from './deliver.ts';
import type { Listening } from './listening.ts';

/** What a feed with faults brings at an instant besides the bars that are on time: late ones, and what is to be said of the others. */
export class LateBars {
  private readonly block: Block;
  private readonly delivery: Delivery;
  private readonly ledger: Ledger;
  private readonly listening: Listening;
  private readonly outages: readonly Outage[];
  private readonly tellsOfSlots: boolean;
  private session = 0;
  private fatesAt = 0;
  private ends!: Float64Array;
  private next = 0;
  private end = 0;
  /** The arrivals of the instant are those from here to `next`. */
  private from = 0;

  constructor(plan: RunPlan, block: Block, delivery: Delivery, ledger: Ledger, listening: Listening) {
    this.block = block;
    this.delivery = delivery;
    this.ledger = ledger;
    this.listening = listening;
    this.outages = outagesOf(plan);
    const { corruptRate, duplicateRate } = plan.config.feed;
    this.tellsOfSlots = corruptRate + duplicateRate > 0;
  }

  /** Moves on to a session that is staged. */
  begin(session: number, frame: Frame): void {
    const { block } = this;
    this.session = session;
    this.fatesAt = fateOffset(block, session);
    this.ends = frame.grids[0]!.ends;
    this.next = this.from = this.fatesAt * arrivalWords;
    this.end = this.next + block.arrivalCount[session % (1 + block.layout.ahead)]! * arrivalWords;
  }

  /** Puts the bars that arrive at the end of the slot into their own; returns how many are used. Inside `metricsRevision`. */
  deliver(slot: number): number {
    const { arrivals, symbols } = this.block;
    let used = 0;
    this.from = this.next;
    for (; this.next < this.end && arrivals[this.next] === slot; this.next += arrivalWords) {
      const cell = arrivals[this.next + 1]!;
      const late = Math.floor(cell / symbols);
      const symbol = cell - late * symbols;
      if (this.listening.hears(symbol, late) && this.delivery.arrive(symbol, late)) used++;
    }
    return used;
  }

  /** Mends what the late bars change, and tells of them and of the slot's own faults: one record a symbol. */
  settle(at: number, slot: number): void {
    const { block, delivery, from, next } = this;
    const { arrivals, symbols } = block;
    let symbol = -1;
    let [used, usedSlot, stale, staleSlot] = [0, 0, 0, 0];
    const say = (): void => {
      if (used > 0) this.log(at, LogCode.late, symbol, used, usedSlot);
      else if (stale > 0) this.log(at, LogCode.stale, symbol, stale, staleSlot);
    };
    for (let i = from; i < next; i += arrivalWords) {
      const late = Math.floor(arrivals[i + 1]! / symbols);
      const s = arrivals[i + 1]! - late * symbols;
      if (!this.listening.hears(s, late)) continue;
      if (s !== symbol) {
        say();
        symbol = s;
        used = stale = 0;
      }
      if (delivery.hasStreamed(s, late)) {
        if (used++ === 0) usedSlot = late;
        delivery.mend(s, late, slot);
        this.ledger.mended(slot, this.session, s, late);
      } else {
        if (stale++ === 0) staleSlot = late;
      }
    }
    say();
    if (this.tellsOfSlots) this.tellSlot(at, slot);
    this.tellOutages(at, slot);
  }

  /** Tells of bars of the slot that were rejected or came twice. */
  private tellSlot(at: number, slot: number): void {
    const { fates, symbols } = this.block;
    const row = this.fatesAt + slot * symbols;
    for (let s = 0; s < symbols; s++) {
      const fate = fates[row + s]!;
      if (fate < Fate.rejected) continue;
      if (outcomeOf(fate) === Fate.rejected) this.log(at, LogCode.rejected, s, slot, faultOf(fate));
      else if (fate === Fate.twice) this.log(at, LogCode.duplicate, s, slot, 0);
    }
  }

  private tellOutages(at: number, slot: number): void {
    const { ends } = this;
    const before = slot === 0 ? -Infinity : ends[slot - 1]!;
    for (const { symbol, from, to } of this.outages) {
      if (before >= to || at < from) continue;
      if (before < from && at < to) {
        let last = slot;
        while (last + 1 < ends.length && ends[last + 1]! < to) last++;
        this.log(at, LogCode.outageBegan, symbol, slot, last + 1 - slot);
      } else if (before >= from && at >= to) this.log(at, LogCode.outageEnded, symbol, slot, 0);
    }
  }

  private log(at: number, code: number, symbol: number, a: number, b: number): void {
    putLog(this.block, at, LogLoop.coordinator, code, symbol, a, b);
  }
}
