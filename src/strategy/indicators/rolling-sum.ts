import { Window } from './window.ts';

/**
 * The sum of the last `length` values; of all where there are fewer. It is made afresh whenever the window has gone round once, so
 * that errors of rounding do not pile up over a long run.
 */
export class RollingSum {
  value = 0;
  private readonly window: Window;

  constructor(length: number) {
    this.window = new Window(length);
  }

  get isFull(): boolean {
    return this.window.isFull;
  }

  push(value: number): number {
    const { window } = this;
    const gone = window.push(value);
    let sum = 0;
    if (window.next === 0) for (let i = 0; i < window.length; i++) sum += window.values[i]!;
    else sum = this.value + (Number.isNaN(gone) ? value : value - gone);
    this.value = sum;
    return sum;
  }
}
