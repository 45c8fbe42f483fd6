import { barsOf } from './length.ts';
import { RollingExtreme } from './rolling-extreme.ts';

/**
 * Donchian's channel: `upper` the highest high, `lower` the lowest low of the last `length` bars, the latest included, `value` the
 * middle of the two. NaN before there are as many bars. A breakout compares a price with what the channel was before the bar, so look
 * at it before `push`. Donchian's four-week rule, 1960; Faith, "Way of the Turtle", 2007, ch. 10.
 */
export class DonchianChannel {
  value = NaN;
  upper = NaN;
  lower = NaN;
  private readonly highest: RollingExtreme;
  private readonly lowest: RollingExtreme;

  constructor(length = 20) {
    barsOf("Donchian's channel", length);
    this.highest = new RollingExtreme(length, 1);
    this.lowest = new RollingExtreme(length, -1);
  }

  push(high: number, low: number): number {
    const upper = this.highest.push(high);
    const lower = this.lowest.push(low);
    if (this.highest.isFull) {
      this.upper = upper;
      this.lower = lower;
      this.value = (upper + lower) / 2;
    }
    return this.value;
  }
}
