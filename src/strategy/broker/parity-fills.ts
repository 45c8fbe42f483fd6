/**
 * Fills as backtesting.py 0.6.6 makes them, re-implemented from a description of its rules, its peculiarities included:
 *  - orders are looked at in the order of the queue, stop-losses and closes first; what an order needs is seen from the bar alone;
 *  - a stop is hit, and a limit too, where the bar touches it; a limit that is hit with its stop in one bar and lies before it waits;
 *  - gaps: a stop fills at the open where that is worse, a limit where that is better; a stop-limit at its stop, even outside the bar;
 *  - `broker.tradeOnClose` fills market orders at the close before, and stops from there, even outside the bar;
 *  - the spread is paid at the entry alone; a bracket is looked at again in the bar of a market entry, and of a stop entry whose
 *    take-profit is hit and whose stop-loss is not;
 *  - at the end of a run, `broker.finalizeTrades` closes at the open of the last bar, where other orders are filled again too.
 */
import { Doubt } from '../trade.ts';
import type { FillFacts } from '../fill-facts.ts';
import type { BarsNow } from './bars-now.ts';
import type { Book } from './book.ts';
import type { FillRules } from './fill-rules.ts';
import type { Order } from './order.ts';
import type { BrokerSettings } from './settings.ts';
import { floorDivided } from './size.ts';

export class ParityFills implements FillRules {
  private readonly book: Book;
  private readonly bars: BarsNow;
  private readonly settings: BrokerSettings;
  /** The queue as it stood when it was gone through. */
  private readonly pass: Order[] = [];

  constructor(book: Book, bars: BarsNow, settings: BrokerSettings) {
    this.book = book;
    this.bars = bars;
    this.settings = settings;
  }

  fill(): void {
    const { book, bars, pass } = this;
    let again = book.queue.length > 0;
    while (again) {
      again = false;
      const { length } = book.queue;
      for (let i = 0; i < length; i++) pass[i] = book.queue[i]!;
      for (let i = 0; i < length; i++) {
        const order = pass[i]!;
        if (order.isOver || bars.places[order.symbol]! < 0) continue;
        if (this.look(order, bars.places[order.symbol]!)) again = true;
      }
    }
    pass.length = 0;
  }

  /** All is closed at the close, and the account stays at nothing. */
  ruin(): void {
    const { book, bars } = this;
    for (const trade of book.trades.slice())
      book.leave(
        trade,
        Math.abs(trade.size),
        bars.last[trade.symbol]!,
        book.bar,
        0,
        this.facts(trade.symbol, bars.last[trade.symbol]!, book.bar, book.bar),
      );
    for (const order of book.queue.slice()) book.drop(order, 'the account is ruined');
    book.cash = 0;
  }

  finish(): void {
    const { book } = this;
    if (!this.settings.finalizeTrades || book.isRuined) return;
    for (const trade of book.trades.slice().reverse()) book.close(trade, 1);
    this.fill();
  }

  /** Fills an order on its symbol's bar, if it can be; says whether the queue has to be gone through again. */
  private look(order: Order, place: number): boolean {
    const { book, bars, settings } = this;
    const { isBuy, limit, stop, role, trade } = order;
    const open = bars.columns.open[place]!;
    const high = bars.columns.high[place]!;
    const low = bars.columns.low[place]!;
    const hasStop = !Number.isNaN(stop);
    const hasLimit = !Number.isNaN(limit);
    if (hasStop) {
      if (isBuy ? high < stop : low > stop) return false;
      this.book.stopHit(order);
    }
    let price: number;
    if (hasLimit) {
      if (isBuy ? low > limit : high < limit) return false;
      if (hasStop && (isBuy ? limit <= stop : limit >= stop)) return false;
      price = hasStop ? stop : open;
      price = isBuy ? Math.min(price, limit) : Math.max(price, limit);
    } else {
      price = settings.tradeOnClose && role !== 'sl' && role !== 'tp' ? bars.previous[order.symbol]! : open;
      if (hasStop) price = isBuy ? Math.max(price, stop) : Math.min(price, stop);
    }
    const isMarket = !hasLimit && !hasStop;
    const bar = isMarket && settings.tradeOnClose && role !== 'sl' && role !== 'tp' ? book.bar - 1 : book.bar;
    const facts = this.facts(order.symbol, price, bar, order.givenBar);
    if (!trade) return this.open(order, price, bar, facts, hasStop && !hasLimit, isMarket, high, low);
    const { size } = order;
    if (trade.size !== 0) book.leave(trade, Math.min(Math.abs(trade.size), size as number), price, bar, 0, facts);
    book.filled(order);
    return false;
  }

  private open(
    order: Order,
    price: number,
    bar: number,
    facts: FillFacts,
    isStop: boolean,
    isMarket: boolean,
    high: number,
    low: number,
  ): boolean {
    const { book, settings } = this;
    const { isBuy, symbol, sl, tp } = order;
    const adjusted = price * (isBuy ? 1 + settings.spread : 1 - settings.spread);
    const size = order.size as number;
    const perUnit = adjusted + book.commission.of(size, price) / size;
    let need = size < 1 ? Math.trunc(floorDivided(book.buyingPower * size, perUnit)) : size;
    if (need === 0) {
      book.drop(order, 'the margin is not enough for one unit');
      return false;
    }
    if (!settings.hedging)
      for (const trade of book.trades.slice()) {
        if (trade.symbol !== symbol || trade.size > 0 === isBuy) continue;
        const units = Math.min(need, Math.abs(trade.size));
        book.leave(trade, units, price, bar, 0, facts);
        need -= units;
        if (need === 0) break;
      }
    if (need * perUnit > book.buyingPower) {
      book.drop(order, 'the margin is not enough');
      return false;
    }
    let again = false;
    if (need > 0) {
      const isDoubtful =
        (!Number.isNaN(sl) && low <= sl && sl <= high) || (!Number.isNaN(tp) && low <= tp && tp <= high);
      if (isMarket) again = !Number.isNaN(sl) || !Number.isNaN(tp);
      else if (isStop && (isBuy ? tp <= high && !(sl >= low) : tp >= low && !(sl <= high))) again = true;
      else if (isDoubtful) book.deferred++;
      const entry = isDoubtful && !again ? { ...facts, doubts: facts.doubts | Doubt.orderInBar } : facts;
      book.enter(order, isBuy ? need : -need, adjusted, bar, 0, entry);
    }
    book.filled(order);
    return again;
  }

  private facts(symbol: number, price: number, bar: number, givenBar: number): FillFacts {
    const { bars, book } = this;
    const place = bars.places[symbol]!;
    const low = place < 0 ? price : bars.columns.low[place]!;
    const high = place < 0 ? price : bars.columns.high[place]!;
    const isOutside = price < low || price > high || bar < book.bar || givenBar >= book.bar;
    return {
      doubts: isOutside ? Doubt.impossible : 0,
      provenance: bars.provenance[symbol]!,
      givenBar,
      low,
      high,
      otherPrice: null,
    };
  }
}
