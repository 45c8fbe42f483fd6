import { readFileSync } from 'node:fs';
import { beforeAll, describe, expect, test } from 'vitest';
import { factsOf } from '../../src/statistics/facts.ts';
import type { StatedTrade, StatisticsInput } from '../../src/statistics/input.ts';
import { statisticsOf, type Statistics } from '../../src/statistics/statistics.ts';
import { SimpleAverage } from '../../src/strategy/indicators/simple-average.ts';
import { dayNumber } from '../../src/time/day.ts';
import { day, instant } from '../../src/time/instant.ts';
import { zone } from '../../src/time/zone.ts';
import { hasSharedData, sharedData } from '../support/shared-data.ts';

/**
 * The run behind the figures that backtesting.py's own test expects: GOOG, averages of 10 and 30 closes; where they cross the
 * position is turned at the next open, with all the cash there is; at the end it is closed at the last open.
 */
function crossedAverages(): StatisticsInput {
  const rows = readFileSync(sharedData('backtesting.py/GOOG.csv'), 'utf8')
    .trimEnd()
    .split('\n')
    .slice(1)
    .map((line) => line.split(','));
  const time = Float64Array.from(rows, ([date]) => dayNumber(date!.slice(0, 10)) * day);
  const opens = rows.map((row) => Number(row[1]));
  const closes = rows.map((row) => Number(row[4]));
  const value = new Float64Array(rows.length).fill(10_000);
  const trades: StatedTrade[] = [];
  const [short, long] = [new SimpleAverage(10), new SimpleAverage(30)];
  const above = closes.map((close) => short.push(close) - long.push(close));
  let cash = 10_000;
  let held: { size: number; bar: number; price: number } | undefined;
  const close = (bar: number): void => {
    if (!held) return;
    const price = opens[bar]!;
    const pnl = held.size * (price - held.price);
    cash += pnl;
    trades.push({
      symbol: 'GOOG',
      size: held.size,
      entryBar: held.bar,
      exitBar: bar,
      entryTime: instant(time[held.bar]!),
      exitTime: instant(time[bar]!),
      pnl,
      commission: 0,
      returnPct: Math.sign(held.size) * (price / held.price - 1),
    });
    held = undefined;
  };
  for (let bar = 30, turn = 0; bar < rows.length; bar++) {
    if (turn !== 0) {
      close(bar);
      const price = opens[bar]!;
      held = { size: turn * Math.floor((cash * (1 - Number.EPSILON)) / price), bar, price };
    }
    if (bar === rows.length - 1) close(bar);
    value[bar] = cash + (held ? held.size * (closes[bar]! - held.price) : 0);
    const [before, now] = [above[bar - 1]!, above[bar]!];
    turn = before < 0 && now > 0 ? 1 : before > 0 && now < 0 ? -1 : 0;
  }
  return {
    trades,
    equity: { time, value, market: Float64Array.from(closes, (price) => price / closes[0]!) },
    marketFrom: 29,
    sessions: [],
    zone: zone('UTC'),
  };
}

describe.skipIf(!hasSharedData)('GOOG, averages crossed', () => {
  let input: StatisticsInput;
  let sets: Statistics['sets'];
  beforeAll(() => {
    input = crossedAverages();
    ({ sets } = statisticsOf(factsOf(input)));
  });

  test.each([
    ['# Trades', 66],
    ['Equity Final [$]', 51422.99],
    ['Return (Ann.) [%]', 21.191099249053224],
    ['Volatility (Ann.) [%]', 36.49716090702389],
    ['CAGR [%]', 21.160245705962623],
    ['Sharpe Ratio', 0.5806232244485349],
    ['Sortino Ratio', 1.0853434352488662],
    ['Calmar Ratio', 0.44166409202994605],
    ['Max. Drawdown [%]', -47.98012705007589],
    ['Profit Factor', 2.167945974262033],
    ['SQN', 1.0766187356697705],
    ['Kelly Criterion', 0.1518705127029717],
    ['Exposure Time [%]', 96.74115456238361],
    ['Alpha [%]', 394.37391142027462],
    ['Beta', 0.03803390709192],
  ])('%s is that of backtesting.py 0.6.6', (name, expected) => {
    const figure = sets['backtesting.py']![name] as number;
    expect(Math.abs(figure / expected - 1), `${figure}`).toBeLessThan(1e-8);
  });

  test.each([
    ['empyrical', 'Sharpe ratio', 0.798],
    ['quantstats', 'Sharpe', 0.798],
    ['LEAN', 'Sharpe Ratio', 0.9],
    ['365-day', 'Sharpe ratio', 0.961],
    ['empyrical', 'Sortino ratio', 1.206],
    ['quantstats', 'Sortino', 1.206],
    ['LEAN', 'Sortino Ratio', 1.286],
    ['LEAN', 'Profit Factor', 1.478],
    ['quantstats', 'Profit Factor', 1.16],
  ] as const)('%s gives its own %s of the same run', (set, name, expected) => {
    expect(sets[set]![name]).toBeCloseTo(expected, 3);
  });
});
