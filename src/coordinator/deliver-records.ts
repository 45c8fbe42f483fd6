import type { Block } from '../memory/block.ts';
import { FlowReader } from '../memory/flow-ring.ts';
import { RecordRing } from '../memory/record-ring.ts';
import type { Ledger } from '../session/ledger.ts';
import type { RecordAccount } from '../session/record-account.ts';

/**
 * Makes quotes and ticks visible: at an instant T all of those stamped up to and with T that were not before, in the order of
 * the flow (time; symbols in the plan's order; quotes before ticks; the file's order), right after the bars that end at T.
 *
 * Simplified: a record puts a timeout off, but whether anything is still due in a session is told by its bars alone; the feed's
 * faults leave records as they are.
 */
export class RecordDelivery {
  private readonly block: Block;
  private readonly ledger: Ledger;
  private readonly account: RecordAccount;
  private readonly flow: FlowReader;
  private readonly quotes: RecordRing;
  private readonly ticks: RecordRing;

  constructor(block: Block, ledger: Ledger, account: RecordAccount) {
    this.block = block;
    this.ledger = ledger;
    this.account = account;
    this.flow = new FlowReader(block);
    this.quotes = RecordRing.quotes(block);
    this.ticks = RecordRing.ticks(block);
  }

  /** Begins a session. While the session rolls. */
  begin(): void {
    this.quotes.clear();
    this.ticks.clear();
    this.block.quotesUpdated.fill(0);
    this.block.ticksUpdated.fill(0);
  }

  /** Whether the library has handed over everything up to the instant of the tick. */
  covers(tick: number): boolean {
    return this.flow.covers(tick);
  }

  /** Delivers the records of the slot's end; returns how many. After `covers`, inside `metricsRevision`. */
  deliver(slot: number, tick: number): number {
    const { block, account, flow } = this;
    block.quotesUpdated.fill(0);
    block.ticksUpdated.fill(0);
    let delivered = 0;
    while (flow.next(tick)) {
      const { kind, symbol, record } = flow;
      if (block.silent[symbol] === 1) continue;
      if (kind === 'outside') {
        account.skipped(symbol, record[1]! + record[2]!);
        continue;
      }
      if (kind === 'quotes') {
        this.quotes.put(symbol, record);
        block.quotesUpdated[symbol] = 1;
      } else {
        this.ticks.put(symbol, record);
        block.ticksUpdated[symbol] = 1;
      }
      account.delivered(kind, symbol, record);
      delivered++;
    }
    flow.release();
    if (delivered > 0) this.ledger.recordsDelivered(slot);
    return delivered;
  }
}
