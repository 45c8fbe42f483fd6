/**
 * The book of an account: its cash, the orders that wait, the trades that are open and those that have closed, and the few things
 * that change them. How orders are filled is the business of the fill rules (parity-fills.ts, honest-fills.ts).
 */
import { Happened, Happening } from '../happened.ts';
import { EquityColumn } from '../equity-column.ts';
import type { FillFacts } from '../fill-facts.ts';
import { Doubt, type Trade } from '../trade.ts';
import { instant } from '../../time/instant.ts';
import type { BarsNow } from './bars-now.ts';
import { Commission } from './commission.ts';
import type { OpenTrade } from './open-trade.ts';
import { goneReasons, refusals, type GoneReason, type Order, type OrderTerms, type Role } from './order.ts';
import type { BrokerSettings } from './settings.ts';
import { allIn, sizeFault } from './size.ts';

/** Something that became of an order: told to the strategy. */
export interface OrderEvent {
  readonly order: number;
  readonly symbol: number;
  /** Place in the equity curve of the latest bar at that moment; -1 before the first one. */
  readonly bar: number;
  readonly reason: GoneReason;
}

/** Refused orders that are remembered. */
const mostRefused = 20;

export class Book {
  cash: number;
  /** The account was worth nothing: it takes no orders any more. */
  isRuined = false;
  readonly queue: Order[] = [];
  readonly trades: OpenTrade[] = [];
  readonly closed: Trade[] = [];
  readonly equity = new EquityColumn();
  readonly happened = new Happened();
  /** What became of orders since the strategy was told. */
  readonly events: OrderEvent[] = [];
  /** The last orders that came to nothing against their will, oldest first, as far as they are not let go. */
  readonly refused: OrderEvent[] = [];
  /** Counts what changes orders and trades: while it holds still, they are the same. */
  changes = 0;
  /** Orders of the parity rules whose brackets might have been hit in the bar of their entry, and were not looked at. */
  deferred = 0;
  readonly commission: Commission;
  readonly leverage: number;
  private readonly settings: BrokerSettings;
  private readonly symbols: readonly string[];
  private readonly bars: BarsNow;
  private orders = 0;
  private entered = 0;

  constructor(settings: BrokerSettings, symbols: readonly string[], bars: BarsNow) {
    this.settings = settings;
    this.symbols = symbols;
    this.bars = bars;
    this.cash = settings.cash;
    this.leverage = 1 / settings.margin;
    this.commission = new Commission(settings.commission);
  }

  /** Place in the equity curve of the bar that plays; -1 before the first one. */
  get bar(): number {
    return this.equity.count - 1;
  }

  /**
   * What the account is worth: cash, and open trades at the latest prices. The two values of a trade are taken apart, and cash is
   * added last, so that the last bits are those of backtesting.py: whether a peak counts as reached again hangs on them.
   */
  get worth(): number {
    const { trades } = this;
    const { last } = this.bars;
    let open = 0;
    for (let i = 0; i < trades.length; i++) {
      const { size, symbol, entryPrice } = trades[i]!;
      open += size * last[symbol]! - size * entryPrice;
    }
    return this.cash + open;
  }

  /** What the account is worth, less what open trades tie up; at least 0. */
  get freeMargin(): number {
    const { trades, leverage } = this;
    const { last } = this.bars;
    let used = 0;
    for (let i = 0; i < trades.length; i++) used += (Math.abs(trades[i]!.size) * last[trades[i]!.symbol]!) / leverage;
    return Math.max(0, this.worth - used);
  }

  /** What can still be bought on the free margin. */
  get buyingPower(): number {
    return this.freeMargin * this.leverage;
  }

  /** Units held of a symbol, shorts negative. */
  position(symbol: number): number {
    const { trades } = this;
    let units = 0;
    for (let i = 0; i < trades.length; i++) if (trades[i]!.symbol === symbol) units += trades[i]!.size;
    return units;
  }

