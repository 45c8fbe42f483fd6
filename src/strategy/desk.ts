import { columnOffset, type Block } from '../memory/block.ts';
import { Cell, Word } from '../memory/layout.ts';
import { startsOf, type View } from '../memory/view.ts';
import type { Session } from '../time/session.ts';
import type { BarsNow } from './broker/bars-now.ts';
import type { Book } from './broker/book.ts';
import type { OpenTrade } from './broker/open-trade.ts';
import type { Order, OrderTerms } from './broker/order.ts';

/**
 * What a strategy sits at: it sees the market up to the clock and the account, and gives orders. Reading allocates nothing. A symbol is
 * a place in `symbols`. Orders count from the next bar on.
 */
export class Desk {
  /** All that is visible: bars of the session and of the history, derived bars, quotes, ticks and figures of the session. */
  readonly view: View;
  /** Names of the symbols of the run. */
  readonly symbols: readonly string[];
  /** Bars so far, as the equity curve counts them: instants at which a bar of any symbol ended. */
  barCount = 0;
  /** The session that plays, or that of the history whose bars go by. */
  session!: Session;
  /** The bars that go by are those of the history. */
  isHistory = true;
  private readonly block: Block;
  private readonly book: Book;
  private readonly bars: BarsNow;
  /** A symbol may be ordered once it had so many bars. */
  private readonly needed: number;
  /** Where the bar is that the desk is turned to. */
  private place = 0;
  private slotAt = 0;
  private symbolAt = 0;

  constructor(view: View, symbols: readonly string[], book: Book, bars: BarsNow, needed: number) {
    this.view = view;
    this.block = view.block;
    this.symbols = symbols;
    this.book = book;
    this.bars = bars;
    this.needed = needed;
  }

  /** The bar that the desk is turned to. */
  get open(): number {
    return this.bars.columns.open[this.place]!;
  }
  get high(): number {
    return this.bars.columns.high[this.place]!;
  }
  get low(): number {
    return this.bars.columns.low[this.place]!;
  }
  get close(): number {
    return this.bars.columns.close[this.place]!;
  }
  get volume(): number {
    return this.bars.columns.volume[this.place]!;
  }
  /** Epoch milliseconds. */
  get start(): number {
    return startsOf(this.bars.frame, this.symbolAt, 0)[this.slotAt]!;
  }
  get end(): number {
    return this.bars.frame.grids[0]!.ends[this.slotAt]!;
  }
  /** How it came: see `Provenance`. */
  get provenance(): number {
    return this.bars.provenance[this.symbolAt]!;
  }

  /** The instant that plays, epoch milliseconds. */
  get now(): number {
    return this.block.cells[Cell.clock]!;
  }

  /** Place in `sessionStates` of the session's state. */
  get sessionState(): number {
    return this.block.words[Word.sessionState]!;
  }

  /** Milliseconds of open time from the open to the end of the bar, and from there to the end of the session. */
  get sinceOpen(): number {
    return this.bars.frame.grids[0]!.elapsed[this.slotAt]!;
  }
  get untilClose(): number {
    const { elapsed, count } = this.bars.frame.grids[0]!;
    return elapsed[count - 1]! - elapsed[this.slotAt]!;
  }

  /** Whether the symbol has a bar at this instant. */
  hasBar(symbol: number): boolean {
    return this.bars.places[symbol]! >= 0;
  }

  /** The close of the latest bar that came in its time, at which positions are valued; NaN before the first. */
  last(symbol: number): number {
    return this.bars.last[symbol]!;
  }

  /** Whether orders for the symbol count: it had enough bars, and the run has begun. */
  mayOrder(symbol: number): boolean {
    return !this.isHistory && this.bars.count[symbol]! >= this.needed;
  }

  get cash(): number {
    return this.book.cash;
  }

  /** What the account is worth: cash, and open trades at the latest prices. */
  get equity(): number {
    return this.book.worth;
  }

  /** Units held, shorts negative. */
  position(symbol: number): number {
    return this.book.position(symbol);
  }

  /** The trades that are open, oldest first; to be read. */
  get trades(): readonly Readonly<OpenTrade>[] {
    return this.book.trades;
  }

  /** Orders that wait, to be read. */
  get orders(): readonly Readonly<Order>[] {
    return this.book.queue;
  }

  /** How many there are; those that protect trades are among them. */
  get orderCount(): number {
    return this.book.queue.length;
  }

  /** Orders to buy; returns the order's number, 0 for one that comes to nothing. Throws a RangeError for a size that is none. */
  buy(symbol: number, terms: OrderTerms = {}): number {
    return this.mayOrder(symbol) ? this.book.order(symbol, true, terms) : 0;
  }

  sell(symbol: number, terms: OrderTerms = {}): number {
    return this.mayOrder(symbol) ? this.book.order(symbol, false, terms) : 0;
  }

  /** Closes a portion of every trade of a symbol, at the market. */
  closePosition(symbol: number, portion = 1): void {
    if (!this.mayOrder(symbol)) return;
    for (const trade of this.book.trades) if (trade.symbol === symbol) this.book.close(trade, portion);
  }

  /** Closes a portion of the oldest trade of a symbol, at the market. */
  closeOldest(symbol: number, portion = 1): void {
    const oldest = this.book.trades.find((trade) => trade.symbol === symbol);
    if (oldest && this.mayOrder(symbol)) this.book.close(oldest, portion);
  }

  /** Gives a trade that is open another stop-loss and take-profit; NaN for none. */
  protect(trade: Readonly<OpenTrade>, sl: number, tp: number): void {
    const own = this.book.trades.find(({ id }) => id === trade.id);
    if (own) this.book.protect(own, sl, tp);
  }

  /** Cancels an order; one that has gone already is left alone. */
  cancel(order: number): void {
    const found = this.book.queue.find(({ id }) => id === order);
    if (found) this.book.drop(found, 'cancelled');
  }

  /** Cancels every order of a symbol that would open a trade. */
  cancelEntries(symbol: number): void {
    for (const order of this.book.queue.slice())
      if (order.symbol === symbol && order.trade === null) this.book.drop(order, 'cancelled');
  }

  /** For the engine: turns to the bar of a symbol that has just ended. */
  turnTo(symbol: number): void {
    const { bars } = this;
    this.symbolAt = symbol;
    this.slotAt = bars.slot;
    this.place = bars.places[symbol]!;
  }

  /** For the engine: turns to a bar of an earlier slot of the session that plays. */
  turnBack(symbol: number, slot: number): void {
    this.symbolAt = symbol;
    this.slotAt = slot;
    this.place = columnOffset(this.bars.columns, this.symbols.length, this.view.session, symbol) + slot;
  }
}
