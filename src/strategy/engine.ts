/**
 * The engine: the broker and a strategy on the tape. At the end of every base slot the broker fills orders on the bars that ended,
 * the account is valued, and the strategy is called. What happened is left as numbers for the run's digest (`happened`).
 */
import type { Block } from '../memory/block.ts';
import type { Timeline } from '../memory/timeline.ts';
import { View } from '../memory/view.ts';
import { BarsNow } from './broker/bars-now.ts';
import { Book } from './broker/book.ts';
import type { FillRules } from './broker/fill-rules.ts';
import { HonestFills } from './broker/honest-fills.ts';
import { ParityFills } from './broker/parity-fills.ts';
import type { BrokerSettings } from './broker/settings.ts';
import { Desk } from './desk.ts';
import { Happening } from './happened.ts';
import type { HandOrder } from './hand-order.ts';
import type { HandScript, Strategy } from './strategy.ts';

/** Bars that came for slots that have passed, at an instant: `cells[i]` is `slot * symbols + symbol`. */
export interface LateCells {
  readonly count: number;
  readonly cells: Int32Array;
}

export interface EngineParts {
  readonly strategy: Strategy;
  readonly broker: BrokerSettings;
  /** Names of the run's symbols. */
  readonly symbols: readonly string[];
  readonly block: Block;
  readonly timeline: Timeline;
  /** Places of the first and the last session that are played. */
  readonly first: number;
  readonly last: number;
}

export class Engine {
  readonly book: Book;
  readonly desk: Desk;
  private readonly strategy: Strategy;
  private readonly timeline: Timeline;
  private readonly bars: BarsNow;
  private readonly rules: FillRules;
  private readonly first: number;
  private readonly last: number;
  private session = -1;
  /** Closed trades that the strategy was told of. */
  private told = 0;
  /** What the account was worth when it was last valued. */
  worth: number;

  constructor({ strategy, broker, symbols, block, timeline, first, last }: EngineParts) {
    this.strategy = strategy;
    this.timeline = timeline;
    this.first = first;
    this.last = last;
    this.bars = new BarsNow(block);
    this.book = new Book(broker, symbols, this.bars);
    const isParity = broker.fills === 'parity';
    this.worth = broker.cash;
    this.rules = new (isParity ? ParityFills : HonestFills)(this.book, this.bars, broker);
    // backtesting.py asks a strategy from the second bar with values on.
    const needed = (strategy.warmUpBars ?? 0) + (isParity ? 2 : 1);
    this.desk = new Desk(new View(block, timeline), symbols, this.book, this.bars, needed);
  }

  /** The script of a strategy that takes orders by hand. */
  get hand(): HandScript | null {
    return this.strategy.hand ?? null;
  }

  /** Gives an order by hand, between two instants; `isNow` says that a session plays. Returns why it is refused, or null. */
  byHand(order: HandOrder, isNow: boolean): string | null {
    const { hand } = this;
    if (!hand) return 'The strategy of this run takes no orders by hand';
    if (this.book.isRuined) return 'The account is ruined: it takes no orders any more';
    return hand.take(this.desk, order, isNow);
  }

  /** A session opens; ahead of the first one the history goes by. */
  open(session: number): void {
    const { strategy, desk } = this;
    desk.view.refresh();
    if (session === this.first) {
      strategy.start?.(desk);
      for (let k = desk.view.oldestSession(0); k < session; k++) this.passHistory(k);
      desk.isHistory = false;
      this.bars.startMarket();
    }
    this.begin(session);
    strategy.sessionOpen?.(desk);
  }

  /** The end of a base slot: the broker, then the strategy, once. */
  instant(slot: number, late: LateCells): void {
    const { strategy, desk, book, bars } = this;
    desk.view.refresh();
    if (bars.turnTo(slot) > 0) {
      book.equity.begin(bars.start);
      desk.barCount++;
      this.rules.fill();
      this.value();
    }
    if (book.events.length > 0 || this.told < book.closed.length) this.tell();
    if (late.count > 0) this.callLate(late);
    this.callBars();
    strategy.instant?.(desk);
  }

  /** The session has no further slot: what was good for it goes, and with the last session the run is over. */
  close(): void {
    const { strategy, desk, book } = this;
    strategy.sessionClose?.(desk);
    for (const order of book.queue.slice()) {
      if (order.forSession) book.drop(order, 'its session ended');
      else if (order.at === 'close' && order.givenAt < this.bars.at)
        book.drop(order, 'the market did not trade at the close');
    }
    if (this.session === this.last) this.finish();
    this.tell();
    book.equity.end();
  }

  /** The session was broken off: nothing of the strategy is called any more. */
  abandon(): void {
    const { book } = this;
    for (const order of book.queue.slice()) if (order.forSession) book.drop(order, 'its session ended');
    book.events.length = 0;
    this.told = book.closed.length;
    book.equity.end();
    if (this.session === this.last && book.equity.count > 0) {
      this.rules.finish();
      this.value();
    }
  }

  private begin(session: number): void {
    const frame = this.timeline.frame(session);
    this.session = session;
    this.bars.begin(session, frame);
    this.desk.session = frame.session;
  }

  private passHistory(session: number): void {
    const { strategy, desk, bars } = this;
    this.begin(session);
    strategy.sessionOpen?.(desk);
    const { count } = bars.frame.grids[0]!;
    for (let slot = 0; slot < count; slot++) if (bars.turnTo(slot) > 0) this.callBars();
    strategy.sessionClose?.(desk);
  }

  private callBars(): void {
    const { strategy, desk, bars } = this;
    if (!strategy.bar) return;
    const { places } = bars;
    for (let s = 0; s < places.length; s++) {
      if (places[s]! < 0) continue;
      desk.turnTo(s);
      strategy.bar(desk, s);
    }
  }

  private callLate({ count, cells }: LateCells): void {
    const { strategy, desk } = this;
    if (!strategy.lateBar) return;
    const symbols = desk.symbols.length;
    for (let i = 0; i < count; i++) {
      const slot = Math.floor(cells[i]! / symbols);
      const symbol = cells[i]! - slot * symbols;
      desk.turnBack(symbol, slot);
      strategy.lateBar(desk, symbol);
    }
  }

  /** Values the account at the latest prices; one that is worth nothing is ruined. */
  private value(): void {
    const { book, bars } = this;
    let worth = book.worth;
    if (worth <= 0 && !book.isRuined) {
      book.isRuined = true;
      this.rules.ruin();
      worth = book.worth;
    }
    book.equity.set(worth, bars.market);
    if (worth === this.worth) return;
    this.worth = worth;
    book.happened.add(Happening.equity);
    book.happened.add(worth);
  }

  private tell(): void {
    const { strategy, desk, book } = this;
    for (let i = 0; i < book.events.length; i++) strategy.order?.(desk, book.events[i]!);
    book.events.length = 0;
    for (; this.told < book.closed.length; this.told++) strategy.trade?.(desk, book.closed[this.told]!);
  }

  private finish(): void {
    const { strategy, desk, book } = this;
    strategy.end?.(desk);
    if (book.equity.count === 0) return;
    this.rules.finish();
    this.value();
  }
}
