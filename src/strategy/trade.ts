import type { Instant } from '../time/instant.ts';
import type { FillFacts } from './fill-facts.ts';

/** What makes a fill doubtful; bits of `FillFacts.doubts`. */
export const Doubt = {
  /** What happened depends on the order of events inside the bar, which the bar does not tell; the worse was taken. */
  orderInBar: 1,
  /** The bar did not come with the feed: upkeep filled it, or repaired it, from another dataset. */
  filledBar: 2,
  /** The bar is the first or the last slot of its session. */
  sessionEdge: 4,
  /** Only a part of what was ordered was filled in the bar. */
  partFilled: 8,
  /** The price lies outside of the bar, or the bar had passed when the order was given: rules of the parity mode. */
  impossible: 16,
} as const;

/** A trade that closed: a size that was bought and sold again, or sold and bought back. */
export interface Trade {
  readonly symbol: string;
  /** Units; negative for a short one. Never 0. */
  readonly size: number;
  /** Places in the equity curve of the bars in which it was entered and left, from 0. */
  readonly entryBar: number;
  readonly exitBar: number;
  /** Starts of those bars: of base slots where bars of several lengths play. */
  readonly entryTime: Instant;
  readonly exitTime: Instant;
  /** Includes spread and slippage. */
  readonly entryPrice: number;
  readonly exitPrice: number;
  /** Stop-loss and take-profit as they stood when it closed; null where there was none. */
  readonly sl: number | null;
  readonly tp: number | null;
  /** Money, less the commission. */
  readonly pnl: number;
  /** Money, of entry and exit together; not negative but for rebates. */
  readonly commission: number;
  /** A share of what was paid for it, not a percentage: 0.01 is one percent. Less the commission. */
  readonly returnPct: number;
  /** What is known of its fills; they are not in the report. */
  readonly entry: FillFacts;
  readonly exit: FillFacts;
}

/**
 * The worth of the account, cash and open trades together, at the end of each bar: of each base slot at whose end a bar of any
 * symbol was delivered. Columns of one length.
 */
export interface EquityCurve {
  /** Starts of the bars, epoch milliseconds. */
  readonly time: Float64Array;
  readonly value: Float64Array;
  /**
   * What buying and holding the market would have made of 1 at the end of each bar: the mean over the run's symbols of the latest
   * close ÷ the symbol's first close, which is 1 for a symbol that has had no bar yet. Without costs; it is the benchmark of the
   * statistics, and not in the fingerprint.
   */
  readonly market: Float64Array;
}
