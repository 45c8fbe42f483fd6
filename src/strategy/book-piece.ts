import type { EquityColumn } from './equity-column.ts';
import type { Instant } from '../time/instant.ts';
import type { Book, OrderEvent } from './broker/book.ts';
import type { OpenTrade } from './broker/open-trade.ts';
import type { GoneReason, Order, Role } from './broker/order.ts';
import type { Size } from './broker/size.ts';
import type { Trade } from './trade.ts';

/** Trades that closed, trades that are open, and orders, that a piece has at most of each. */
const mostTold = 500;

/** A trade that is open, as it is told. */
export interface OpenTradeTold {
  readonly id: number;
  /** Place in the run's symbols. */
  readonly symbol: number;
  /** Units; negative for a short one. */
  readonly size: number;
  /** Start of the bar in which it was entered. */
  readonly entryTime: Instant;
  readonly entryPrice: number;
  /** Null where there is none. */
  readonly sl: number | null;
  readonly tp: number | null;
  /** Bits of `Doubt`. */
  readonly doubts: number;
}

/** An order that waits, as it is told. Prices are null where there is none. */
export interface OrderTold {
  readonly id: number;
  /** Place in the run's symbols. */
  readonly symbol: number;
  readonly isBuy: boolean;
  readonly role: Role;
  readonly size: Size;
  readonly limit: number | null;
  readonly stop: number | null;
  readonly sl: number | null;
  readonly tp: number | null;
  readonly forSession: boolean;
  readonly at: Order['at'];
  readonly givenAt: Instant;
}

/** What a book holds, in a piece of bounded size. */
export interface BookPiece {
  /** `Book.changes` when it was told. */
  readonly changes: number;
  /** Trades that closed, all of them, and how many of them were known before. */
  readonly closedTrades: number;
  readonly known: number;
  /** The next ones, in the order in which they closed. */
  readonly closed: readonly Trade[];
  readonly open: readonly OpenTradeTold[];
  readonly orders: readonly OrderTold[];
  /** The orders that the broker refused since it last took one at a later bar, oldest first. */
  readonly refused: readonly RefusedTold[];
}

/** An order that the broker refused: its number, its symbol's place in the run, and why. */
export interface RefusedTold {
  readonly order: number;
  readonly symbol: number;
  readonly reason: GoneReason;
}

/** Tells the orders and the trades of a book: of the closed ones those after the first `known`. */
export function bookPiece({ changes, closed, trades, queue, equity, refused }: Book, known: number): BookPiece {
  return {
    changes,
    closedTrades: closed.length,
    known,
    closed: closed.slice(known, known + mostTold),
    open: trades.slice(0, mostTold).map((trade) => openTold(trade, equity)),
    orders: queue.slice(0, mostTold).map(orderTold),
    refused: refused.map(refusedTold),
  };
}

export function refusedTold({ order, symbol, reason }: OrderEvent): RefusedTold {
  return { order, symbol, reason };
}

function openTold(
  { id, symbol, size, entryBar, entryPrice, sl, tp, entry }: OpenTrade,
  equity: EquityColumn,
): OpenTradeTold {
  return {
    id,
    symbol,
    size,
    entryTime: equity.time(entryBar) as Instant,
    entryPrice,
    sl: orNull(sl),
    tp: orNull(tp),
    doubts: entry.doubts,
  };
}

function orderTold({ id, symbol, isBuy, role, size, limit, stop, sl, tp, forSession, at, givenAt }: Order): OrderTold {
  return {
    id,
    symbol,
    isBuy,
    role,
    size,
    limit: orNull(limit),
    stop: orNull(stop),
    sl: orNull(sl),
    tp: orNull(tp),
    forSession,
    at,
    givenAt: givenAt as Instant,
  };
}

function orNull(price: number): number | null {
  return Number.isNaN(price) ? null : price;
}
