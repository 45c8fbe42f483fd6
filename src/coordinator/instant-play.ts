import type { Block } from '../memory/block.ts';
import { Cell, Word } from '../memory/layout.ts';
import { beginChange, endChange, publish } from '../memory/protocol.ts';
import type { Frame } from '../memory/timeline.ts';
import type { View } from '../memory/view.ts';
import { Due } from '../session/tick.ts';
import type { Strategy } from '../strategy/strategy.ts';
import type { Delivery } from './deliver.ts';
import type { RecordDelivery } from './deliver-records.ts';
import type { JournalApplication } from './journal-application.ts';
import type { LateBars } from './late-bars.ts';
import type { Listening } from './listening.ts';
import { SessionFault } from './session-fault.ts';
import type { SessionLife } from './session-life.ts';

/**
 * Plays one instant T, the end of a base slot. The order is fixed:
 *  1. all base bars that end at T, symbols in the plan's order, then bars of earlier slots that arrive late, then quotes and ticks
 *     stamped up to and with T;
 *  2. derived bars whose bucket ends at T;
 *  3. if T is a check tick, upkeep's journal for T: fills, with the derived bars that they mend;
 *  4. session state changes due at T;
 *  5. the strategy, once.
 */
export class InstantPlay {
  private readonly block: Block;
  private readonly delivery: Delivery;
  private readonly lateBars: LateBars | null;
  private readonly records: RecordDelivery | null;
  private readonly journal: JournalApplication;
  private readonly life: SessionLife;
  private readonly listening: Listening;
  private readonly view: View;
  private readonly strategy: Strategy | null;

  constructor(
    block: Block,
    delivery: Delivery,
    lateBars: LateBars | null,
    records: RecordDelivery | null,
    journal: JournalApplication,
    life: SessionLife,
    listening: Listening,
    view: View,
    strategy: Strategy | null,
  ) {
    this.block = block;
    this.delivery = delivery;
    this.lateBars = lateBars;
    this.records = records;
    this.journal = journal;
    this.life = life;
    this.listening = listening;
    this.view = view;
    this.strategy = strategy;
  }

  /** `due` is what the tick table has for the slot. Throws a `SessionFault` when a fill or the strategy fails. */
  play(session: number, frame: Frame, slot: number, due: number): void {
    const { block, delivery, lateBars, life } = this;
    const { header } = block;
    const { ends, count } = frame.grids[0]!;
    const at = ends[slot]!;
    beginChange(header, Word.metricsRevision);
    this.listening.pass(slot);
    if (delivery.stream(slot) + (lateBars?.deliver(slot) ?? 0) > 0) life.hasData(at);
    if (this.records && this.records.deliver(slot, frame.firstTick + slot) > 0) life.hasData(at);
    block.cells[Cell.clock] = at;
    endChange(header, Word.metricsRevision);
    delivery.derive(slot);
    lateBars?.settle(at, slot);
    if (due & Due.journal && this.journal.apply(session, frame, at, slot, due)) life.hasData(at);
    life.change(at, slot, due, slot + 1 === count);
    publish(header, slot + 1);
    if (this.strategy) this.call(this.strategy);
  }

  private call(strategy: Strategy): void {
    this.view.refresh();
    try {
      strategy.onInstant(this.view);
    } catch (error) {
      throw new SessionFault('error in the strategy', error);
    }
  }
}
