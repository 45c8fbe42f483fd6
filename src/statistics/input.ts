import type { EquityCurve, Trade } from '../strategy/trade.ts';
import type { Zone } from '../time/zone.ts';

/** A trade as far as statistics look at it. */
export type StatedTrade = Pick<
  Trade,
  'symbol' | 'size' | 'entryBar' | 'exitBar' | 'entryTime' | 'exitTime' | 'pnl' | 'commission' | 'returnPct'
>;

/** When a session was, as the report tells it. */
export interface SessionSpan {
  /** `YYYY-MM-DD`. */
  readonly date: string;
  /** Epoch milliseconds; bars that start from `open` up to `close` are the session's. */
  readonly open: number;
  readonly close: number;
}

/** All that statistics are made of. */
export interface StatisticsInput {
  /** In the order in which they closed. */
  readonly trades: readonly StatedTrade[];
  /** A value a bar; its `market` is the benchmark. */
  readonly equity: EquityCurve;
  /** Place of the bar from which buying and holding counts: the first that the strategy's indicators could act on. */
  readonly marketFrom: number;
  /** In the order of time. */
  readonly sessions: readonly SessionSpan[];
  /** Whose days divide the curve, and whose clock the times of the day are of. */
  readonly zone: Zone;
}
