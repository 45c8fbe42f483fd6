import { ExponentialAverage, type Seed } from './exponential-average.ts';

/**
 * MACD: `value` is the short average of the close less the long one, `signal` its own exponential average, `histogram` the
 * difference of the two. Each is NaN before its averages have values; the signal begins with the first `signalLength` values of MACD.
 * Appel, "The Moving Average Convergence Divergence Trading Method", 1979; the histogram: Aspray, 1986.
 */
export class ConvergenceDivergence {
  value = NaN;
  signal = NaN;
  histogram = NaN;
  private readonly short: ExponentialAverage;
  private readonly long: ExponentialAverage;
  private readonly smooth: ExponentialAverage;

  /** Lengths in bars. Throws a RangeError where `short` is not below `long`. */
  constructor(short = 12, long = 26, signalLength = 9, seed: Seed = 'mean') {
    if (short >= long)
      throw new RangeError(`The short length of MACD was ${short}; it must be below the long one, ${long}.`);
    this.short = new ExponentialAverage(short, seed);
    this.long = new ExponentialAverage(long, seed);
    this.smooth = new ExponentialAverage(signalLength, seed);
  }

  push(close: number): number {
    this.value = this.short.push(close) - this.long.push(close);
    if (Number.isNaN(this.value)) return this.value;
    this.signal = this.smooth.push(this.value);
    this.histogram = this.value - this.signal;
    return this.value;
  }
}
