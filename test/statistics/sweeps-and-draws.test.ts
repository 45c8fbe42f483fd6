import { describe, expect, test } from 'vitest';
import { Chance } from '../../src/chance/chance.ts';
import { intervalsOf } from '../../src/statistics/bootstrap.ts';
import { deflatedSharpe, shapeOfReturns } from '../../src/statistics/deflated-sharpe.ts';
import { factsOf, type Facts } from '../../src/statistics/facts.ts';
import { normalBelow, normalQuantile } from '../../src/statistics/normal.ts';
import { day, instant } from '../../src/time/instant.ts';
import { zone } from '../../src/time/zone.ts';

/** A curve of days whose returns are about normal, with a trade a day. */
function walk(seed: number, days: number, drift: number): Facts {
  const chance = new Chance(seed);
  const value = new Float64Array(days);
  for (let i = 0, worth = 10_000; i < days; i++) value[i] = worth *= 1 + drift + 0.01 * chance.bell();
  const trades = Array.from({ length: days - 1 }, (_, i) => ({
    symbol: 'A',
    size: 1,
    entryBar: i,
    exitBar: i + 1,
    entryTime: instant(i * day),
    exitTime: instant((i + 1) * day),
    pnl: value[i + 1]! - value[i]!,
    commission: 0,
    returnPct: value[i + 1]! / value[i]! - 1,
  }));
  return factsOf({
    trades,
    equity: { time: Float64Array.from(value, (_, i) => i * day), value, market: value.map((worth) => worth / 10_000) },
    marketFrom: 0,
    sessions: [],
    zone: zone('UTC'),
  });
}

describe('the normal distribution', () => {
  test.each([
    [0, 0.5],
    [1, 0.8413447460685429],
    [-1.959963984540054, 0.025],
    [3, 0.9986501019683699],
    [-6, 9.865876450376981e-10],
  ])('below %d lies %d', (x, share) => {
    expect(Math.abs(normalBelow(x) - share)).toBeLessThan(1e-15);
  });

  test('a quantile undoes it', () => {
    for (const share of [1e-6, 0.01, 0.05, 0.3, 0.5, 0.9, 0.999])
      expect(normalBelow(normalQuantile(share))).toBeCloseTo(share, 13);
    expect([normalQuantile(0), normalQuantile(1)]).toEqual([-Infinity, Infinity]);
    expect(normalQuantile(1.5)).toBeNaN();
  });
});

describe('the deflated Sharpe ratio', () => {
  /** The example of the paper: 1,250 days, an annual ratio of 2.5 as the best of 100 with a variance of ½, skewness −3, kurtosis 10. */
  test('expects of a hundred tries what the paper does', () => {
    // A hundred ratios with exactly the variance ½ ÷ 250 a day.
    const spread = Math.sqrt(1 / 2 / 250) * Math.sqrt(99 / 100);
    const trials = Float64Array.from({ length: 100 }, (_, i) => (i % 2 === 0 ? spread : -spread));
    const { expectedBest } = deflatedSharpe(shapeOfReturns([0.01, -0.01, 0.02]), trials);
    expect(expectedBest).toBeCloseTo(0.1132, 4);
  });

  test('falls with the number of tries, and is the plain probability for one', () => {
    const returns = shapeOfReturns(walk(3, 500, 0.0012).returns);
    const tries = (count: number): number =>
      deflatedSharpe(
        returns,
        Float64Array.from({ length: count }, (_, i) => 0.05 * Math.sin(i)),
      ).probability;
    expect(tries(1)).toBeGreaterThan(tries(10));
    expect(tries(10)).toBeGreaterThan(tries(1_000));
    expect(deflatedSharpe(returns, [0.1]).expectedBest).toBe(0);
  });

  test('a run that never traded is a try with the ratio 0', () => {
    expect(shapeOfReturns([0, 0, 0])).toEqual({ count: 3, sharpe: 0, skewness: 0, kurtosis: 3 });
  });

  test('what cannot be told is refused', () => {
    expect(() => shapeOfReturns([0.1])).toThrow('There were 1 returns; a Sharpe ratio needs at least 2.');
    expect(() => deflatedSharpe(shapeOfReturns([0.1, 0.2]), [])).toThrow('There was no trial');
  });
});

describe('intervals', () => {
  test('follow from the seed, and another seed moves them a little', () => {
    const facts = walk(5, 300, 0.0005);
    expect(intervalsOf(facts, 7)).toEqual(intervalsOf(facts, 7));
    expect(intervalsOf(facts, 8)).not.toEqual(intervalsOf(facts, 7));
    for (const { name, value, low, high } of intervalsOf(facts, 7)) {
      expect(low, name).toBeLessThan(high);
      if (name !== 'Max drawdown') expect(value, name).toBeGreaterThan(low);
      if (name !== 'Max drawdown') expect(value, name).toBeLessThan(high);
    }
  });

  test('hold the true Sharpe ratio about as often as they say', () => {
    // The walk's bell has a standard deviation of 0.01: the true ratio is drift ÷ 0.01 × √365, as its days have weekends.
    const truth = 0.05 * Math.sqrt(365);
    let held = 0;
    for (let seed = 1; seed <= 30; seed++) {
      const { low, high } = intervalsOf(walk(seed, 120, 0.0005), 1).find(({ name }) => name === 'Sharpe ratio')!;
      if (low <= truth && truth <= high) held++;
    }
    expect(held / 30).toBeGreaterThan(0.8);
  });

  test('there are none where there is nothing to draw from', () => {
    expect(intervalsOf(walk(1, 2, 0), 1)).toEqual([]);
  });
});
