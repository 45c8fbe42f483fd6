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
    // While trades are open the profits move with prices.
    const ahead = engine.hand?.ahead ?? 0;
    const isStill = worth === cells[Cell.worth] && book.changes === words[Word.bookChanges];
    if (book.trades.length > 0 || !isStill || ahead !== words[Word.ordersAhead]) this.settle();
    block.worths[row + slot] = worth;
    block.peaks[row + slot] = cells[Cell.peak]!;
    publish(block.header, slot + 1, Word.valued);
  }

  /** Shows figures and positions as they are now. */
  settle(): void {
    const { block, engine } = this;
    const { header, cells, words, units, entryPrices, openProfits } = block;
    const { book, worth } = engine;
    beginChange(header, Word.accountRevision);
    cells[Cell.cash] = book.cash;
    cells[Cell.worth] = worth;
    if (worth > cells[Cell.peak]!) cells[Cell.peak] = worth;
    words[Word.closedTrades] = book.closed.length;
    words[Word.waitingOrders] = book.queue.length;
    words[Word.ordersAhead] = engine.hand?.ahead ?? 0;
    words[Word.bookChanges] = book.changes;
    book.positions(units, entryPrices, openProfits);
    endChange(header, Word.accountRevision);
  }
}
