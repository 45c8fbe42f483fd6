import { normalBelow, normalQuantile } from './normal.ts';
import { deviation, kurtosis, mean, skewness, variance } from './series.ts';

/** Euler's constant γ. */
const euler = 0.5772156649015329;

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
 * are those of the chosen one by period, `trials` the ratios mean ÷ deviation of all tries, of one period each, the chosen one among
 * them. Tries that are alike count as many all the same, so it errs on the side of caution. Bailey and López de Prado, "The Deflated
 * Sharpe Ratio: Correcting for Selection Bias, Backtest Overfitting and Non-Normality", Journal of Portfolio Management 40, 2014.
 * Throws a RangeError for fewer than two returns or no trial.
 */
export function deflatedSharpe(returns: ArrayLike<number>, trials: ArrayLike<number>): DeflatedSharpe {
  if (returns.length < 2)
    throw new RangeError(`There were ${returns.length} returns; a Sharpe ratio needs at least 2.`);
  if (trials.length < 1) throw new RangeError('There was no trial; the one that is looked at is a trial too.');
  const sharpe = mean(returns) / deviation(returns, 1);
  const tries = trials.length;
  const expectedBest =
    tries === 1
      ? 0
      : Math.sqrt(variance(trials, 1)) *
        ((1 - euler) * normalQuantile(1 - 1 / tries) + euler * normalQuantile(1 - 1 / (tries * Math.E)));
  const spread = Math.sqrt(1 - skewness(returns) * sharpe + ((kurtosis(returns) - 1) / 4) * sharpe * sharpe);
  return {
    sharpe,
    expectedBest,
    probability: normalBelow(((sharpe - expectedBest) * Math.sqrt(returns.length - 1)) / spread),
  };
}
