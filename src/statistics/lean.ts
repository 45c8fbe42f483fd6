import { day } from '../time/instant.ts';
import type { Definition, DefinitionSet } from './definition.ts';
import { deepest } from './drawdowns.ts';
import type { Facts } from './facts.ts';
import { normalBelow } from './normal.ts';
import { covariance, deviation, kurtosis, mean, skewness, sum, variance } from './series.ts';

const year = 252;

const compound = (returns: Float64Array): number => (1 + mean(returns)) ** year - 1;
const beta = ({ returns, marketReturns }: Facts): number =>
  covariance(returns, marketReturns) / variance(marketReturns, 1);
const perShare = (value: number): number => (Number.isFinite(value) ? value : 0);

/** Returns of trades on the capital that there was before each: what was first, and all profits since. */
function tradeRates({ profits, first }: Facts, wins: boolean): number[] {
  let capital = first;
  const rates: number[] = [];
  for (const profit of profits) {
    if (profit > 0 === wins) rates.push(profit / capital);
    capital += profit;
  }
  return rates;
}

const averageWin = (facts: Facts): number => perShare(mean(tradeRates(facts, true)));
const averageLoss = (facts: Facts): number => perShare(mean(tradeRates(facts, false)));
const ratio = (facts: Facts): number => perShare(averageWin(facts) / Math.abs(averageLoss(facts)));
const winRate = (facts: Facts): number => perShare(tradeRates(facts, true).length / facts.profits.length);
const lossRate = (facts: Facts): number => perShare(tradeRates(facts, false).length / facts.profits.length);
const trackingError = ({ returns, marketReturns }: Facts): number =>
  deviation(
    returns.map((r, i) => r - marketReturns[i]!),
    1,
  ) * Math.sqrt(year);

/**
 * The probability that the true Sharpe ratio is above `threshold`, both of one period, not of a year. Bailey and López de Prado, "The
 * Sharpe Ratio Efficient Frontier", Journal of Risk 15, 2012; LEAN takes skewness and kurtosis of a sample, here they are of the population.
 */
function probabilisticSharpe(returns: Float64Array, threshold: number): number {
  const sharpe = mean(returns) / deviation(returns, 1);
  const spread = Math.sqrt(
    (1 - skewness(returns) * sharpe + ((kurtosis(returns) - 1) / 4) * sharpe ** 2) / (returns.length - 1),
  );
  return normalBelow((sharpe - threshold) / spread);
}

