import { barsOf } from './length.ts';
import { RollingExtreme } from './rolling-extreme.ts';
import { SimpleAverage } from './simple-average.ts';

/**
 * The stochastic oscillator, 0 to 100: `value` is %K, where the close lies between the lowest low and the highest high of the last
 * `length` bars, averaged over `slowing` bars (1: the fast one); `signal` is %D, the simple average of the last `signalLength` %K. 50
 * where high and low are one. Lane, "Lane's Stochastics", Technical Analysis of Stocks & Commodities, 1984.
 */
export class Stochastic {
  value = NaN;
  signal = NaN;
  private readonly highest: RollingExtreme;
  private readonly lowest: RollingExtreme;
  private readonly slow: SimpleAverage;
  private readonly smooth: SimpleAverage;

  constructor(length = 14, signalLength = 3, slowing = 1) {
    barsOf('the stochastic oscillator', length);
    this.highest = new RollingExtreme(length, 1);
    this.lowest = new RollingExtreme(length, -1);
    this.slow = new SimpleAverage(slowing);
    this.smooth = new SimpleAverage(signalLength);
  }

  push(high: number, low: number, close: number): number {
    const highest = this.highest.push(high);
    const lowest = this.lowest.push(low);
    if (!this.highest.isFull) return this.value;
    this.value = this.slow.push(highest === lowest ? 50 : (100 * (close - lowest)) / (highest - lowest));
    if (!Number.isNaN(this.value)) this.signal = this.smooth.push(this.value);
    return this.value;
  }
}
