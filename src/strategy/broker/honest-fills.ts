/**
 * Honest fills, the default: nothing is filled outside of its bar or in the past, and where a bar does not tell in which order things
 * happened, the worse is taken and the fill is marked (`Doubt.orderInBar`). The rules:
 *
 *  - A bar fills orders that were given before it began, of its own symbol, in the hours in which the market is open, if it traded:
 *    not a made-up bar, nor one without a volume where the symbol's bars have one, nor one that came after its time.
 *  - What happens in a bar: first its open; then stops, which are bad for their owner; then limits; then its close. What can be
 *    filled at the open is: market orders, and stops and limits beyond which the market opens, at the open.
 *  - A stop inside the bar fills at its price, a limit at its price (a touch is enough), each only if the bar reaches it.
 *  - A stop-limit becomes a limit when its stop is hit. Inside the bar of the stop it is filled if the limit is on the near side of the
 *    stop; else only if the bar closes beyond the limit, as it may have been there before.
 *  - A bracket counts from its entry on. After an entry at a limit the stop-loss is certain to have come after it where the bar
 *    reaches it; the take-profit only where the bar closes beyond it, else it waits. After an entry at a stop the take-profit is
 *    certain, and the stop-loss is taken though it may have been before the entry. Of both in one bar the stop-loss is taken.
 *  - Buyers pay half of the spread, sellers bear half (half-spread.ts); slippage (slippage.ts) on all but limits. What they ask beyond the
 *    bar's own high or low is charged as a cost of the fill, for at such a price nothing traded.
 *  - `broker.tradeOnClose`: market orders fill at the close of the next bar rather than at its open.
 *  - A volume share fills in parts; what is left waits, a stop that was hit as a market order.
 *  - An account that is worth nothing closes everything at the next opens and takes no more orders.
 *  - At the end, `broker.finalizeTrades` closes at the last close. Orders of the last instant are not filled.
 */
import { Provenance } from '../../bars/provenance.ts';
import type { FillFacts } from '../fill-facts.ts';
import { Doubt } from '../trade.ts';
import type { BarsNow } from './bars-now.ts';
import type { Book } from './book.ts';
import type { FillRules } from './fill-rules.ts';
import { besideSpread } from './half-spread.ts';
import type { Order } from './order.ts';
import type { BrokerSettings } from './settings.ts';
import { amountOf, floorDivided } from './size.ts';
import { Slippage } from './slippage.ts';

/** What happens in a bar, in its order. */
const Moment = { open: 0, stop: 1, limit: 2, close: 3 } as const;
type Moment = (typeof Moment)[keyof typeof Moment];

export class HonestFills implements FillRules {
  private readonly book: Book;
  private readonly bars: BarsNow;
  private readonly settings: BrokerSettings;
  private readonly slippage: Slippage;
  /** By symbol: 1 where its bar may fill orders; units of its volume that were taken. */
  private readonly fills: Uint8Array;
  private readonly taken: Float64Array;
  /** The queue as it stood when a moment began. */
  private readonly pass: Order[] = [];

  constructor(book: Book, bars: BarsNow, settings: BrokerSettings) {
    this.book = book;
    this.bars = bars;
    this.settings = settings;
    this.slippage = new Slippage(settings.slippage);
    this.fills = new Uint8Array(bars.places.length);
    this.taken = new Float64Array(bars.places.length);
  }

  fill(): void {
    const { book, bars, fills, pass } = this;
    if (book.queue.length === 0) return;
    for (let s = 0; s < fills.length; s++) fills[s] = bars.places[s]! >= 0 && this.isOpen(s) && bars.traded(s) ? 1 : 0;
    this.taken.fill(0);
    for (let moment: Moment = Moment.open; moment <= Moment.close; moment++) {
      const { length } = book.queue;
      for (let i = 0; i < length; i++) pass[i] = book.queue[i]!;
      for (let i = 0; i < length; i++) {
        const order = pass[i]!;
        const { symbol, givenAt, isOver } = order;
        if (!isOver && fills[symbol] === 1 && givenAt <= bars.startOf(symbol)) this.look(order, moment as Moment);
      }
    }
    pass.length = 0;
  }

  ruin(): void {
    const { book } = this;
    for (const order of book.queue.slice()) if (order.trade === null) book.drop(order, 'the account is ruined');
    for (const trade of book.trades) book.close(trade, 1);
  }

  finish(): void {
    const { book, bars, settings } = this;
    if (!settings.finalizeTrades) return;
    for (const trade of book.trades.slice()) {
      const units = Math.abs(trade.size);
      const last = bars.last[trade.symbol]!;
      const isBuy = trade.size < 0;
      const slip = this.slippage.of(last, last, last, 0, 0);
      const cost = Math.abs(besideSpread(last, isBuy, settings.spread) - last) + slip;
      book.leave(trade, units, last, book.bar, cost * units, {
        doubts: Doubt.sessionEdge,
        provenance: bars.provenance[trade.symbol]!,
        givenBar: book.bar,
        low: last,
        high: last,
        otherPrice: null,
      });
    }
  }