const statistics: readonly Definition[] = [
  {
    name: 'Total Orders',
    unit: 'count',
    formula: '2 × trades',
    assumes: 'Each trade was entered and left by one order.',
    of: ({ trades }) => 2 * trades.length,
  },
  {
    name: 'Average Win',
    unit: 'share',
    basis: 'trades',
    formula: 'mean(P ÷ K) of trades with P above 0',
    assumes: 'K is the capital at the start and all profits before the trade.',
    of: averageWin,
  },
  { name: 'Average Loss', unit: 'share', basis: 'trades', formula: 'mean(P ÷ K) of the other trades', of: averageLoss },
  {
    name: 'Compounding Annual Return',
    unit: 'share',
    basis: 'year',
    formula: '(E last ÷ E first)^(1 ÷ years) − 1',
    assumes: 'A year has 365 days, closed ones included.',
    of: ({ first, last, spanMs }) => (last / first) ** ((365 * day) / spanMs) - 1,
  },
  {
    name: 'Drawdown',
    unit: 'share',
    formula: 'highest (1 − E ÷ highest E so far)',
    assumes: 'LEAN looks once a day and rounds to 0.1 %; this is of every bar and not rounded.',
    of: ({ equity: { value } }) => deepest(value),
  },
  {
    name: 'Expectancy',
    unit: 'ratio',
    basis: 'trades',
    formula: 'Win Rate × Profit-Loss Ratio − Loss Rate',
    assumes: 'In units of an average loss.',
    of: (facts) => winRate(facts) * ratio(facts) - lossRate(facts),
  },
  { name: 'Net Profit', unit: 'share', formula: 'E last ÷ E first − 1', of: ({ first, last }) => last / first - 1 },
  {
    name: 'Sharpe Ratio',
    unit: 'ratio',
    basis: 'year',
    formula: '((1 + mean(r))^252 − 1) ÷ √(var₁(r) × 252)',
    assumes:
      'LEAN takes off a rate from its own table of interest rates; here it is 0. The mean is compounded, the deviation is not.',
    of: ({ returns }) => compound(returns) / Math.sqrt(variance(returns, 1) * year),
  },
  {
    name: 'Sortino Ratio',
    unit: 'ratio',
    basis: 'year',
    formula: '((1 + mean(r))^252 − 1) ÷ √(var₁(r below 0) × 252)',
    assumes: 'The deviation of the losing days about their own mean: even losses are no risk.',
    of: ({ returns }) =>
      compound(returns) /
      Math.sqrt(
        variance(
          returns.filter((r) => r < 0),
          1,
        ) * year,
      ),
  },
  {
    name: 'Probabilistic Sharpe Ratio',
    unit: 'share',
    formula: 'Φ((s − 1 ÷ √252) ÷ √((1 − skew × s + (kurtosis − 1) ÷ 4 × s²) ÷ (n − 1)))',
    assumes: 's is mean(r) ÷ std₁(r): the probability that the true ratio is above 1 a year.',
    of: ({ returns }) => probabilisticSharpe(returns, 1 / Math.sqrt(year)),
  },
  { name: 'Loss Rate', unit: 'share', basis: 'trades', formula: 'trades with P not above 0 ÷ all', of: lossRate },
  { name: 'Win Rate', unit: 'share', basis: 'trades', formula: 'trades with P above 0 ÷ all', of: winRate },
  {
    name: 'Profit-Loss Ratio',
    unit: 'ratio',
    basis: 'trades',
    formula: 'Average Win ÷ |Average Loss|',
    assumes: '0 without a loss.',
    of: ratio,
  },
  {
    name: 'Profit Factor',
    unit: 'ratio',
    basis: 'trades',
    formula: 'Σ P above 0 ÷ |Σ P below 0|',
    assumes: 'Of money; 10 where there is no loss.',
    of: ({ profits }) => {
      const lost = Math.abs(sum(profits.filter((profit) => profit < 0)));
      const won = sum(profits.filter((profit) => profit > 0));
      return lost > 0 ? won / lost : won > 0 ? 10 : 0;
    },
  },
  {
    name: 'Alpha',
    unit: 'share',
    basis: 'year',
    formula: '((1 + mean(r))^252 − 1) − Beta × ((1 + mean(m))^252 − 1)',
    of: (facts) => compound(facts.returns) - beta(facts) * compound(facts.marketReturns),
  },
  { name: 'Beta', unit: 'ratio', formula: 'cov(r, m) ÷ var₁(m)', of: beta },
  {
    name: 'Annual Standard Deviation',
    unit: 'share',
    basis: 'year',
    formula: '√(var₁(r) × 252)',
    of: ({ returns }) => Math.sqrt(variance(returns, 1) * year),
  },
  {
    name: 'Annual Variance',
    unit: 'ratio',
    basis: 'year',
    formula: 'var₁(r) × 252',
    of: ({ returns }) => variance(returns, 1) * year,
  },
  {
    name: 'Information Ratio',
    unit: 'ratio',
    basis: 'year',
    formula: '(compounded mean(r) − compounded mean(m)) ÷ Tracking Error',
    of: (facts) => (compound(facts.returns) - compound(facts.marketReturns)) / trackingError(facts),
  },
  { name: 'Tracking Error', unit: 'share', basis: 'year', formula: 'std₁(r − m) × √252', of: trackingError },
  {
    name: 'Treynor Ratio',
    unit: 'ratio',
    basis: 'year',
    formula: '((1 + mean(r))^252 − 1) ÷ Beta',
    of: (facts) => compound(facts.returns) / beta(facts),
  },
  {
    name: 'Total Fees',
    unit: 'money',
    formula: 'Σ commissions',
    of: ({ trades }) => sum(trades.map(({ commission }) => commission)),
  },
];

/** QuantConnect LEAN, `Common/Statistics`, of August 2026. */
export const lean: DefinitionSet = {
  name: 'LEAN',
  about:
    'QuantConnect LEAN of August 2026, with its risk-free rate set to 0. Returns of local days, 252 of them a year; the benchmark is ' +
    'the market that was played.',
  symbols:
    'E equity · r return of a day · m the market’s return of it · n number of days · P a trade’s profit · Φ the normal distribution',
  statistics,
};
