import type { Seed } from './exponential-average.ts';
import { barsOf } from './length.ts';

/**
 * Wilder's smoothing: each value moves the average by 1 / length of the distance to it. It begins with the mean of the first
 * `length` values, as in his tables, or with the first one. Wilder, "New Concepts in Technical Trading Systems", 1978, p. 23.
 */
export class WilderAverage {
  value = NaN;
  private readonly length: number;
  private readonly seed: Seed;
  private sum = 0;
  private count = 0;

  constructor(length: number, seed: Seed = 'mean') {
    this.length = barsOf("Wilder's average", length);
    this.seed = seed;
  }

  push(value: number): number {
    const { length } = this;
    if (this.count >= length || (this.count > 0 && this.seed === 'first'))
      this.value = (this.value * (length - 1) + value) / length;
    else if (this.seed === 'first') this.value = value;
    else {
      this.sum += value;
      if (this.count + 1 === length) this.value = this.sum / length;
    }
    if (this.count < length) this.count++;
    return this.value;
  }
}
