import type { Desk } from '../../../src/strategy/desk.ts';
import type { Strategy } from '../../../src/strategy/strategy.ts';

/** Times the way from the last bar of a session to the first of the next. */
export class RollClock implements Strategy {
  readonly micros: number[] = [];
  private readonly now: () => number;
  private lastBarAt = NaN;

  /** `now` in milliseconds. */
  constructor(now: () => number) {
    this.now = now;
  }

  instant({ view }: Desk): void {
    if (view.slots === 1 && !Number.isNaN(this.lastBarAt)) this.micros.push((this.now() - this.lastBarAt) * 1_000);
    if (view.slots === view.frame.grids[0]!.count) this.lastBarAt = this.now();
  }
}
