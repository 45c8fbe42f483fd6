import type { OpenTrade } from './open-trade.ts';
import type { Size } from './size.ts';

/** What an order says beside its side and symbol. What is left out is none. */
export interface OrderTerms {
  /** All of the free margin where it is left out. */
  readonly size?: Size;
  readonly limit?: number;
  readonly stop?: number;
  /** Stop-loss and take-profit of the trade that it opens. */
  readonly sl?: number;
  readonly tp?: number;
  /** Until when it waits: the end of the session, or until it is cancelled, which is the default. */
  readonly good?: 'session' | 'cancelled';
  /** A market order for the first price of the next session, or the last one of this. Honest fills only. */
  readonly at?: 'open' | 'close';
  /** Of the orders with the same number one is filled; the others are then cancelled. */
  readonly oneOf?: number;
}

/** What an order is for. */
export type Role = 'entry' | 'close' | 'sl' | 'tp';

/** An order that waits. Prices are NaN where there is none. */
export interface Order {
  readonly id: number;
  readonly symbol: number;
  readonly isBuy: boolean;
  readonly role: Role;
  /** The trade that it closes or protects; null of orders that open. */
  readonly trade: OpenTrade | null;
  /** Of an entry, how much; of the others the units that it closes. */
  size: Size;
  limit: number;
  /** NaN once it was hit: what is left is a market or a limit order. */
  stop: number;
  readonly sl: number;
  readonly tp: number;
  readonly forSession: boolean;
  readonly at: 'next' | 'open' | 'close';
  /** 0 for none. */
  readonly group: number;
  /** The instant at which it was given, and the bar at whose end: bars that begin before it do not fill it. */
  readonly givenAt: number;
  readonly givenBar: number;
  /** The bar inside of which its stop was hit, or -1. */
  triggeredBar: number;
  /** Had the events of a bar come in the other order it would have been filled at this price; NaN where there is no such doubt. */
  otherPrice: number;
  /** It was filled or has gone otherwise. */
  isOver: boolean;
}

/** Why an order went, in words. */
export const goneReasons = [
  'filled',
  'cancelled',
  'the margin is not enough for one unit',
  'the margin is not enough',
  'its session ended',
  'another of its group was filled',
  'its trade was closed',
  'an exclusive order came after it',
  'stop-loss, price and take-profit are not in this order',
  'the account is ruined',
  'the parity mode has no such order',
  'the market did not trade at the close',
] as const;
export type GoneReason = (typeof goneReasons)[number];

/** Reasons for which the broker refuses an order; the others follow from what its user did or was told. */
export const refusals: ReadonlySet<GoneReason> = new Set([
  'the margin is not enough for one unit',
  'the margin is not enough',
  'stop-loss, price and take-profit are not in this order',
  'the account is ruined',
  'the parity mode has no such order',
  'the market did not trade at the close',
]);
