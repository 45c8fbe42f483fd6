import type { Definition, DefinitionSet } from './definition.ts';
import type { Facts } from './facts.ts';
import { normalQuantile } from './normal.ts';
import { fromFirstEnd } from './periods.ts';
import { compounded, deepestFall, deviation, downside, mean, quantile, sum } from './series.ts';

const year = 252;

const growth = ({ returns }: Facts): number => Math.abs(1 + compounded(returns)) ** (year / returns.length) - 1;
const sortino = ({ returns }: Facts): number => (mean(returns) / downside(returns)) * Math.sqrt(year);
const gains = ({ returns }: Facts): Float64Array => returns.filter((r) => r > 0);
const losses = ({ returns }: Facts): Float64Array => returns.filter((r) => r < 0);
const payoff = (facts: Facts): number => mean(gains(facts)) / Math.abs(mean(losses(facts)));
const winRate = (facts: Facts): number => gains(facts).length / (gains(facts).length + losses(facts).length);

const statistics: readonly Definition[] = [
  {
    name: 'Cumulative Return',
    unit: 'share',
    formula: '∏(1 + r) − 1',
    assumes: fromFirstEnd,
    of: ({ returns }) => compounded(returns),
  },
  {
    name: 'CAGR',
    unit: 'share',
    basis: 'year',
    formula: '|∏(1 + r)|^(252 ÷ n) − 1',
    assumes: 'A year is 252 periods; older versions counted calendar days.',
    of: growth,
  },
  {
    name: 'Sharpe',
    unit: 'ratio',
    basis: 'year',
    formula: 'mean(r) ÷ std₁(r) × √252',
    assumes: 'No return is free of risk.',
    of: ({ returns }) => (mean(returns) / deviation(returns, 1)) * Math.sqrt(year),
  },
  { name: 'Sortino', unit: 'ratio', basis: 'year', formula: 'mean(r) ÷ √(Σ min(r, 0)² ÷ n) × √252', of: sortino },
  {
    name: 'Sortino/√2',
    unit: 'ratio',
    basis: 'year',
    formula: 'Sortino ÷ √2',
    assumes: 'Schwager’s form, to be compared with a Sharpe ratio.',
    of: (facts) => sortino(facts) / Math.SQRT2,
  },
  {
    name: 'Volatility (ann.)',
    unit: 'share',
    basis: 'year',
    formula: 'std₁(r) × √252',
    of: ({ returns }) => deviation(returns, 1) * Math.sqrt(year),
  },
  {
    name: 'Max Drawdown',
    unit: 'share',
    formula: 'lowest (worth ÷ highest worth so far − 1)',
    of: ({ returns }) => deepestFall(returns),
  },
  {
    name: 'Calmar',
    unit: 'ratio',
    basis: 'year',
    formula: 'CAGR ÷ |Max Drawdown|',
    of: (facts) => growth(facts) / -deepestFall(facts.returns),
  },
  {
    name: 'Profit Factor',
    unit: 'ratio',
    formula: 'Σ r from 0 up ÷ |Σ r below 0|',
    assumes: 'Of days, not of trades.',
    of: (facts) => sum(gains(facts)) / Math.abs(sum(losses(facts))),
  },
  {
    name: 'Gain/Pain Ratio',
    unit: 'ratio',
    formula: 'Σ r ÷ |Σ r below 0|',
    of: (facts) => sum(facts.returns) / Math.abs(sum(losses(facts))),
  },
  {
    name: 'Payoff Ratio',
    unit: 'ratio',
    formula: 'mean r above 0 ÷ |mean r below 0|',
    assumes: 'Of days, not of trades.',
    of: payoff,
  },
  {
    name: 'Win Days',
    unit: 'share',
    formula: 'days with r above 0 ÷ days with r other than 0',
    assumes: 'Of days, not of trades.',
    of: winRate,
  },
  {
    name: 'Kelly Criterion',
    unit: 'share',
    formula: '(b × p − (1 − p)) ÷ b',
    assumes: 'b is the Payoff Ratio, p the share of Win Days: of days, not of trades.',
    of: (facts) => (payoff(facts) * winRate(facts) - (1 - winRate(facts))) / payoff(facts),
  },
  {
    name: 'Time in Market',
    unit: 'share',
    formula: 'days with r other than 0 ÷ n, up to a whole percent',
    assumes: 'A day whose return is exactly 0 counts as one without a position.',
    of: ({ returns }) => Math.ceil((100 * returns.filter((r) => r !== 0).length) / returns.length) / 100,
  },
  {
    name: 'Best Day',
    unit: 'share',
    formula: 'highest r',
    of: ({ returns }) => returns.reduce((a, b) => Math.max(a, b), -Infinity),
  },
  {
    name: 'Worst Day',
    unit: 'share',
    formula: 'lowest r',
    of: ({ returns }) => returns.reduce((a, b) => Math.min(a, b), Infinity),
  },
  {
    name: 'Daily Value-at-Risk',
    unit: 'share',
    formula: 'mean(r) − 1.645 × std₁(r)',
    assumes: 'Returns are normally distributed; they have fatter tails.',
    of: ({ returns }) => mean(returns) + normalQuantile(0.05) * deviation(returns, 1),
  },
  {
    name: 'Tail Ratio',
    unit: 'ratio',
    formula: '|95th percentile of r ÷ 5th percentile of r|',
    of: ({ returns }) => {
      const sorted = returns.slice().sort();
      return Math.abs(quantile(sorted, 0.95) / quantile(sorted, 0.05));
    },
  },
];

/** quantstats, `stats.py` of January 2026. */
export const quantstats: DefinitionSet = {
  name: 'quantstats',
  about:
    'quantstats of January 2026. Simple returns of local days, 252 of them a year whatever the data; no risk-free rate.',
  symbols: 'r return of a day, from the end of the one before (the first has none) · n number of days',
  statistics,
};
