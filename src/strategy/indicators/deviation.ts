import { barsOf } from './length.ts';
import { Window } from './window.ts';

/**
 * Mean and standard deviation of the last `length` values, NaN before there are as many. The deviation divides by `length`
 * (`of` `population`, as Bollinger and TA-Lib do) or by one less (`sample`, as pandas does). Computed in two passes a value, about
 * the mean: running squares would leave a trace of what has left the window, where the window is flat.
 */
export class Deviation {
  /** The standard deviation. */
  value = NaN;
  mean = NaN;
  private readonly window: Window;
  private readonly divisor: number;

  constructor(length: number, of: 'population' | 'sample' = 'population') {
    barsOf('a standard deviation', length, of === 'sample' ? 2 : 1);
    this.window = new Window(length);
    this.divisor = of === 'sample' ? length - 1 : length;
  }

  push(value: number): number {
    const { window } = this;
    window.push(value);
    if (!window.isFull) return this.value;
    const { values, length } = window;
    let sum = 0;
    for (let i = 0; i < length; i++) sum += values[i]!;
    const mean = sum / length;
    let squares = 0;
    for (let i = 0; i < length; i++) squares += (values[i]! - mean) * (values[i]! - mean);
    this.mean = mean;
    this.value = Math.sqrt(squares / this.divisor);
    return this.value;
  }
}
