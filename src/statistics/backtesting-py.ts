import { day, hour, instant, isoText, minute, second } from '../time/instant.ts';
import type { Definition, DefinitionSet } from './definition.ts';
import { deepest } from './drawdowns.ts';
import type { Facts } from './facts.ts';
import { downside, geometricMean, mean, sum, deviation, variance } from './series.ts';

/** Share of a year, compounded over the periods of one. */
function annualReturn({ returns, periodsPerYear }: Facts): number {
  return (1 + growth(returns)) ** periodsPerYear - 1;
}

function growth(returns: Float64Array): number {
  return geometricMean(returns);
}

function annualVolatility({ returns, periodsPerYear }: Facts): number {
  const g = (1 + growth(returns)) ** 2;
  return Math.sqrt((variance(returns, 1) + g) ** periodsPerYear - g ** periodsPerYear);
}

/** NaN in place of a divisor of 0. */
function divisor(value: number): number {
  return value === 0 ? NaN : value;
}

function totalReturn({ first, last }: Facts): number {
  return last / first - 1;
}

function marketReturn({ equity: { market }, marketFrom }: Facts): number {
  return market[market.length - 1]! / market[marketFrom]! - 1;
}

/** Up to a whole number of the largest unit that measures the bars: days of daily bars, minutes of five-minute bars. */
function roundedUp(milliseconds: number, { barMs }: Facts): number {
  const unit = [day, hour, minute, second].find((length) => barMs % length === 0) ?? 1;
  return (Math.ceil(milliseconds / unit) * unit) / second;
}

function exposure({ trades, equity: { value } }: Facts): number {
  // Counts of trades that begin and have ended by bar; their running difference is how many are held.
  const change = new Int32Array(value.length + 1);
  for (const { entryBar, exitBar } of trades) {
    change[entryBar]!++;
    change[exitBar + 1]!--;
  }
  let [held, bars] = [0, 0];
  for (let i = 0; i < value.length; i++) {
    held += change[i]!;
    if (held > 0) bars++;
  }
  return bars / value.length;
}

function held({ trades }: Facts): number[] {
  return trades.map(({ entryTime, exitTime }) => exitTime - entryTime);
}

function above(values: Float64Array): Float64Array {
  return values.filter((value) => value > 0);
}

function below(values: Float64Array): Float64Array {
  return values.filter((value) => value < 0);
}

function highest(values: ArrayLike<number>): number {
  let most = NaN;
  for (let i = 0; i < values.length; i++) if (!(values[i]! <= most)) most = values[i]!;
  return most;
}

function lowest(values: ArrayLike<number>): number {
  let least = NaN;
  for (let i = 0; i < values.length; i++) if (!(values[i]! >= least)) least = values[i]!;
  return least;
}

const years = ({ spanMs }: Facts): number => spanMs / day / 365.25;

