import { TrueRange } from './true-range.ts';
import { WilderAverage } from './wilder-average.ts';

/**
 * The average true range, in units of the price: Wilder's average of the true range, beginning with the mean of the first `length`, that
 * of the first bar being its range. NaN before there are as many bars. Wilder, "New Concepts in Technical Trading Systems", 1978,
 * ch. 4; the StockCharts sheet begins so too. (TA-Lib leaves the first bar out and has its first value a bar later.)
 */
export class AverageTrueRange {
  value = NaN;
  private readonly range = new TrueRange();
  private readonly average: WilderAverage;

  constructor(length = 14) {
    this.average = new WilderAverage(length);
  }

  push(high: number, low: number, close: number): number {
    this.value = this.average.push(this.range.push(high, low, close));
    return this.value;
  }
}
