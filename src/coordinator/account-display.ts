import { curveOffset, type Block } from '../memory/block.ts';
import { Cell, Word } from '../memory/layout.ts';
import { beginChange, endChange, publish } from '../memory/protocol.ts';
import type { Engine } from '../strategy/engine.ts';

/**
 * Shows the account in the block. Its figures change in place, when they change; its curve grows by a slot an instant. Nothing of
 * it is read by the run.
 */
export class AccountDisplay {
  private readonly block: Block;
  private readonly engine: Engine;
  private readonly slots: number;
  /** Place in the curve of the first slot of the session. */
  private row = 0;

  constructor(block: Block, engine: Engine) {
    this.block = block;
    this.engine = engine;
    this.slots = block.slabs[0]!.slots;
  }

  /** A session becomes that which plays. Where readers look already, inside of `epoch`. */
  begin(session: number): void {
    const { block, slots } = this;
    this.row = curveOffset(block, session);
    block.worths.fill(NaN, this.row, this.row + slots);
    publish(block.header, 0, Word.valued);
  }

  /** The strategy has been called for a base slot. */
  show(slot: number): void {
    const { block, engine, row } = this;
    const { cells, words } = block;
    const { book, worth } = engine;
    const ahead = engine.hand?.ahead ?? 0;
    if (book.changes !== words[Word.bookChanges] || ahead !== words[Word.ordersAhead]) this.settle();
    // While trades are open the profits move with prices.
    else if (book.trades.length > 0 || worth !== cells[Cell.worth]) this.value();
    block.worths[row + slot] = worth;
    block.peaks[row + slot] = cells[Cell.peak]!;
    publish(block.header, slot + 1, Word.valued);
  }

  /** Shows figures and positions as they are now. */
  settle(): void {
    const { block, engine } = this;
    const { header, words, units, entryPrices, openProfits } = block;
    const { book } = engine;
    beginChange(header, Word.accountRevision);
    this.money();
    words[Word.closedTrades] = book.closed.length;
    words[Word.waitingOrders] = book.queue.length;
    words[Word.ordersAhead] = engine.hand?.ahead ?? 0;
    words[Word.bookChanges] = book.changes;
    book.positions(units, entryPrices);
    openProfits.fill(0);
    book.profits(openProfits);
    endChange(header, Word.accountRevision);
  }

  /** Shows what prices have made of the positions that are shown. */
  private value(): void {
    const { header, openProfits } = this.block;
    beginChange(header, Word.accountRevision);
    this.money();
    this.engine.book.profits(openProfits);
    endChange(header, Word.accountRevision);
  }

  private money(): void {
    const { cells } = this.block;
    const { book, worth } = this.engine;
    cells[Cell.cash] = book.cash;
    cells[Cell.worth] = worth;
    if (worth > cells[Cell.peak]!) cells[Cell.peak] = worth;
  }
}
