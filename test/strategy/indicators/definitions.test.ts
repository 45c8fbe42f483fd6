import { describe, expect, test } from 'vitest';
import { BollingerBands } from '../../../src/strategy/indicators/bollinger-bands.ts';
import { Deviation } from '../../../src/strategy/indicators/deviation.ts';
import { DirectionalMovement } from '../../../src/strategy/indicators/directional-movement.ts';
import { DonchianChannel } from '../../../src/strategy/indicators/donchian-channel.ts';
import { ExponentialAverage } from '../../../src/strategy/indicators/exponential-average.ts';
import { AverageTrueRange } from '../../../src/strategy/indicators/average-true-range.ts';
import { KeltnerChannel } from '../../../src/strategy/indicators/keltner-channel.ts';
import { MoneyFlow } from '../../../src/strategy/indicators/money-flow.ts';
import { OnBalanceVolume } from '../../../src/strategy/indicators/on-balance-volume.ts';
import { OpeningRange } from '../../../src/strategy/indicators/opening-range.ts';
import { PreviousLevels } from '../../../src/strategy/indicators/previous-levels.ts';
import { RateOfChange } from '../../../src/strategy/indicators/rate-of-change.ts';
import { RelativeStrength } from '../../../src/strategy/indicators/relative-strength.ts';
import { SessionVwap } from '../../../src/strategy/indicators/session-vwap.ts';
import { SimpleAverage } from '../../../src/strategy/indicators/simple-average.ts';
import { StandardScore } from '../../../src/strategy/indicators/standard-score.ts';
import { WeightedAverage } from '../../../src/strategy/indicators/weighted-average.ts';
import { minute } from '../../../src/time/instant.ts';
import { seeded } from '../../support/synthetic.ts';

const random = seeded(71);
const count = 500;
/** A walk with whole cents, in which prices often stand. */
const closes: number[] = [];
const highs: number[] = [];
const lows: number[] = [];
const volumes: number[] = [];
for (let i = 0, price = 10_000; i < count; i++) {
  price += Math.floor(random() * 41) - 20;
  closes.push(price / 100);
  highs.push((price + Math.floor(random() * 15)) / 100);
  lows.push((price - Math.floor(random() * 15)) / 100);
  volumes.push(Math.floor(random() * 1_000));
}

const sum = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0);
const mean = (values: readonly number[]): number => sum(values) / values.length;
const typical = (i: number): number => (highs[i]! + lows[i]! + closes[i]!) / 3;
/** The last n up to and with i, oldest first. */
const last = (values: readonly number[], i: number, n: number): number[] => values.slice(i - n + 1, i + 1);

/** Whatever the walk, after each bar the streamed value is that of the definition over the whole of it; NaN before `first`. */
function expectDefinition(first: number, streamed: (i: number) => number, defined: (i: number) => number): void {
  for (let i = 0; i < count; i++) {
    const value = streamed(i);
    if (i < first) expect(value, `bar ${i}`).toBeNaN();
    else expect(value, `bar ${i}`).toBeCloseTo(defined(i), 8);
  }
}

