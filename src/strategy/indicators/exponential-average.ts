import { barsOf } from './length.ts';

/**
 * What an average that goes on for ever begins with: the mean of the first `length` values (TA-Lib; Wilder), having no value
 * before; or the first value (pandas' `ewm(adjust=False)`, TradingView's `ta.ema` of old, the StockCharts sheets), having one from there on.
 */
export type Seed = 'mean' | 'first';

/**
 * The exponential moving average: each value moves it by 2 / (length + 1) of the distance to it. As EMA in TA-Lib; Appel,
 * "Technical Analysis: Power Tools for Active Investors", 2005, on the smoothing.
 */
export class ExponentialAverage {
  value = NaN;
  private readonly length: number;
  private readonly weight: number;
  private readonly seed: Seed;
  private sum = 0;
  private count = 0;

  constructor(length: number, seed: Seed = 'mean') {
    this.length = barsOf('an exponential average', length);
    this.weight = 2 / (length + 1);
    this.seed = seed;
  }

  push(value: number): number {
    if (this.count >= this.length || (this.count > 0 && this.seed === 'first'))
      this.value += this.weight * (value - this.value);
    else if (this.seed === 'first') this.value = value;
    else {
      this.sum += value;
      if (this.count + 1 === this.length) this.value = this.sum / this.length;
    }
    if (this.count < this.length) this.count++;
    return this.value;
  }
}
