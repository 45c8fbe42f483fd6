import { barsOf } from './length.ts';
import { Window } from './window.ts';

/**
 * The rate of change in percent, of a value against the one `length` bars before. NaN before there is one. As ROC in TA-Lib and in
 * Murphy, "Technical Analysis of the Financial Markets", ch. 10.
 */
export class RateOfChange {
  value = NaN;
  private readonly window: Window;

  constructor(length = 12) {
    this.window = new Window(barsOf('ROC', length));
  }

  push(value: number): number {
    const before = this.window.push(value);
    this.value = (100 * (value - before)) / before;
    return this.value;
  }
}
