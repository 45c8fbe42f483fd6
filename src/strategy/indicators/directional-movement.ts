import { barsOf } from './length.ts';
import { TrueRange } from './true-range.ts';
import { WilderAverage } from './wilder-average.ts';

/**
 * Wilder's directional movement system, 0 to 100: `plus` and `minus` are +DI and −DI, `value` is ADX, the average of
 * DX = 100 × |+DI − −DI| ÷ (+DI + −DI). The directions have values after `length` changes from bar to bar, ADX, which begins with
 * the mean of `length` DX, after 2 × length − 1. Wilder, "New Concepts in Technical Trading Systems", 1978, ch. 5, as in the
 * StockCharts sheet. DX is 0 where there is no movement in either direction.
 */
export class DirectionalMovement {
  value = NaN;
  plus = NaN;
  minus = NaN;
  private readonly range = new TrueRange();
  private readonly ranges: WilderAverage;
  private readonly rises: WilderAverage;
  private readonly falls: WilderAverage;
  private readonly average: WilderAverage;
  private lastHigh = NaN;
  private lastLow = NaN;

  constructor(length = 14) {
    barsOf('ADX', length);
    this.ranges = new WilderAverage(length);
    this.rises = new WilderAverage(length);
    this.falls = new WilderAverage(length);
    this.average = new WilderAverage(length);
  }

  push(high: number, low: number, close: number): number {
    const range = this.range.push(high, low, close);
    const up = high - this.lastHigh;
    const down = this.lastLow - low;
    this.lastHigh = high;
    this.lastLow = low;
    if (Number.isNaN(up)) return this.value;
    const ranges = this.ranges.push(range);
    const rises = this.rises.push(up > down && up > 0 ? up : 0);
    const falls = this.falls.push(down > up && down > 0 ? down : 0);
    if (Number.isNaN(ranges)) return this.value;
    this.plus = ranges === 0 ? 0 : (100 * rises) / ranges;
    this.minus = ranges === 0 ? 0 : (100 * falls) / ranges;
    const sum = this.plus + this.minus;
    const distance = this.plus > this.minus ? this.plus - this.minus : this.minus - this.plus;
    this.value = this.average.push(sum === 0 ? 0 : (100 * distance) / sum);
    return this.value;
  }
}
