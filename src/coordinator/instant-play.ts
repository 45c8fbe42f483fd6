import type { Block } from '../memory/block.ts';
import { Cell, Word } from '../memory/layout.ts';
import { beginChange, endChange, publish } from '../memory/protocol.ts';
import type { Frame } from '../memory/timeline.ts';
import { Due } from '../session/tick.ts';
import type { Ledger } from '../session/ledger.ts';
import type { Engine } from '../strategy/engine.ts';
import { RunFault } from '../strategy/run-fault.ts';
import type { AccountDisplay } from './account-display.ts';
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
 *  5. the broker, then the strategy, once (src/strategy/engine.ts).
 */
export class InstantPlay {
  private readonly block: Block;
  private readonly delivery: Delivery;
  private readonly lateBars: LateBars | null;
  private readonly records: RecordDelivery | null;
  private readonly journal: JournalApplication;
  private readonly life: SessionLife;
  private readonly listening: Listening;
  private readonly ledger: Ledger;
  /** Null in a run without a strategy. */
  private readonly engine: Engine | null;
  /** Null where nobody can look at the account. */
  private readonly account: AccountDisplay | null;
  private isTrading = false;

  constructor(
    block: Block,
    delivery: Delivery,
    lateBars: LateBars | null,
    records: RecordDelivery | null,
    journal: JournalApplication,
    life: SessionLife,
    listening: Listening,
    ledger: Ledger,
    engine: Engine | null,
    account: AccountDisplay | null,
  ) {
    this.block = block;
    this.delivery = delivery;
    this.lateBars = lateBars;
    this.records = records;
    this.journal = journal;
    this.life = life;
    this.listening = listening;
    this.ledger = ledger;
    this.engine = engine;
    this.account = account;
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
    if (due & Due.derived) delivery.derive(slot);
    lateBars?.settle(at, slot);
    if (due & Due.journal && this.journal.apply(session, frame, at, slot, due)) life.hasData(at);
    life.change(at, slot, due, slot + 1 === count);
    publish(header, slot + 1);
    if (this.engine) this.trade(this.engine, slot, slot + 1 === count);
  }

  /** A session opens, before its first instant. */
  open(session: number): void {
    const { engine } = this;
    if (!engine) return;
    this.isTrading = true;
    try {
      engine.open(session);
    } catch (error) {
      throw ofStrategy(error);
    }
  }

  /** The session ends, of which so many slots were played: one that was broken off is so for the broker too. */
  end(slots: number): void {
    if (!this.engine || !this.isTrading) return;
    this.isTrading = false;
    this.engine.abandon();
    this.ledger.traded(Math.max(0, slots - 1), this.engine.book.happened);
    this.account?.settle();
  }

  private trade(engine: Engine, slot: number, isLast: boolean): void {
    try {
      engine.instant(slot, this.delivery.late);
      if (isLast) engine.close();
    } catch (error) {
      throw ofStrategy(error);
    }
    if (isLast) this.isTrading = false;
    this.ledger.traded(slot, engine.book.happened);
    this.account?.show(slot);
  }
}

/** What a strategy threw ends its session, but for what ends the run. */
function ofStrategy(error: unknown): unknown {
  return error instanceof RunFault ? error : new SessionFault('error in the strategy', error);
}
