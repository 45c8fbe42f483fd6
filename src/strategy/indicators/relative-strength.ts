import type { Seed } from './exponential-average.ts';
import { barsOf } from './length.ts';
import { WilderAverage } from './wilder-average.ts';

/**
 * The relative strength index, 0 to 100: 100 − 100 / (1 + average rise ÷ average fall) over `length` changes of the close. 100 where
 * nothing fell, 50 where nothing moved. NaN before there are `length` changes. Wilder, "New Concepts in Technical Trading Systems",
 * 1978, ch. 6. `seed` `mean` begins as his tables and TA-Lib do; `first` with a change of 0 at the first bar, as pandas' `ewm` and
 * the StockCharts sheet that is used as reference.
 */
export class RelativeStrength {
  value = NaN;
  private readonly length: number;
  private readonly rise: WilderAverage;
  private readonly fall: WilderAverage;
  private last = NaN;
  private changes = 0;

  constructor(length = 14, seed: Seed = 'mean') {
    this.length = barsOf('RSI', length);
    this.rise = new WilderAverage(length, seed);
    this.fall = new WilderAverage(length, seed);
    if (seed === 'first') {
      this.rise.push(0);
      this.fall.push(0);
    }
  }

  push(close: number): number {
    const change = close - this.last;
    this.last = close;
    if (Number.isNaN(change)) return this.value;
    const rise = this.rise.push(change > 0 ? change : 0);
    const fall = this.fall.push(change < 0 ? -change : 0);
    if (this.changes < this.length) this.changes++;
    if (this.changes === this.length) {
      if (fall === 0) this.value = rise === 0 ? 50 : 100;
      else this.value = 100 - 100 / (1 + rise / fall);
    }
    return this.value;
  }
}
