import type { Block } from '../memory/block.ts';
import { Entry, JournalReader } from '../memory/journal.ts';
import { Word } from '../memory/layout.ts';
import { LogCode, LogLoop } from '../memory/log.ts';
import { putLog } from '../memory/log-ring.ts';
import { beginChange, endChange } from '../memory/protocol.ts';
import type { Frame } from '../memory/timeline.ts';
import type { Ledger } from '../session/ledger.ts';
import type { Storyteller } from '../session/storyteller.ts';
import type { RunPlan } from '../session/plan.ts';
import { Due } from '../session/tick.ts';
import { second } from '../time/instant.ts';
import type { Delivery } from './deliver.ts';
import type { Listening } from './listening.ts';
import { SessionFault } from './session-fault.ts';

/** Does what upkeep's journal says for a check tick, when the clock gets there. */
export class JournalApplication {
  private readonly plan: RunPlan;
  private readonly block: Block;
  private readonly delivery: Delivery;
  private readonly ledger: Ledger;
  private readonly listening: Listening;
  private readonly storyteller: Storyteller | null;
  private readonly journal: JournalReader;
  /** Asks the library for the session after the one that plays. */
  private readonly askNext: () => void;

  constructor(
    plan: RunPlan,
    block: Block,
    delivery: Delivery,
    ledger: Ledger,
    listening: Listening,
    storyteller: Storyteller | null,
    askNext: () => void,
  ) {
    this.plan = plan;
    this.block = block;
    this.delivery = delivery;
    this.ledger = ledger;
    this.listening = listening;
    this.storyteller = storyteller;
    this.journal = new JournalReader(block);
    this.askNext = askNext;
  }

  /** Whether upkeep has finished the tick. */
  covers(tick: number): boolean {
    return this.journal.covers(tick);
  }

  /** Applies the entries of the tick at the end of base slot `now`; says whether a bar was filled. */
  apply(session: number, frame: Frame, at: number, now: number, due: number): boolean {
    const { journal, ledger, storyteller } = this;
    const { words } = this.block;
    const tick = frame.firstTick + now;
    let filled = false;
    if (due & Due.gaps) words[Word.ticks]!++;
    while (journal.next(tick)) {
      const { kind, symbol, slot, count } = journal;
      if (kind !== Entry.askNext && !this.listening.hears(symbol, slot)) continue;
      if (kind === Entry.fill) {
        this.fill(symbol, slot, now);
        ledger.mended(now, session, symbol, slot);
        filled = true;
        words[Word.fills]!++;
        words[Word.openGaps]!--;
        storyteller?.note(symbol, slot, count, journal.source, now);
        this.log(at, LogCode.filled, symbol, slot, journal.source);
      } else if (kind === Entry.missing) {
        if (this.plan.fillSources.length > 0) words[Word.openGaps]! += count;
        this.log(at, LogCode.missing, symbol, count, slot);
      } else if (kind === Entry.gaveUp) {
        words[Word.openGaps]!--;
        words[Word.givenUp]!++;
        storyteller?.note(symbol, slot, count, -1, now);
        this.log(at, LogCode.gaveUp, symbol, count, slot);
      } else if (kind === Entry.arrived) {
        words[Word.openGaps]!--;
        storyteller?.note(symbol, slot, count, -1, now);
      } else if (kind === Entry.makeUp) {
        if (this.makeUp(symbol, slot, now)) {
          ledger.mended(now, session, symbol, slot);
          storyteller?.note(symbol, slot, count, -1, now);
          this.log(at, LogCode.madeUp, symbol, slot, 0);
        }
      } else if (kind === Entry.askNext) {
        this.askNext();
        storyteller?.asksNext((frame.session.close - at) / second);
        this.log(at, LogCode.askedNext, -1, (frame.session.close - at) / second, 0);
      }
      if (kind === Entry.fill || kind === Entry.lookedUp) {
        words[Word.attempts]!++;
        ledger.lookedUp(symbol);
      }
    }
    journal.release();
    return filled;
  }

  private fill(symbol: number, slot: number, now: number): void {
    const { header } = this.block;
    beginChange(header, Word.metricsRevision);
    try {
      this.delivery.fill(symbol, slot);
    } catch (error) {
      throw new SessionFault('error in a fill', error);
    }
    endChange(header, Word.metricsRevision);
    this.delivery.mend(symbol, slot, now + 1);
  }

  private makeUp(symbol: number, slot: number, now: number): boolean {
    const { header } = this.block;
    // A slot that has passed gets its numbers only now, so its readers have to be kept off.
    beginChange(header, Word.mendRevision);
    beginChange(header, Word.metricsRevision);
    const made = this.delivery.makeUp(symbol, slot);
    endChange(header, Word.metricsRevision);
    endChange(header, Word.mendRevision);
    if (made) this.delivery.mend(symbol, slot, now + 1);
    return made;
  }

  private log(at: number, code: number, symbol: number, a: number, b: number): void {
    putLog(this.block, at, LogLoop.upkeep, code, symbol, a, b);
  }
}