  /** The bar lies in the hours of the session in which it is active. Bars of a day are their sessions. */
  private isOpen(symbol: number): boolean {
    const { bars } = this;
    const { days, activeFrom, activeTo } = bars.frame.session;
    return days !== undefined || (bars.startOf(symbol) >= activeFrom && bars.at <= activeTo);
  }

  /** The bar's prices as the side of the order sees them: beside the spread. */
  private seen(column: Float64Array, { symbol, isBuy }: Order): number {
    return besideSpread(column[this.bars.places[symbol]!]!, isBuy, this.settings.spread);
  }

  /** Whether the bar reaches a limit: low enough to buy, high enough to sell. */
  private reaches(order: Order, limit: number): boolean {
    const { columns } = this.bars;
    return order.isBuy ? this.seen(columns.low, order) <= limit : this.seen(columns.high, order) >= limit;
  }

  private look(order: Order, moment: Moment): void {
    const { bars, book } = this;
    const { symbol, isBuy, stop, limit, at } = order;
    const hasStop = !Number.isNaN(stop);
    const hasLimit = !Number.isNaN(limit);
    const open = this.seen(bars.columns.open, order);
    if (moment === Moment.open) {
      if (at !== 'next') {
        if (at === 'open' && bars.ofSession(symbol) === 1) this.execute(order, open, moment, true);
        return;
      }
      if (hasStop) {
        if (isBuy ? open < stop : open > stop) return;
        this.book.stopHit(order);
      }
      if (hasLimit ? (isBuy ? open <= limit : open >= limit) : hasStop || !this.waitsForClose(order))
        this.execute(order, open, moment, !hasLimit);
      return;
    }
    if (moment === Moment.stop) {
      if (!hasStop) return;
      const high = this.seen(bars.columns.high, order);
      const low = this.seen(bars.columns.low, order);
      if (isBuy ? high < stop : low > stop) return;
      this.book.stopHit(order);
      order.triggeredBar = book.bar;
      const price = isBuy ? Math.max(open, stop) : Math.min(open, stop);
      if (!hasLimit) return this.execute(order, price, moment, true);
      if (isBuy ? limit >= price : limit <= price) return this.execute(order, price, moment, false);
      const close = this.seen(bars.columns.close, order);
      if (isBuy ? close <= limit : close >= limit) this.execute(order, limit, moment, false, true);
      else if (this.reaches(order, limit)) order.otherPrice = limit;
      return;
    }
    if (moment === Moment.limit) {
      if (hasStop || !hasLimit || order.triggeredBar === book.bar || !this.reaches(order, limit)) return;
      return this.execute(order, isBuy ? Math.min(open, limit) : Math.max(open, limit), moment, false);
    }
    const isLast = bars.frame.session.days !== undefined || bars.at >= bars.frame.session.activeTo;
    if (at === 'close' ? isLast : at === 'next' && !hasStop && !hasLimit && this.waitsForClose(order))
      this.execute(order, this.seen(bars.columns.close, order), moment, true);
  }

  /** Whether a market order is one for the close of its bar; what is left of a stop is not. */
  private waitsForClose({ role, triggeredBar }: Order): boolean {
    return this.settings.tradeOnClose && role !== 'sl' && role !== 'tp' && triggeredBar < 0;
  }

  /**
   * Fills an order at a price, as far as the volume goes. `takes`: it takes what the market offers, and slips. `isPullback`: the fill
   * came after a stop at which the bar had been before, so that its high and low tell nothing of what came after.
   */
  private execute(order: Order, price: number, moment: Moment, takes: boolean, isPullback = false): void {
    const { book, bars, slippage, taken } = this;
    const { symbol, isBuy, trade } = order;
    if (trade && trade.size === 0) return book.drop(order, 'its trade was closed');
    const place = bars.places[symbol]!;
    const high = bars.columns.high[place]!;
    const low = bars.columns.low[place]!;
    const volume = bars.columns.volume[place]!;
    const wanted = trade ? Math.min(Math.abs(trade.size), order.size as number) : this.unitsOf(order, price);
    if (wanted <= 0) return book.drop(order, 'the margin is not enough for one unit');
    let units = wanted;
    if (slippage.volume.isLimited && bars.hasVolume[symbol] === 1) {
      const room = slippage.volume.room(volume, taken[symbol]!);
      if (room < units) units = Number.isInteger(units) ? Math.floor(room) : room;
      if (units <= 0) return;
    }
    const slip = takes ? slippage.of(price, high, low, units, volume) : 0;
    const asked = isBuy ? price + slip : price - slip;
    const paid = Math.min(high, Math.max(low, asked));
    const facts = this.facts(order, moment, units < wanted);
    const extra = Math.abs(asked - paid);
    if (trade) book.leave(trade, units, paid, book.bar, extra * units, facts);
    else if (!this.enter(order, units, asked, paid, facts, moment, isPullback)) return;
    taken[symbol]! += units;
    if (units >= wanted) book.filled(order);
    else book.part(order, wanted - units);
  }

