import { barsOf } from './length.ts';
import { Window } from './window.ts';

/**
 * The linearly weighted moving average: the latest of the last `length` values counts `length` times, the one before once less, and
 * so on down to once. NaN before there are as many. As WMA in TA-Lib and in Murphy, ch. 9. Sums are made afresh when the window has
 * gone round.
 */
export class WeightedAverage {
  value = NaN;
  private readonly length: number;
  private readonly divisor: number;
  private readonly window: Window;
  private plain = 0;
  private weighted = 0;

  constructor(length: number) {
    this.length = barsOf('a weighted average', length);
    this.divisor = (length * (length + 1)) / 2;
    this.window = new Window(length);
  }

  push(value: number): number {
    const { window, length } = this;
    const gone = window.push(value);
    if (window.next === 0) {
      [this.plain, this.weighted] = [0, 0];
      for (let i = 0; i < length; i++) {
        this.plain += window.values[i]!;
        this.weighted += window.values[i]! * (i + 1);
      }
    } else if (Number.isNaN(gone)) {
      this.weighted += window.count * value;
      this.plain += value;
    } else {
      this.weighted += length * value - this.plain;
      this.plain += value - gone;
    }
    if (window.isFull) this.value = this.weighted / this.divisor;
    return this.value;
  }
}