  /** By symbol: units held, and their mean price at entry (NaN without units). */
  positions(units: Float64Array, entryPrices: Float64Array): void {
    const { trades } = this;
    units.fill(0);
    entryPrices.fill(0);
    for (let i = 0; i < trades.length; i++) {
      const { symbol, size, entryPrice } = trades[i]!;
      units[symbol]! += size;
      entryPrices[symbol]! += size * entryPrice;
    }
    for (let s = 0; s < units.length; s++) entryPrices[s] = units[s] === 0 ? NaN : entryPrices[s]! / units[s]!;
  }

  /** By symbol, of those with open trades: what they gained at the latest prices. */
  profits(openProfits: Float64Array): void {
    const { trades } = this;
    const { last } = this.bars;
    for (let i = 0; i < trades.length; i++) openProfits[trades[i]!.symbol] = 0;
    for (let i = 0; i < trades.length; i++) {
      const { symbol, size, entryPrice } = trades[i]!;
      openProfits[symbol]! += size * (last[symbol]! - entryPrice);
    }
  }

  /** An order that opens; returns its number, or 0 where it is refused, which the strategy is told. Throws for a size that is none. */
  order(symbol: number, isBuy: boolean, terms: OrderTerms): number {
    const size = terms.size ?? allIn;
    const fault = sizeFault(size, terms.sl !== undefined);
    if (fault !== undefined)
      throw new RangeError(`The size of an order was ${JSON.stringify(size)}; it must be ${fault}`);
    const order = this.made(symbol, isBuy, 'entry', null, { ...terms, size });
    const refused = this.refusal(order);
    if (refused) {
      this.tell(order, refused);
      return 0;
    }
    if (this.settings.exclusiveOrders) {
      for (const other of this.queue.slice())
        if (other.trade === null && other.symbol === symbol) this.drop(other, 'an exclusive order came after it');
      for (const trade of this.trades) if (trade.symbol === symbol) this.close(trade, 1);
    }
    this.queue.push(order);
    this.note(order);
    this.letGoOfRefused(this.bar);
    return order.id;
  }

  /** Closes a portion of a trade at the market: of whole units at least one, halves rounded to even ones as backtesting.py does. */
  close(trade: OpenTrade, portion: number): number {
    const units = Math.abs(trade.size);
    const part = Number.isInteger(units) ? Math.max(1, roundHalfEven(units * portion)) : units * portion;
    const size = Math.min(units, part);
    const order = this.made(trade.symbol, trade.size < 0, 'close', trade, { size });
    this.queue.unshift(order);
    this.note(order);
    this.letGoOfRefused(this.bar);
    return order.id;
  }

  /** A newer order was taken: those that were refused before that bar, a place in the equity curve, are remembered no longer. */
  letGoOfRefused(bar: number): void {
    const { refused } = this;
    if (refused.length === 0 || refused[0]!.bar >= bar) return;
    this.changes++;
    const kept = refused.findIndex((event) => event.bar >= bar);
    refused.splice(0, kept < 0 ? refused.length : kept);
  }

  /** Gives a trade another stop-loss and take-profit; NaN for none. */
  protect(trade: OpenTrade, sl: number, tp: number): void {
    if (trade.stopLoss) this.drop(trade.stopLoss, 'cancelled');
    if (trade.takeProfit) this.drop(trade.takeProfit, 'cancelled');
    this.bracket(trade, sl, tp, this.bars.at);
  }

  /** The stop of an order was hit: what is left of it is a market or a limit order. */
  stopHit(order: Order): void {
    this.changes++;
    order.stop = NaN;
  }

  /** An order was filled in part: what is left of it waits. */
  part(order: Order, left: number): void {
    this.changes++;
    order.size = order.trade ? left : { units: left };
  }

  /** An order goes without having been filled, or after it was. */
  drop(order: Order, reason: GoneReason): void {
    if (order.isOver) return;
    order.isOver = true;
    this.queue.splice(this.queue.indexOf(order), 1);
    this.tell(order, reason);
    const { trade } = order;
    const isBare = reason === 'cancelled';
    if (trade?.stopLoss === order) [trade.stopLoss, trade.sl] = [null, isBare ? NaN : trade.sl];
    if (trade?.takeProfit === order) [trade.takeProfit, trade.tp] = [null, isBare ? NaN : trade.tp];
  }

