import type { Book } from '../strategy/broker/book.ts';
import type { PlanStrategy } from '../strategy/plan-strategy.ts';
import type { Trade } from '../strategy/trade.ts';
import { instant, isoText } from '../time/instant.ts';
import type { RunPlan } from './plan.ts';
import type { SessionReport } from './report.ts';
import { resultsReport, type ResultsReport } from './results-report.ts';

/** A closed trade as the report has it: times in ISO 8601. */
export type TradeReport = Omit<Trade, 'entryTime' | 'exitTime' | 'entry' | 'exit'> & {
  readonly entryTime: string;
  readonly exitTime: string;
};

/** What the run report says of orders and money. */
export interface TradingReport {
  /** In the order in which they closed. */
  readonly trades: readonly TradeReport[];
  /** Starts of bars and the worth of the account at their ends. */
  readonly equity: readonly (readonly [string, number])[];
  /** There were too many bars: the equity is that at the ends of sessions. */
  readonly equityPer?: 'session';
}

/** What a run's strategy came to so far. */
export function resultsOf(
  plan: RunPlan,
  { params, warmUpBars }: PlanStrategy,
  sessions: readonly SessionReport[],
  book: Pick<Book, 'closed' | 'equity'>,
): TradingReport & ResultsReport {
  const of = { trades: book.closed, equity: book.equity.curve() };
  const strategy = { parameters: Object.keys(params).length, warmUpBars };
  return { ...tradingReport(book), ...resultsReport(plan, sessions, of, strategy) };
}

/** Points of equity that a report has by the bar. */
const mostPoints = 100_000;

function tradingReport({ closed, equity }: Pick<Book, 'closed' | 'equity'>): TradingReport {
  const { count, ends } = equity;
  const point = (i: number): readonly [string, number] => [isoText(instant(equity.time(i))), equity.value(i)];
  const trades = closed.map(tradeReport);
  if (count <= mostPoints) return { trades, equity: Array.from({ length: count }, (_, i) => point(i)) };
  const lasts = [...new Set(ends)].filter((end) => end > 0);
  return { trades, equity: lasts.map((end) => point(end - 1)), equityPer: 'session' };
}

function tradeReport(trade: Trade): TradeReport {
  const { symbol, size, entryBar, exitBar, entryPrice, exitPrice, sl, tp, pnl, commission, returnPct } = trade;
  return {
    symbol,
    size,
    entryBar,
    exitBar,
    entryTime: isoText(trade.entryTime),
    exitTime: isoText(trade.exitTime),
    entryPrice,
    exitPrice,
    sl,
    tp,
    pnl,
    commission,
    returnPct,
  };
}
