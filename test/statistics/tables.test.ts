import { expect, test } from 'vitest';
import { factsOf } from '../../src/statistics/facts.ts';
import { statisticsOf } from '../../src/statistics/statistics.ts';
import { calendar } from '../../src/time/calendar.ts';
import { hour, instant, minute } from '../../src/time/instant.ts';
import { zone } from '../../src/time/zone.ts';

/** Two sessions of New York in bars of half an hour; the equity falls and recovers in the first, and rises in the second. */
const sessions = calendar('XNYS').sessions('2024-11-26', '2024-11-27');
const time = Float64Array.from(
  sessions.flatMap(({ open }) => Array.from({ length: 13 }, (_, i) => open + i * 30 * minute)),
);
const value = Float64Array.from(time, (_, i) => (i < 13 ? [100, 90, 80, 95, 100][i % 5]! : 100 + i));
const trade = (symbol: string, entryBar: number, exitBar: number, pnl: number) => ({
  symbol,
  size: 1,
  entryBar,
  exitBar,
  entryTime: instant(time[entryBar]!),
  exitTime: instant(time[exitBar]!),
  pnl,
  commission: 0.5,
  returnPct: pnl / 100,
});
const facts = factsOf({
  trades: [trade('A', 0, 1, -10), trade('B', 1, 4, 20), trade('A', 13, 15, 5)],
  equity: { time, value, market: value.map((worth) => worth / 100) },
  marketFrom: 0,
  sessions: sessions.map(({ date, open, close }) => ({ date, open, close })),
  zone: zone('America/New_York'),
});
const { tables, drawdowns } = statisticsOf(facts);

test('by symbol, in the order in which they first traded', () => {
  expect(
    tables.symbols.map(({ key, trades, wins, profit, commission, profitFactor }) => ({
      key,
      trades,
      wins,
      profit,
      commission,
      profitFactor,
    })),
  ).toEqual([
    { key: 'A', trades: 2, wins: 1, profit: -5, commission: 1, profitFactor: 0.5 },
    { key: 'B', trades: 1, wins: 1, profit: 20, commission: 0.5, profitFactor: NaN },
  ]);
});

test('by session and by day, with what the equity did in them', () => {
  expect(
    tables.sessions.map(({ key, trades, equity, gain, drawdown }) => ({ key, trades, equity, gain, drawdown })),
  ).toEqual(
    [
      { key: '2024-11-26', trades: 2, equity: 80, gain: -0.2, drawdown: 0.2 },
      { key: '2024-11-27', trades: 1, equity: 125, gain: 125 / 80 - 1, drawdown: 0 },
    ].map((row) => ({ ...row, gain: expect.closeTo(row.gain, 12), drawdown: expect.closeTo(row.drawdown, 12) })),
  );
  expect(tables.days.map(({ key }) => key)).toEqual(['2024-11-26', '2024-11-27']);
});

test('by the half hour of the market’s clock in which a trade was entered', () => {
  expect(tables.timesOfDay.map(({ key, trades }) => [key, trades])).toEqual([
    ['09:30', 2],
    ['10:00', 1],
  ]);
  expect(tables.timesOfDay[0]!.meanDurationMs).toBe(45 * minute);
});

test('drawdowns from peak to recovery; the last may be open', () => {
  expect(drawdowns.map(({ peak, trough, end, recovered, money }) => ({ peak, trough, end, recovered, money }))).toEqual(
    [
      { peak: 0, trough: 2, end: 4, recovered: true, money: 20 },
      { peak: 5, trough: 7, end: 9, recovered: true, money: 20 },
      { peak: 10, trough: 12, end: 13, recovered: true, money: 20 },
    ],
  );
  expect(drawdowns[0]!.depth).toBeCloseTo(0.2, 12);
  expect(drawdowns[0]!.durationMs).toBe(2 * hour);
});

test('a curve without a bar is refused', () => {
  const empty = { time: new Float64Array(), value: new Float64Array(), market: new Float64Array() };
  expect(() => factsOf({ ...facts, equity: empty })).toThrow('The equity curve has no bar');
});