describe('streamed as defined', () => {
  test.each([1, 2, 7, 50])('averages and deviations of %i bars', (n) => {
    const simple = new SimpleAverage(n);
    expectDefinition(
      n - 1,
      (i) => simple.push(closes[i]!),
      (i) => mean(last(closes, i, n)),
    );
    const weighted = new WeightedAverage(n);
    expectDefinition(
      n - 1,
      (i) => weighted.push(closes[i]!),
      (i) =>
        sum(last(closes, i, n).map((close, k) => close * (k + 1))) / sum(Array.from({ length: n }, (_, k) => k + 1)),
    );
    const exponential = new ExponentialAverage(n);
    const weight = 2 / (n + 1);
    expectDefinition(
      n - 1,
      (i) => exponential.push(closes[i]!),
      (i) =>
        closes
          .slice(n, i + 1)
          .reduce((average, close) => average * (1 - weight) + close * weight, mean(closes.slice(0, n))),
    );
    const deviationOf = (i: number, divisor: number): number => {
      const values = last(closes, i, n);
      return Math.sqrt(sum(values.map((value) => (value - mean(values)) ** 2)) / divisor);
    };
    const population = new Deviation(n);
    expectDefinition(
      n - 1,
      (i) => population.push(closes[i]!),
      (i) => deviationOf(i, n),
    );
    if (n > 1) {
      const sample = new Deviation(n, 'sample');
      expectDefinition(
        n - 1,
        (i) => sample.push(closes[i]!),
        (i) => deviationOf(i, n - 1),
      );
    }
    const score = new StandardScore(n);
    expectDefinition(
      n - 1,
      (i) => score.push(closes[i]!),
      (i) => (deviationOf(i, n) === 0 ? 0 : (closes[i]! - mean(last(closes, i, n))) / deviationOf(i, n)),
    );
  });

  test.each([1, 2, 7, 50])('channels, rates and flows of %i bars', (n) => {
    const donchian = new DonchianChannel(n);
    expectDefinition(
      n - 1,
      (i) => (donchian.push(highs[i]!, lows[i]!), donchian.upper),
      (i) => Math.max(...last(highs, i, n)),
    );
    const lower = new DonchianChannel(n);
    expectDefinition(
      n - 1,
      (i) => (lower.push(highs[i]!, lows[i]!), lower.lower),
      (i) => Math.min(...last(lows, i, n)),
    );
    const rate = new RateOfChange(n);
    expectDefinition(
      n,
      (i) => rate.push(closes[i]!),
      (i) => 100 * (closes[i]! / closes[i - n]! - 1),
    );
    const flow = new MoneyFlow(n);
    expectDefinition(
      n,
      (i) => flow.push(highs[i]!, lows[i]!, closes[i]!, volumes[i]!),
      (i) => {
        const bars = Array.from({ length: n }, (_, k) => i - k);
        const money = (side: number): number =>
          sum(bars.filter((k) => (typical(k) - typical(k - 1)) * side > 0).map((k) => typical(k) * volumes[k]!));
        return money(1) + money(-1) === 0 ? 50 : (100 * money(1)) / (money(1) + money(-1));
      },
    );
    const strength = new RelativeStrength(n);
    const wilder = (changes: readonly number[]): number =>
      changes.slice(n).reduce((average, change) => (average * (n - 1) + change) / n, mean(changes.slice(0, n)));
    expectDefinition(
      n,
      (i) => strength.push(closes[i]!),
      (i) => {
        const changes = closes.slice(1, i + 1).map((close, k) => close - closes[k]!);
        const [rise, fall] = [wilder(changes.map((c) => Math.max(c, 0))), wilder(changes.map((c) => Math.max(-c, 0)))];
        return rise + fall === 0 ? 50 : (100 * rise) / (rise + fall);
      },
    );
  });

  test('ADX by the running sums of the book', () => {
    const n = 14;
    const [plus, minus, adx]: number[][] = [[], [], []];
    let [ranges, rises, falls] = [0, 0, 0];
    const movements: number[] = [];
    for (let i = 1; i < count; i++) {
      const range = Math.max(highs[i]!, closes[i - 1]!) - Math.min(lows[i]!, closes[i - 1]!);
      const [up, down] = [highs[i]! - highs[i - 1]!, lows[i - 1]! - lows[i]!];
      const [rise, fall] = [up > down && up > 0 ? up : 0, down > up && down > 0 ? down : 0];
      if (i <= n) [ranges, rises, falls] = [ranges + range, rises + rise, falls + fall];
      else [ranges, rises, falls] = [ranges - ranges / n + range, rises - rises / n + rise, falls - falls / n + fall];
      if (i < n) continue;
      plus[i] = (100 * rises) / ranges;
      minus[i] = (100 * falls) / ranges;
      movements.push((100 * Math.abs(plus[i]! - minus[i]!)) / (plus[i]! + minus[i]!));
      if (movements.length === n) adx[i] = mean(movements);
      else if (movements.length > n) adx[i] = (adx[i - 1]! * (n - 1) + movements.at(-1)!) / n;
    }
    const system = new DirectionalMovement(n);
    expectDefinition(
      2 * n - 1,
      (i) => {
        const value = system.push(highs[i]!, lows[i]!, closes[i]!);
        if (i >= n) expect(system.plus).toBeCloseTo(plus[i]!, 8);
        if (i >= n) expect(system.minus).toBeCloseTo(minus[i]!, 8);
        return value;
      },
      (i) => adx[i]!,
    );
  });

  test('Keltner is the average and two ranges', () => {
    const channel = new KeltnerChannel(20, 10, 2);
    const [average, range] = [new ExponentialAverage(20), new AverageTrueRange(10)];
    const upper: number[] = [];
    const lower: number[] = [];
    for (let i = 0; i < count; i++) {
      const middle = average.push(closes[i]!);
      const spread = 2 * range.push(highs[i]!, lows[i]!, closes[i]!);
      expect(channel.push(highs[i]!, lows[i]!, closes[i]!)).toEqual(middle);
      upper.push(channel.upper - (middle + spread));
      lower.push(channel.lower - (middle - spread));
    }
    expect([...upper, ...lower].filter((off) => off === 0)).toHaveLength(2 * (count - 19));
  });
});

