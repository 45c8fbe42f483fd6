import { AverageTrueRange } from './average-true-range.ts';
import { ExponentialAverage, type Seed } from './exponential-average.ts';

/**
 * Keltner's channel in Raschke's form: `value` is the exponential average of the close, `upper` and `lower` lie `factor` average
 * true ranges off it. NaN before both have values. Keltner, "How to Make Money in Commodities", 1960, has the simple average of the
 * typical price and of the range; Raschke and Connors, "Street Smarts", 1995, this form. The StockCharts sheet begins the average
 * with its first close (`seed` `first`) and has ten bars of range.
 */
export class KeltnerChannel {
  value = NaN;
  upper = NaN;
  lower = NaN;
  private readonly average: ExponentialAverage;
  private readonly range: AverageTrueRange;
  private readonly factor: number;

  constructor(length = 20, rangeLength = 10, factor = 2, seed: Seed = 'mean') {
    this.average = new ExponentialAverage(length, seed);
    this.range = new AverageTrueRange(rangeLength);
    this.factor = factor;
  }

  push(high: number, low: number, close: number): number {
    this.value = this.average.push(close);
    const spread = this.factor * this.range.push(high, low, close);
    this.upper = this.value + spread;
    this.lower = this.value - spread;
    return this.value;
  }
}