  /** Closes what lies on the other side, opens the rest, and looks at its bracket; false where the margin is not enough. */
  private enter(
    order: Order,
    units: number,
    asked: number,
    paid: number,
    facts: FillFacts,
    moment: Moment,
    isPullback: boolean,
  ): boolean {
    const { book, settings } = this;
    const { symbol, isBuy } = order;
    const extra = Math.abs(asked - paid);
    let need = units;
    if (!settings.hedging)
      for (const other of book.trades.slice()) {
        if (other.symbol !== symbol || other.size > 0 === isBuy) continue;
        const part = Math.min(need, Math.abs(other.size));
        book.leave(other, part, paid, book.bar, extra * part, facts);
        need -= part;
        if (need <= 0) return true;
      }
    if (this.costOf(need, asked) > book.freeMargin) {
      book.drop(order, 'the margin is not enough');
      return false;
    }
    const trade = book.enter(order, isBuy ? need : -need, paid, book.bar, extra * need, facts);
    const { stopLoss, takeProfit, sl, tp } = trade;
    if (moment === Moment.open || moment === Moment.close) return true;
    const close = this.bars.columns.close[this.bars.places[symbol]!]!;
    if (stopLoss && this.isHit(stopLoss, sl)) {
      // An exit before the entry is one that did not happen: what the order then holds is worth the close.
      const isCertain = moment === Moment.limit || (isBuy ? close <= sl : close >= sl);
      const isTaken = takeProfit !== null && this.reaches(takeProfit, tp);
      stopLoss.otherPrice = isTaken ? tp : isCertain ? NaN : close;
      this.book.stopHit(stopLoss);
      this.execute(stopLoss, sl, Moment.stop, true);
    } else if (takeProfit && (moment === Moment.limit || isPullback) && this.reaches(takeProfit, tp)) {
      if (isBuy ? close >= tp : close <= tp) this.execute(takeProfit, tp, Moment.limit, false);
      else {
        takeProfit.triggeredBar = book.bar;
        trade.otherExit = tp;
      }
    }
    return true;
  }

  /** Whether the bar goes through a stop of an order. */
  private isHit(order: Order, stop: number): boolean {
    const { columns } = this.bars;
    return order.isBuy ? this.seen(columns.high, order) >= stop : this.seen(columns.low, order) <= stop;
  }

  /** Units that an order is for, at the price of its fill; those that are not counted in units are as many as the free margin allows at most. */
  private unitsOf({ size, sl }: Order, price: number): number {
    const { book } = this;
    if (typeof size === 'number') return size >= 1 ? size : this.affordable(book.freeMargin * size, price, 1);
    const amount = amountOf(size);
    if ('units' in size) return amount;
    const lot = size.lot ?? 1;
    const money = 'cash' in size ? amount : book.worth * amount;
    const wanted = floorDivided(money / ('risk' in size ? Math.abs(price - sl) : price), lot) * lot;
    return Math.min(wanted, this.affordable(book.freeMargin, price, lot));
  }

  /** Units that a part of the free margin pays for, the commission included. */
  private affordable(budget: number, price: number, lot: number): number {
    const { leverage } = this.book;
    let lots = floorDivided((budget * leverage) / price, lot);
    for (let over = this.costOf(lots * lot, price) - budget; lots > 0 && over > 0;) {
      lots = Math.max(0, lots - Math.max(1, Math.floor((over * leverage) / (price * lot))));
      over = this.costOf(lots * lot, price) - budget;
    }
    return lots * lot;
  }

  /** What opening so many units takes of the free margin. */
  private costOf(units: number, price: number): number {
    const { book } = this;
    return (units * price) / book.leverage + (units > 0 ? book.commission.of(units, price) : 0);
  }

  private facts(order: Order, moment: Moment, isPart: boolean): FillFacts {
    const { bars } = this;
    const { symbol, role, givenBar, trade } = order;
    const place = bars.places[symbol]!;
    const provenance = bars.provenance[symbol]!;
    const { count } = bars.frame.grids[0]!;
    const isEdge = bars.frame.session.days === undefined && (bars.slot === 0 || bars.slot + 1 === count);
    const isMended = provenance === Provenance.filled || provenance === Provenance.repaired;
    let otherPrice = order.otherPrice;
    if (moment === Moment.stop) {
      const rival = role === 'sl' ? trade!.takeProfit : this.rivalOf(order);
      if (rival && Number.isNaN(rival.stop) && this.reaches(rival, rival.limit)) otherPrice = rival.limit;
    }
    const isDoubtful = !Number.isNaN(otherPrice);
    return {
      doubts:
        (isDoubtful ? Doubt.orderInBar : 0) |
        (isMended ? Doubt.filledBar : 0) |
        (isEdge ? Doubt.sessionEdge : 0) |
        (isPart ? Doubt.partFilled : 0),
      provenance,
      givenBar,
      low: bars.columns.low[place]!,
      high: bars.columns.high[place]!,
      otherPrice: isDoubtful ? otherPrice : null,
    };
  }

  /** A limit order of the same group. */
  private rivalOf({ group, symbol, id }: Order): Order | undefined {
    if (group === 0) return undefined;
    return this.book.queue.find(
      (each) => each.group === group && each.symbol === symbol && each.id !== id && !Number.isNaN(each.limit),
    );
  }
}
