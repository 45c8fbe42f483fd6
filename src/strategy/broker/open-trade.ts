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
  sl: number;
  tp: number;
}
