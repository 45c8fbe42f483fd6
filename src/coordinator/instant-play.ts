import type { Block } from '../memory/block.ts';
import { Cell, Word } from '../memory/layout.ts';
import { beginChange, endChange, publish } from '../memory/protocol.ts';
import type { Frame } from '../memory/timeline.ts';
import type { View } from '../memory/view.ts';
import type { Strategy } from '../strategy/strategy.ts';
import type { Delivery } from './deliver.ts';
import type { JournalApplication } from './journal-application.ts';
import { SessionFault } from './session-fault.ts';
import type { SessionLife } from './session-life.ts';

/**
 * Plays one instant T, the end of a base slot. The order is fixed:
 *  1. all base bars that end at T, symbols in the plan's order;
 *  2. derived bars whose bucket ends at T;
 *  3. if T is a check tick, upkeep's journal for T: fills, with the derived bars that they mend;
 *  4. session state changes due at T;
 *  5. the strategy, once.
 */
export class InstantPlay {
  private readonly block: Block;
  private readonly delivery: Delivery;
  private readonly journal: JournalApplication;
  private readonly life: SessionLife;
  private readonly view: View;
  private readonly strategy: Strategy | null;

  constructor(
    block: Block,
    delivery: Delivery,
    journal: JournalApplication,
    life: SessionLife,
    view: View,
    strategy: Strategy | null,
  ) {
    this.block = block;
    this.delivery = delivery;
    this.journal = journal;
    this.life = life;
    this.view = view;
    this.strategy = strategy;
  }

  /** Throws a `SessionFault` when a fill or the strategy fails. */
  play(session: number, frame: Frame, slot: number, journaled: boolean): void {
    const { block, delivery, life } = this;
    const { header } = block;
    const { ends, count } = frame.grids[0]!;
    const at = ends[slot]!;
    beginChange(header, Word.metricsRevision);
    if (delivery.stream(slot) > 0) life.hasData(at);
    block.cells[Cell.clock] = at;
    endChange(header, Word.metricsRevision);
    delivery.derive(slot);
    if (journaled && this.journal.apply(session, frame, at, slot)) life.hasData(at);
    life.change(at, slot, slot + 1 === count);
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
