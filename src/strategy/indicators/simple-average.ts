import { barsOf } from './length.ts';
import { RollingSum } from './rolling-sum.ts';

/**
 * The simple moving average: the mean of the last `length` values. NaN before there are as many. As SMA in TA-Lib and in Murphy,
 * "Technical Analysis of the Financial Markets", ch. 9.
 */
export class SimpleAverage {
  value = NaN;
  private readonly length: number;
  private readonly sum: RollingSum;

  constructor(length: number) {
    this.length = barsOf('a simple average', length);
    this.sum = new RollingSum(length);
  }

  push(value: number): number {
    const sum = this.sum.push(value);
    if (!this.sum.isFull) return NaN;
    const mean = sum / this.length;
    this.value = mean;
    return mean;
  }
}
