import type { FillFacts } from '../fill-facts.ts';
import type { Order } from './order.ts';

/** A trade that is open. */
export interface OpenTrade {
  readonly id: number;
  readonly symbol: number;
  /** Units; negative for a short one; 0 once it has closed. */
  size: number;
  readonly entryBar: number;
  readonly entryPrice: number;
  /** What is left of the money that was paid at the entry: each part that closes takes its share. */
  entryCost: number;
  entry: FillFacts;
  /** The orders that protect it, and their prices, NaN where there is none: they stay known when the orders have gone. */
  stopLoss: Order | null;
  takeProfit: Order | null;
  /** Had the events of the entry's bar come in the other order, it would have been left at this price; NaN where there is no such doubt. */
  otherExit: number;
  sl: number;
  tp: number;
}
