import { Chance } from '../chance/chance.ts';
import type { Facts } from './facts.ts';
import { compounded, deepestFall, deviation, downside, mean, quantile } from './series.ts';

/** Between what a figure would lie in 95 of 100 histories like this one. */
export interface Interval {
  readonly name: string;
  readonly unit: 'share' | 'ratio' | 'money';
  /** What was drawn: days in blocks, or trades one by one. */
  readonly of: 'days' | 'trades';
  readonly value: number;
  readonly low: number;
  readonly high: number;
}

interface Measure {
  readonly name: string;
  readonly unit: Interval['unit'];
  readonly of: (values: Float64Array, periodsPerYear: number) => number;
}

const ofDays: readonly Measure[] = [
  { name: 'Sharpe ratio', unit: 'ratio', of: (r, year) => (mean(r) / deviation(r, 1)) * Math.sqrt(year) },
  { name: 'Sortino ratio', unit: 'ratio', of: (r, year) => (mean(r) / downside(r)) * Math.sqrt(year) },
  { name: 'Annual return', unit: 'share', of: (r, year) => (1 + compounded(r)) ** (year / r.length) - 1 },
  { name: 'Annual volatility', unit: 'share', of: (r, year) => deviation(r, 1) * Math.sqrt(year) },
  { name: 'Max drawdown', unit: 'share', of: deepestFall },
];

const ofTrades: readonly Measure[] = [
  {
    name: 'Win rate',
    unit: 'share',
    of: (p) => {
      let wins = 0;
      for (let i = 0; i < p.length; i++) if (p[i]! > 0) wins++;
      return wins / p.length;
    },
  },
  {
    name: 'Profit factor',
    unit: 'ratio',
    of: (p) => {
      let [won, lost] = [0, 0];
      for (let i = 0; i < p.length; i++) {
        if (p[i]! > 0) won += p[i]!;
        else lost -= p[i]!;
      }
      return won / lost;
    },
  },
  { name: 'Expectancy', unit: 'money', of: mean },
  { name: 'SQN', unit: 'ratio', of: (p) => (Math.sqrt(p.length) * mean(p)) / deviation(p, 1) },
];

/** Draws, and the values in all of them together. */
const most = 1_000;
const fewest = 200;
const mostValues = 2e6;

/**
 * 95 % intervals of the main ratios, by drawing histories from this one. Returns of days are drawn in blocks, so that what hangs on the
 * days before stays together: the stationary bootstrap of Politis and Romano, Journal of the American Statistical Association 89, 1994,
 * with ∛n days a block on average; trades are drawn one by one (Efron, Annals of Statistics 7, 1979). The percentiles are those of
 * a thousand draws that follow from `seed`, a whole number; fewer of long histories, down to two hundred. Definitions are empyrical's, and money's for trades. They say how
 * much is luck if the future is like the past, and nothing about whether it is.
 */
export function intervalsOf(facts: Facts, seed: number): Interval[] {
  const chance = new Chance(seed);
  const { returns, profits } = facts;
  const block = Math.max(1, Math.round(Math.cbrt(returns.length)));
  return [
    ...drawn('days', ofDays, returns, facts, (out) => drawBlocks(returns, block, chance, out)),
    ...drawn('trades', ofTrades, profits, facts, (out) => {
      for (let i = 0; i < out.length; i++) out[i] = profits[chance.below(profits.length)]!;
    }),
  ];
}

function drawn(
  of: Interval['of'],
  measures: readonly Measure[],
  values: Float64Array,
  { periodsPerYear }: Facts,
  draw: (out: Float64Array) => void,
): Interval[] {
  if (values.length < 2) return [];
  const resamples = Math.max(fewest, Math.min(most, Math.floor(mostValues / values.length)));
  const sample = new Float64Array(values.length);
  const results = measures.map(() => new Float64Array(resamples));
  for (let i = 0; i < resamples; i++) {
    draw(sample);
    measures.forEach((measure, m) => (results[m]![i] = measure.of(sample, periodsPerYear)));
  }
  return measures.map(({ name, unit, of: measure }, m) => {
    const sorted = results[m]!.filter((value) => !Number.isNaN(value)).sort();
    return {
      name,
      unit,
      of,
      value: measure(values, periodsPerYear),
      low: quantile(sorted, 0.025),
      high: quantile(sorted, 0.975),
    };
  });
}

function drawBlocks(values: Float64Array, length: number, chance: Chance, out: Float64Array): void {
  let place = chance.below(values.length);
  for (let i = 0; i < out.length; i++) {
    out[i] = values[place]!;
    place = chance.happens(1 / length) ? chance.below(values.length) : (place + 1) % values.length;
  }
}