describe('levels of a session', () => {
  test('VWAP begins anew with a session', () => {
    const vwap = new SessionVwap();
    vwap.begin();
    expect(vwap.push(10, 10, 10, 0)).toBeNaN();
    expect(vwap.push(12, 9, 9, 100)).toBe(10);
    expect(vwap.push(20, 20, 20, 300)).toBe(17.5);
    vwap.begin();
    expect(vwap.value).toBeNaN();
    expect(vwap.push(5, 5, 5, 1)).toBe(5);
  });

  test('an opening range is known when a bar ends with it or after it', () => {
    const range = new OpeningRange(30 * minute);
    range.begin(0);
    range.push(15 * minute, 11, 9);
    expect(range.high).toBeNaN();
    range.push(30 * minute, 12, 10);
    expect([range.high, range.low]).toEqual([12, 9]);
    range.push(45 * minute, 20, 1);
    expect([range.high, range.low]).toEqual([12, 9]);
    range.begin(1_000 * minute);
    expect(range.high).toBeNaN();
    range.push(1_020 * minute, 7, 6);
    range.push(1_040 * minute, 20, 1);
    expect([range.high, range.low]).toEqual([7, 6]);
  });

  test('a session without a bar in its range has none', () => {
    const range = new OpeningRange(30 * minute);
    range.begin(0);
    range.push(40 * minute, 12, 10);
    expect([range.high, range.low]).toEqual([NaN, NaN]);
  });

  test('the levels of the session before', () => {
    const levels = new PreviousLevels();
    levels.begin();
    levels.push(12, 10, 11);
    levels.push(11, 8, 9);
    expect(levels.high).toBeNaN();
    levels.begin();
    expect([levels.high, levels.low, levels.close]).toEqual([12, 8, 9]);
    levels.begin();
    expect([levels.high, levels.low, levels.close]).toEqual([NaN, NaN, NaN]);
  });
});

describe('bounds', () => {
  test('a window that is flat divides by nothing', () => {
    const [strength, score, bands] = [new RelativeStrength(3), new StandardScore(3), new BollingerBands(3)];
    for (let i = 0; i < 5; i++) for (const indicator of [strength, score, bands]) indicator.push(7);
    expect([strength.value, score.value, bands.value, bands.upper]).toEqual([50, 0, 7, 7]);
  });

  test('a large value leaves no trace once it has left the window', () => {
    const [average, deviation] = [new SimpleAverage(3), new Deviation(3)];
    for (const value of [1e17, 1, 2, 3, 4, 5, 6]) {
      average.push(value);
      deviation.push(value);
    }
    expect(average.value).toBe(5);
    expect(deviation.value).toBeCloseTo(Math.sqrt(2 / 3), 12);
  });

  test('a length that is none is refused by name', () => {
    expect(() => new SimpleAverage(0)).toThrow(
      'The length of a simple average was 0; it must be a whole number of bars from 1 on.',
    );
    expect(() => new Deviation(1, 'sample')).toThrow('from 2 on');
    expect(() => new RelativeStrength(2.5)).toThrow('RSI was 2.5');
    expect(() => new OpeningRange(0)).toThrow('0 ms');
  });

  test('on-balance volume counts a close that stands as nothing', () => {
    const volume = new OnBalanceVolume();
    expect([volume.push(5, 10), volume.push(6, 20), volume.push(6, 40), volume.push(4, 80)]).toEqual([0, 20, 20, -60]);
  });
});
