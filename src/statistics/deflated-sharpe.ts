import { normalBelow, normalQuantile } from './normal.ts';
import { deviation, kurtosis, mean, skewness, variance } from './series.ts';

/** Euler's constant γ. */
const euler = 0.5772156649015329;

/** What the deflated ratio needs to know of the returns of a run by period. */
export interface ReturnsShape {
  readonly count: number;
  /** Mean ÷ deviation, of one period; 0 where all returns are the same, as they are of a run that never traded. */
  readonly sharpe: number;
  /** Of the population; those of the normal distribution, 0 and 3, where all returns are the same. */
  readonly skewness: number;
  readonly kurtosis: number;
}

/** Throws a RangeError for fewer than two returns. */
export function shapeOfReturns(returns: ArrayLike<number>): ReturnsShape {
  const { length: count } = returns;
  if (count < 2) throw new RangeError(`There were ${count} returns; a Sharpe ratio needs at least 2.`);
  const spread = deviation(returns, 1);
  if (spread === 0) return { count, sharpe: 0, skewness: 0, kurtosis: 3 };
  return { count, sharpe: mean(returns) / spread, skewness: skewness(returns), kurtosis: kurtosis(returns) };
}

/** What the best of many tries is worth. */
export interface DeflatedSharpe {
  /** The ratio of the returns, of one period, not of a year. */
  readonly sharpe: number;
  /** The highest ratio, of one period, that so many tries without any skill would be expected to show. */
  readonly expectedBest: number;
  /** The probability, 0 to 1, that the true ratio is above 0 given that it was the best of so many; below 0.95 it is no evidence. */
  readonly probability: number;
}

/**
 * The deflated Sharpe ratio: what is left of the best of a sweep once it is known to be the best of `trials.length` tries. `returns`
 * are those of the chosen one, `trials` the ratios mean ÷ deviation of all tries, of one period each, the chosen one among
 * them. Tries that are alike count as many all the same, so it errs on the side of caution. Bailey and López de Prado, "The Deflated
 * Sharpe Ratio: Correcting for Selection Bias, Backtest Overfitting and Non-Normality", Journal of Portfolio Management 40, 2014.
 * Throws a RangeError for no trial.
 */
export function deflatedSharpe(returns: ReturnsShape, trials: ArrayLike<number>): DeflatedSharpe {
  if (trials.length < 1) throw new RangeError('There was no trial; the one that is looked at is a trial too.');
  const { count, sharpe, skewness, kurtosis } = returns;
  const tries = trials.length;
  const expectedBest =
    tries === 1
      ? 0
      : Math.sqrt(variance(trials, 1)) *
        ((1 - euler) * normalQuantile(1 - 1 / tries) + euler * normalQuantile(1 - 1 / (tries * Math.E)));
  const spread = Math.sqrt(1 - skewness * sharpe + ((kurtosis - 1) / 4) * sharpe * sharpe);
  return {
    sharpe,
    expectedBest,
    probability: normalBelow(((sharpe - expectedBest) * Math.sqrt(count - 1)) / spread),
  };
}
