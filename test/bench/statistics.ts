import { Chance } from '../../src/chance/chance.ts';
import { intervalsOf } from '../../src/statistics/bootstrap.ts';
import { factsOf } from '../../src/statistics/facts.ts';
import type { StatisticsInput } from '../../src/statistics/input.ts';
import { statisticsOf } from '../../src/statistics/statistics.ts';
import { calendar } from '../../src/time/calendar.ts';
import { instant, minute } from '../../src/time/instant.ts';
import { zone } from '../../src/time/zone.ts';
import { expectAnswer, median, secondsOf, type Measure } from './measure.ts';

const trades = 10_000;
const heldBars = 8;

/** A year of minutes in New York with a trade every ten bars, alternately won and lost. */
function yearOfTrades(): StatisticsInput {
  const sessions = calendar('XNYS').sessions('2024-01-02', '2025-01-31');
  const starts: number[] = [];
  for (const { open, close } of sessions) for (let at: number = open; at < close; at += minute) starts.push(at);
  const chance = new Chance(3);
  const time = Float64Array.from(starts);
  let worth = 100_000;
  const value = Float64Array.from(starts, () => (worth *= 1 + 0.0002 * chance.bell()));
  return {
    trades: Array.from({ length: trades }, (_, i) => ({
      symbol: 'A',
      size: 10,
      entryBar: i * 10,
      exitBar: i * 10 + heldBars,
      entryTime: instant(time[i * 10]!),
      exitTime: instant(time[i * 10 + heldBars]!),
      pnl: i % 2 === 0 ? 30 : -20,
      commission: 1,
      returnPct: i % 2 === 0 ? 0.003 : -0.002,
    })),
    equity: { time, value, market: value.map((each) => each / 100_000) },
    marketFrom: 0,
    sessions,
    zone: zone('America/New_York'),
  };
}

/** All statistics of a run with ten thousand trades, and the drawing of intervals, which is done apart. */
export async function benchStatistics(): Promise<Measure[]> {
  const input = yearOfTrades();
  const answer = statisticsOf(factsOf(input));
  expectAnswer('trades of the statistics', answer.sets['backtesting.py']!['# Trades'], trades);
  expectAnswer('win rate', answer.sets['backtesting.py']!['Win Rate [%]'], 50);
  expectAnswer('expectancy of LEAN', answer.sets.LEAN!['Profit Factor'], 1.5);
  const times: number[] = [];
  for (let n = 0; n < 15; n++) times.push((await secondsOf(() => statisticsOf(factsOf(input)))) * 1_000);
  const facts = factsOf(input);
  const drawn = (await secondsOf(() => intervalsOf(facts, 1))) * 1_000;
  return [
    {
      name: `statistics of ${trades} trades over ${input.equity.time.length} bars`,
      value: median(times),
      unit: 'ms',
      limit: { name: 'limit', value: 20 },
    },
    { name: '95 % intervals of them', value: drawn, unit: 'ms' },
  ];
}
