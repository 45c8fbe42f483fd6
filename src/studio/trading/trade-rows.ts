import type { PictureAccount } from '../../memory/account-picture.ts';
import type { OpenTradeTold } from '../../strategy/book-piece.ts';
import type { Trade } from '../../strategy/trade.ts';
import type { SlotAxis } from '../chart/slot-axis.ts';

/** A trade of the table and of the chart: one that closed, or one that is open, which has no exit. */
export interface TradeRow {
  /** Holds still while the run goes on; one that closes gets another. */
  readonly key: string;
  /** 1 for the first one that closed; after them those that are open. */
  readonly number: number;
  /** Place in the run's symbols. */
  readonly symbol: number;
  /** Units; negative for a short one. */
  readonly size: number;
  /** Starts of the bars, epoch milliseconds. */
  readonly entryTime: number;
  readonly entryPrice: number;
  readonly exit: { readonly time: number; readonly price: number } | null;
  /** Money: less the commission of one that closed; of an open one what it gained so far, NaN while there is no price. */
  readonly profit: number;
  /** The same as a share of what was paid. */
  readonly share: number;
  /** Money; null while it is open. */
  readonly commission: number | null;
  /** Bits of `Doubt`, of entry and exit together. */
  readonly doubts: number;
}

/** The row of a trade that closed, `place` in the order in which they did. */
export function closedRow(trade: Trade, place: number, symbol: number): TradeRow {
  const { size, entryTime, entryPrice, exitTime, exitPrice, pnl, returnPct, commission, entry, exit } = trade;
  return {
    key: `closed ${place}`,
    number: place + 1,
    symbol,
    size,
    entryTime,
    entryPrice,
    exit: { time: exitTime, price: exitPrice },
    profit: pnl,
    share: returnPct,
    commission,
    doubts: entry.doubts | exit.doubts,
  };
}

/** The row of a trade that is open, at the latest price of its symbol. */
export function openRow(trade: OpenTradeTold, number: number, price: number): TradeRow {
  const { id, symbol, size, entryTime, entryPrice, doubts } = trade;
  const profit = size * (price - entryPrice);
  return {
    key: `open ${id}`,
    number,
    symbol,
    size,
    entryTime,
    entryPrice,
    exit: null,
    profit,
    share: profit / (Math.abs(size) * entryPrice),
    commission: null,
    doubts,
  };
}

/** What is held of a symbol. */
export interface PositionRow {
  readonly symbol: number;
  readonly units: number;
  readonly entryPrice: number;
  /** The latest price; NaN where long and short trades of it cancel out. */
  readonly price: number;
  /** Money. */
  readonly profit: number;
}

/** The symbols with open trades. */
export function positionsOf({ units, entryPrices, openProfits }: PictureAccount): PositionRow[] {
  const rows: PositionRow[] = [];
  for (let symbol = 0; symbol < units.length; symbol++) {
    if (units[symbol] === 0 && openProfits[symbol] === 0) continue;
    const [held, entryPrice, profit] = [units[symbol]!, entryPrices[symbol]!, openProfits[symbol]!];
    rows.push({ symbol, units: held, entryPrice, price: entryPrice + profit / held, profit });
  }
  return rows;
}

/** The instant before a bar: the end of the base slot before the one in which it starts; of the first one that is played its session's open. */
export function instantBefore(start: number, axis: SlotAxis, firstPlayed: number): number {
  const before = axis.at(Math.floor(axis.positionAt(start)) - 1);
  return before && before.session >= firstPlayed ? axis.end(before) : axis.sessions[firstPlayed]!.open;
}