  /** An order was filled: it goes, or what is left of it stays, and with it the others of its group. */
  filled(order: Order): void {
    this.drop(order, 'filled');
    if (order.group === 0) return;
    for (const other of this.queue.slice())
      if (other.group === order.group && other.symbol === order.symbol)
        this.drop(other, 'another of its group was filled');
  }

  /** Opens a trade of so many units, shorts negative, for an order; `extra` is money beside price and commission. */
  enter(order: Order, size: number, price: number, bar: number, extra: number, entry: FillFacts): OpenTrade {
    const cost = this.commission.of(size, price) + extra;
    const { symbol } = order;
    const trade: OpenTrade = {
      id: ++this.entered,
      symbol,
      size,
      entryBar: bar,
      entryPrice: price,
      entryCost: cost,
      entry,
      stopLoss: null,
      takeProfit: null,
      otherExit: NaN,
      sl: NaN,
      tp: NaN,
    };
    this.trades.push(trade);
    this.cash -= cost;
    const { happened } = this;
    happened.add(Happening.entered);
    happened.add(symbol);
    happened.add(size);
    happened.add(bar);
    happened.add(price);
    happened.add(cost);
    this.bracket(trade, order.sl, order.tp, order.givenAt);
    return trade;
  }

  /** Closes so many units of a trade. */
  leave(trade: OpenTrade, units: number, price: number, bar: number, extra: number, exit: FillFacts): void {
    const held = Math.abs(trade.size);
    const isAll = units >= held;
    const size = isAll ? trade.size : trade.size > 0 ? units : -units;
    const { symbol, entryPrice, entryBar, entry } = trade;
    const exitCost = this.commission.of(size, price) + extra;
    const gain = size * (price - entryPrice);
    this.cash += gain - exitCost;
    // backtesting.py counts the entry's commission anew for each part, a fixed one in full, and tells no bracket of a part.
    const isParity = this.settings.fills === 'parity';
    const entryCost = isParity
      ? this.commission.of(size, entryPrice)
      : isAll
        ? trade.entryCost
        : (trade.entryCost * units) / held;
    const isBare = isParity && !isAll;
    trade.entryCost -= entryCost;
    trade.size = isAll ? 0 : trade.size - size;
    const commission = exitCost + entryCost;
    const value = Math.abs(size) * entryPrice;
    const { equity } = this;
    const closed: Trade = {
      symbol: this.symbols[symbol]!,
      size,
      entryBar,
      exitBar: bar,
      entryTime: instant(equity.time(entryBar)),
      exitTime: instant(equity.time(bar)),
      entryPrice,
      exitPrice: price,
      sl: isBare || Number.isNaN(trade.sl) ? null : trade.sl,
      tp: isBare || Number.isNaN(trade.tp) ? null : trade.tp,
      pnl: gain - commission,
      commission,
      returnPct: (price / entryPrice - 1) * (size > 0 ? 1 : -1) - commission / value,
      entry,
      exit: withDoubt(exit, trade.otherExit),
    };
    this.changes++;
    this.closed.push(closed);
    this.noteClosed(symbol, closed);
    if (!isAll) {
      if (trade.stopLoss) trade.stopLoss.size = Math.abs(trade.size);
      if (trade.takeProfit) trade.takeProfit.size = Math.abs(trade.size);
      return;
    }
    this.trades.splice(this.trades.indexOf(trade), 1);
    if (trade.stopLoss) this.drop(trade.stopLoss, 'its trade was closed');
    if (trade.takeProfit) this.drop(trade.takeProfit, 'its trade was closed');
  }