const statistics: readonly Definition[] = [
  {
    name: 'Start',
    unit: 'time',
    formula: 'start of the first bar',
    of: ({ equity: { time } }) => isoText(instant(time[0]!)),
  },
  {
    name: 'End',
    unit: 'time',
    formula: 'start of the last bar',
    of: ({ equity: { time } }) => isoText(instant(time[time.length - 1]!)),
  },
  { name: 'Duration', unit: 'seconds', formula: 'End − Start', of: ({ spanMs }) => spanMs / second },
  {
    name: 'Exposure Time [%]',
    unit: 'percent',
    formula: '100 × bars from the entry to the exit of a trade, both included, ÷ all bars',
    assumes: 'Closed trades alone; a bar in which a trade was held for a moment counts whole.',
    of: (facts) => 100 * exposure(facts),
  },
  { name: 'Equity Final [$]', unit: 'money', formula: 'E of the last bar', of: ({ last }) => last },
  {
    name: 'Equity Peak [$]',
    unit: 'money',
    formula: 'highest E',
    assumes: 'At the ends of bars; what was higher inside a bar is not seen.',
    of: ({ equity: { value } }) => highest(value),
  },
  {
    name: 'Commissions [$]',
    unit: 'money',
    formula: 'Σ commissions of entry and exit',
    assumes: 'Closed trades alone.',
    of: ({ trades }) => sum(trades.map(({ commission }) => commission)),
  },
  {
    name: 'Return [%]',
    unit: 'percent',
    formula: '100 × (E of the last bar ÷ E of the first − 1)',
    of: (facts) => 100 * totalReturn(facts),
  },
  {
    name: 'Buy & Hold Return [%]',
    unit: 'percent',
    formula: '100 × (C of the last bar ÷ C of the first bar after warm-up − 1)',
    assumes: 'All in from the close of that bar, without costs; of several symbols equal parts.',
    of: (facts) => 100 * marketReturn(facts),
  },
  {
    name: 'Return (Ann.) [%]',
    unit: 'percent',
    basis: 'year',
    formula: '100 × ((1 + g)^N − 1)',
    assumes: 'The returns go on as they were; the first period, before which there is none, is left out.',
    of: (facts) => 100 * annualReturn(facts),
  },
  {
    name: 'Volatility (Ann.) [%]',
    unit: 'percent',
    basis: 'year',
    formula: '100 × √((var₁(r) + (1 + g)²)^N − (1 + g)^(2N))',
    assumes: 'Returns are independent of one another, and multiply.',
    of: (facts) => 100 * annualVolatility(facts),
  },
  {
    name: 'CAGR [%]',
    unit: 'percent',
    basis: 'year',
    formula: '100 × ((E last ÷ E first)^(1 ÷ years) − 1)',
    assumes: 'A year has 365.25 days, closed ones included.',
    of: (facts) => 100 * ((facts.last / facts.first) ** (1 / divisor(years(facts))) - 1),
  },
  {
    name: 'Sharpe Ratio',
    unit: 'ratio',
    basis: 'year',
    formula: 'Return (Ann.) ÷ Volatility (Ann.)',
    assumes: 'No return is free of risk. A ratio of compounded figures, unlike that of most libraries.',
    of: (facts) => annualReturn(facts) / divisor(annualVolatility(facts)),
  },
  {
    name: 'Sortino Ratio',
    unit: 'ratio',
    basis: 'year',
    formula: 'Return (Ann.) ÷ (√mean(min(r, 0)²) × √N)',
    assumes: 'Only returns below 0 are a risk.',
    of: (facts) => annualReturn(facts) / (downside(facts.returns) * Math.sqrt(facts.periodsPerYear)),
  },
  {
    name: 'Calmar Ratio',
    unit: 'ratio',
    basis: 'year',
    formula: 'Return (Ann.) ÷ −Max. Drawdown',
    of: (facts) => annualReturn(facts) / divisor(deepest(facts.equity.value)),
  },
  {
    name: 'Alpha [%]',
    unit: 'percent',
    formula: 'Return − Beta × Buy & Hold Return',
    assumes: 'Of the whole time, not of a year.',
    of: (facts) => 100 * (totalReturn(facts) - facts.beta * marketReturn(facts)),
  },
  {
    name: 'Beta',
    unit: 'ratio',
    formula: 'cov(ln E ratios, ln C ratios) ÷ var(ln C ratios), from bar to bar',
    of: ({ beta }) => beta,
  },
  {
    name: 'Max. Drawdown [%]',
    unit: 'percent',
    formula: '−100 × highest (1 − E ÷ highest E so far)',
    of: ({ equity: { value } }) => -100 * deepest(value),
  },
  {
    name: 'Avg. Drawdown [%]',
    unit: 'percent',
    formula: '−100 × mean of the depths of drawdowns',
    assumes:
      'A drawdown lasts from a peak to the bar that reaches it again, and has a bar between; the last may be open.',
    of: ({ drawdowns }) => -100 * mean(drawdowns.map(({ depth }) => depth)),
  },
  {
    name: 'Max. Drawdown Duration',
    unit: 'seconds',
    formula: 'longest drawdown',
    assumes: 'Time between starts of bars, nights included, rounded up to the unit of the bars.',
    of: (facts) => roundedUp(highest(facts.drawdowns.map(({ durationMs }) => durationMs)), facts),
  },
  {
    name: 'Avg. Drawdown Duration',
    unit: 'seconds',
    formula: 'mean of the drawdowns’ durations',
    assumes: 'Rounded up to the unit of the bars.',
    of: (facts) => roundedUp(mean(facts.drawdowns.map(({ durationMs }) => durationMs)), facts),
  },
  { name: '# Trades', unit: 'count', formula: 'n', assumes: 'Closed trades.', of: ({ trades }) => trades.length },
  {
    name: 'Win Rate [%]',
    unit: 'percent',
    basis: 'trades',
    formula: '100 × trades with P above 0 ÷ n',
    of: ({ profits }) => (100 * above(profits).length) / divisor(profits.length),
  },
  {
    name: 'Best Trade [%]',
    unit: 'percent',
    formula: '100 × highest R',
    of: (facts) => 100 * highest(facts.tradeReturns),
  },
  {
    name: 'Worst Trade [%]',
    unit: 'percent',
    formula: '100 × lowest R',
    of: (facts) => 100 * lowest(facts.tradeReturns),
  },
  {
    name: 'Avg. Trade [%]',
    unit: 'percent',
    basis: 'trades',
    formula: '100 × (exp(mean ln(1 + R)) − 1)',
    assumes: 'All is put into each trade, one after the other.',
    of: ({ tradeReturns }) => 100 * geometricMean(tradeReturns),
  },
  {
    name: 'Max. Trade Duration',
    unit: 'seconds',
    formula: 'longest time from entry to exit',
    assumes: 'Between the starts of their bars.',
    of: (facts) => roundedUp(highest(held(facts)), facts),
  },
  {
    name: 'Avg. Trade Duration',
    unit: 'seconds',
    formula: 'mean time from entry to exit',
    assumes: 'Between the starts of their bars, rounded up to the unit of the bars.',
    of: (facts) => roundedUp(mean(held(facts)), facts),
  },
  {
    name: 'Profit Factor',
    unit: 'ratio',
    basis: 'trades',
    formula: 'Σ R above 0 ÷ |Σ R below 0|',
    assumes: 'Of returns in percent, not of money: a small position counts as much as a large one.',
    of: ({ tradeReturns }) => sum(above(tradeReturns)) / divisor(Math.abs(sum(below(tradeReturns)))),
  },
  {
    name: 'Expectancy [%]',
    unit: 'percent',
    basis: 'trades',
    formula: '100 × mean R',
    of: ({ tradeReturns }) => 100 * mean(tradeReturns),
  },
  {
    name: 'SQN',
    unit: 'ratio',
    basis: 'trades',
    formula: '√n × mean P ÷ std₁ P',
    assumes: 'Van Tharp’s system quality number, of money rather than of multiples of the risk.',
    of: ({ profits }) => (Math.sqrt(profits.length) * mean(profits)) / divisor(deviation(profits, 1)),
  },
  {
    name: 'Kelly Criterion',
    unit: 'share',
    basis: 'trades',
    formula: 'W − (1 − W) ÷ (mean P above 0 ÷ |mean P below 0|)',
    assumes: 'W is the win rate as a share; every trade wins or loses the same amount.',
    of: ({ profits }) => {
      const wins = above(profits).length / profits.length;
      return wins - (1 - wins) / (mean(above(profits)) / -mean(below(profits)));
    },
  },
];

/** backtesting.py 0.6.6, module `_stats`; checked against its own figures. */
export const backtestingPy: DefinitionSet = {
  name: 'backtesting.py',
  about:
    'backtesting.py 0.6.6, all statistics by its names. Returns are taken over local days (weeks, months, years of bars that long); ' +
    'returns, volatility and ratios are compounded; no risk-free rate.',
  symbols:
    'E equity at the end of a bar · C the market’s close · r return of a day · g geometric mean of r · N days of trading in a year: 252, ' +
    'or 365 where the data has weekends · R a trade’s return as a share · P its profit in money · n number of trades',
  statistics,
};
