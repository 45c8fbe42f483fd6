import type { Definition, DefinitionSet } from './definition.ts';
import type { Facts } from './facts.ts';
import { fromFirstEnd } from './periods.ts';
import {
  compounded,
  covariance,
  deepestFall,
  deviation,
  downside,
  kurtosis,
  mean,
  quantile,
  skewness,
  sum,
} from './series.ts';

/** The statistics of empyrical with N periods in a year, which `yearOf` gives for a run. */
function statisticsWith(yearOf: (facts: Facts) => number): readonly Definition[] {
  const annual = (facts: Facts): number =>
    (1 + compounded(facts.returns)) ** (yearOf(facts) / facts.returns.length) - 1;
  const sorted = ({ returns }: Facts): Float64Array => returns.slice().sort();
  const beta = ({ returns, marketReturns }: Facts): number =>
    covariance(returns, marketReturns) / covariance(marketReturns, marketReturns);
  return [
    {
      name: 'Annual return',
      unit: 'share',
      basis: 'year',
      formula: '∏(1 + r)^(N ÷ n) − 1',
      assumes: 'A year is N periods, not calendar time.',
      of: annual,
    },
    {
      name: 'Cumulative returns',
      unit: 'share',
      formula: '∏(1 + r) − 1',
      assumes: fromFirstEnd,
      of: ({ returns }) => compounded(returns),
    },
    {
      name: 'Annual volatility',
      unit: 'share',
      basis: 'year',
      formula: 'std₁(r) × √N',
      assumes: 'Returns are independent of one another, and add up.',
      of: (facts) => deviation(facts.returns, 1) * Math.sqrt(yearOf(facts)),
    },
    {
      name: 'Sharpe ratio',
      unit: 'ratio',
      basis: 'year',
      formula: 'mean(r) ÷ std₁(r) × √N',
      assumes: 'No return is free of risk. Arithmetic mean: what compounding costs is not in it.',
      of: (facts) => (mean(facts.returns) / deviation(facts.returns, 1)) * Math.sqrt(yearOf(facts)),
    },
    {
      name: 'Calmar ratio',
      unit: 'ratio',
      basis: 'year',
      formula: 'Annual return ÷ |Max drawdown|',
      of: (facts) => annual(facts) / -deepestFall(facts.returns),
    },
    {
      name: 'Stability',
      unit: 'ratio',
      formula: 'R² of a straight line through the running sum of ln(1 + r)',
      assumes: '1 where the equity grew evenly.',
      of: ({ returns }) => straightness(returns),
    },
    {
      name: 'Max drawdown',
      unit: 'share',
      formula: 'lowest (worth ÷ highest worth so far − 1) at the ends of periods',
      assumes: 'Falls within a day are not seen.',
      of: ({ returns }) => deepestFall(returns),
    },
    {
      name: 'Omega ratio',
      unit: 'ratio',
      formula: 'Σ r above 0 ÷ |Σ r below 0|',
      assumes: 'The return that is asked for is 0.',
      of: ({ returns }) => sum(returns.filter((r) => r > 0)) / -sum(returns.filter((r) => r < 0)),
    },
    {
      name: 'Sortino ratio',
      unit: 'ratio',
      basis: 'year',
      formula: 'mean(r) × N ÷ (√mean(min(r, 0)²) × √N)',
      assumes: 'Only returns below 0 are a risk.',
      of: (facts) => (mean(facts.returns) * Math.sqrt(yearOf(facts))) / downside(facts.returns),
    },
    {
      name: 'Downside risk',
      unit: 'share',
      basis: 'year',
      formula: '√mean(min(r, 0)²) × √N',
      of: (facts) => downside(facts.returns) * Math.sqrt(yearOf(facts)),
    },
    {
      name: 'Skew',
      unit: 'ratio',
      formula: 'm₃ ÷ m₂^(3/2)',
      assumes: 'Of the population.',
      of: ({ returns }) => skewness(returns),
    },
    {
      name: 'Kurtosis',
      unit: 'ratio',
      formula: 'm₄ ÷ m₂² − 3',
      assumes: 'Of the population, above that of the normal distribution.',
      of: ({ returns }) => kurtosis(returns) - 3,
    },
    {
      name: 'Tail ratio',
      unit: 'ratio',
      formula: '|95th percentile of r| ÷ |5th percentile of r|',
      of: (facts) => Math.abs(quantile(sorted(facts), 0.95)) / Math.abs(quantile(sorted(facts), 0.05)),
    },
    {
      name: 'Value at risk',
      unit: 'share',
      formula: '5th percentile of r',
      assumes: 'Of a period, as it was: no distribution is taken for granted.',
      of: (facts) => quantile(sorted(facts), 0.05),
    },
    {
      name: 'Alpha',
      unit: 'share',
      basis: 'year',
      formula: '(1 + mean(r − Beta × m))^N − 1',
      of: (facts) => {
        const slope = beta(facts);
        return (1 + mean(facts.returns.map((r, i) => r - slope * facts.marketReturns[i]!))) ** yearOf(facts) - 1;
      },
    },
    { name: 'Beta', unit: 'ratio', formula: 'cov(r, m) ÷ var(m)', of: beta },
  ];
}

/** R² of the least squares line through what the logarithms of the returns come to. */
function straightness(returns: Float64Array): number {
  const logs = new Float64Array(returns.length);
  let total = 0;
  for (let i = 0; i < logs.length; i++) logs[i] = total += Math.log(1 + returns[i]!);
  const places = Float64Array.from(logs, (_, i) => i);
  return covariance(places, logs) ** 2 / (covariance(places, places) * covariance(logs, logs));
}

const symbols =
  'r return of a period, from the end of one to that of the next (the first has none) · m the market’s return of it · n number of them · N periods in a year';

const calendarDays = { day: 365, week: 52, month: 12, year: 1 };
const tradingDays = { day: 252, week: 52, month: 12, year: 1 };

/** empyrical-reloaded 0.5.12, `stats.py`. */
export const empyrical: DefinitionSet = {
  name: 'empyrical',
  about:
    'empyrical-reloaded 0.5.12 (Zipline, Pyfolio; NautilusTrader’s Sharpe and Sortino are the same). Simple returns of local days, 252 of ' +
    'them a year; no risk-free rate.',
  symbols,
  statistics: statisticsWith(({ period }) => tradingDays[period]),
};

/** vectorbt's default, and that of markets which never close. */
export const everyDay: DefinitionSet = {
  name: '365-day',
  about:
    'The formulas of empyrical with a year of 365 days, as vectorbt and tools for markets that never close count. For a market with ' +
    'weekends it makes ratios look better than they are, by √(365 ÷ 252) = 1.2.',
  symbols,
  statistics: statisticsWith(({ period }) => calendarDays[period]),
};
