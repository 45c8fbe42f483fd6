import { Deviation } from './deviation.ts';

/**
 * Bollinger bands: `value` is the simple average of the last `length` closes, `upper` and `lower` lie `factor` population standard
 * deviations off it, `width` is their distance in percent of the middle, `place` where the close lies between them (0 lower, 1
 * upper; NaN where they meet). Bollinger, "Bollinger on Bollinger Bands", 2001, chs. 7 and 8.
 */
export class BollingerBands {
  value = NaN;
  upper = NaN;
  lower = NaN;
  width = NaN;
  place = NaN;
  private readonly deviation: Deviation;
  private readonly factor: number;

  constructor(length = 20, factor = 2) {
    this.deviation = new Deviation(length);
    this.factor = factor;
  }

  push(close: number): number {
    const spread = this.factor * this.deviation.push(close);
    const middle = this.deviation.mean;
    this.value = middle;
    this.upper = middle + spread;
    this.lower = middle - spread;
    this.width = (100 * (this.upper - this.lower)) / middle;
    this.place = (close - this.lower) / (this.upper - this.lower);
    return this.value;
  }
}