  /** Stop-losses wait ahead of everything, so that they come before what else could be filled; take-profits behind. */
  private bracket(trade: OpenTrade, sl: number, tp: number, givenAt: number): void {
    const isBuy = trade.size < 0;
    const size = Math.abs(trade.size);
    this.changes++;
    trade.sl = sl;
    trade.tp = tp;
    if (!Number.isNaN(tp)) {
      trade.takeProfit = this.made(trade.symbol, isBuy, 'tp', trade, { size, limit: tp }, givenAt);
      this.queue.push(trade.takeProfit);
    }
    if (!Number.isNaN(sl)) {
      trade.stopLoss = this.made(trade.symbol, isBuy, 'sl', trade, { size, stop: sl }, givenAt);
      this.queue.unshift(trade.stopLoss);
    }
  }

  private refusal({ symbol, isBuy, limit, stop, sl, tp, at, size }: Order): GoneReason | undefined {
    if (this.isRuined) return 'the account is ruined';
    const { fills, spread } = this.settings;
    if (fills === 'parity' && (at !== 'next' || typeof size !== 'number')) return 'the parity mode has no such order';
    const beside = fills === 'parity' ? spread : spread / 2;
    const market = this.bars.last[symbol]! * (isBuy ? 1 + beside : 1 - beside);
    const price = Number.isNaN(limit) ? (Number.isNaN(stop) ? market : stop) : limit;
    // Comparisons with the NaN of what is not there are false.
    const isAskew = isBuy ? sl >= price || price >= tp || sl >= tp : tp >= price || price >= sl || tp >= sl;
    return isAskew ? 'stop-loss, price and take-profit are not in this order' : undefined;
  }

  private made(
    symbol: number,
    isBuy: boolean,
    role: Role,
    trade: OpenTrade | null,
    terms: OrderTerms,
    givenAt = this.bars.at,
  ): Order {
    return {
      id: ++this.orders,
      symbol,
      isBuy,
      role,
      trade,
      size: terms.size ?? 0,
      limit: terms.limit ?? NaN,
      stop: terms.stop ?? NaN,
      sl: terms.sl ?? NaN,
      tp: terms.tp ?? NaN,
      forSession: terms.good === 'session',
      at: terms.at ?? 'next',
      group: terms.oneOf ?? 0,
      givenAt,
      givenBar: this.bar,
      triggeredBar: -1,
      otherPrice: NaN,
      isOver: false,
    };
  }

  private tell({ id, symbol }: Order, reason: GoneReason): void {
    this.changes++;
    const event = { order: id, symbol, bar: this.bar, reason };
    this.events.push(event);
    if (refusals.has(reason) && this.refused.push(event) > mostRefused) this.refused.shift();
    this.happened.add(Happening.gone);
    this.happened.add(id);
    this.happened.add(goneReasons.indexOf(reason));
  }

  private note({ id, symbol, isBuy, limit, stop, sl, tp, size }: Order): void {
    const { happened } = this;
    this.changes++;
    happened.add(Happening.placed);
    happened.add(id);
    happened.add(symbol);
    happened.add(isBuy ? 1 : -1);
    happened.add(typeof size === 'number' ? size : Object.values(size)[0]!);
    for (const price of [limit, stop, sl, tp]) happened.add(price);
  }

  private noteClosed(symbol: number, { size, exitBar, exitPrice, pnl, commission }: Trade): void {
    const { happened } = this;
    happened.add(Happening.left);
    happened.add(symbol);
    happened.add(size);
    happened.add(exitBar);
    happened.add(exitPrice);
    happened.add(pnl);
    happened.add(commission);
  }
}

/** The facts of an exit that might have come earlier, at another price. */
function withDoubt(exit: FillFacts, otherPrice: number): FillFacts {
  if (Number.isNaN(otherPrice) || exit.otherPrice !== null) return exit;
  return { ...exit, doubts: exit.doubts | Doubt.orderInBar, otherPrice };
}

/** As Python rounds: a half to the even neighbour. */
function roundHalfEven(value: number): number {
  const floor = Math.floor(value);
  const rest = value - floor;
  if (rest !== 0.5) return rest < 0.5 ? floor : floor + 1;
  return floor % 2 === 0 ? floor : floor + 1;
}
