import { drawdownsOf, type Drawdown } from './drawdowns.ts';
import type { StatisticsInput } from './input.ts';
import { barLength, localDays, periodEnds, periodOf, returnsBetween, weekendShare, type Period } from './periods.ts';

/** What all definitions share, worked out once a run. */
export interface Facts extends StatisticsInput {
  /** By bar: its local day. */
  readonly days: Int32Array;
  /** Milliseconds; NaN for one bar. */
  readonly barMs: number;
  readonly period: Period;
  /** Periods in a year: of days 252, and 365 where more than 17.14 % of the bars lie on weekends. */
  readonly periodsPerYear: number;
  /** Places of the last bar of each period. */
  readonly ends: readonly number[];
  /** From the end of each period to that of the next; the first period has none, as nothing is before it. */
  readonly returns: Float64Array;
  readonly marketReturns: Float64Array;
  readonly drawdowns: readonly Drawdown[];
  /** By trade: money, and share of what was paid. */
  readonly profits: Float64Array;
  readonly tradeReturns: Float64Array;
  /** How far the equity's logarithm goes with that of the market, from bar to bar; NaN for two bars or fewer. */
  readonly beta: number;
  /** Equity before the first bar's trades and after the last bar. */
  readonly first: number;
  readonly last: number;
  /** Between the starts of first and last bar. */
  readonly spanMs: number;
}

/** Throws a RangeError for a curve without a bar. */
export function factsOf(input: StatisticsInput): Facts {
  const { time, value, market } = input.equity;
  if (value.length === 0) throw new RangeError('The equity curve has no bar; statistics need at least one.');
  const days = localDays(time, input.zone);
  const barMs = barLength(time);
  const period = periodOf(barMs);
  const ends = periodEnds(days, period);
  const yearly = { week: 52, month: 12, year: 1, day: weekendShare(days) > (2 / 7) * 0.6 ? 365 : 252 };
  const profits = new Float64Array(input.trades.length);
  const tradeReturns = new Float64Array(input.trades.length);
  input.trades.forEach(({ pnl, returnPct }, i) => {
    profits[i] = pnl;
    tradeReturns[i] = returnPct;
  });
  return {
    ...input,
    days,
    barMs,
    period,
    periodsPerYear: yearly[period],
    ends,
    returns: returnsBetween(value, ends),
    marketReturns: returnsBetween(market, ends),
    drawdowns: drawdownsOf(input.equity),
    profits,
    tradeReturns,
    beta: slopeOf(value, market),
    first: value[0]!,
    last: value[value.length - 1]!,
    spanMs: time[time.length - 1]! - time[0]!,
  };
}

/** The covariance of the logarithms of the ratios from bar to bar, over the variance of the market's. */
function slopeOf(value: Float64Array, market: Float64Array): number {
  const count = value.length - 1;
  if (count < 2) return NaN;
  const own = logRatios(value);
  const other = logRatios(market);
  let [ownSum, otherSum] = [0, 0];
  for (let i = 0; i < count; i++) {
    ownSum += own[i]!;
    otherSum += other[i]!;
  }
  const [ownMean, otherMean] = [ownSum / count, otherSum / count];
  let [both, square] = [0, 0];
  for (let i = 0; i < count; i++) {
    const off = other[i]! - otherMean;
    both += (own[i]! - ownMean) * off;
    square += off * off;
  }
  return both / square;
}

function logRatios(values: Float64Array): Float64Array {
  const logs = new Float64Array(values.length - 1);
  for (let i = 0; i < logs.length; i++) {
    const ratio = values[i + 1]! / values[i]!;
    // Where nothing is held the equity stands, bar after bar.
    logs[i] = ratio === 1 ? 0 : Math.log(ratio);
  }
  return logs;
}
