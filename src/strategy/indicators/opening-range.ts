/**
 * The opening range: high and low of the bars that lie within the first `durationMs` after `begin`, which is called at the open of
 * each session. NaN until a bar has ended at the range's end or after it, and in a session with no bar in the range: a bar that
 * reaches beyond it does not belong. Crabel, "Day Trading with Short Term Price Patterns and Opening Range Breakout", 1990.
 */
export class OpeningRange {
  high = NaN;
  low = NaN;
  /** Bars in the range so far. */
  bars = 0;
  private readonly durationMs: number;
  private end = Infinity;
  private highest = -Infinity;
  private lowest = Infinity;

  /** Throws a RangeError for a duration that is not positive. */
  constructor(durationMs: number) {
    if (!(durationMs > 0))
      throw new RangeError(`The duration of an opening range was ${durationMs} ms; it must be above 0.`);
    this.durationMs = durationMs;
  }

  /** A session opens at that instant. */
  begin(open: number): void {
    this.end = open + this.durationMs;
    this.high = NaN;
    this.low = NaN;
    this.bars = 0;
    this.highest = -Infinity;
    this.lowest = Infinity;
  }

  /** A bar that ends at that instant. */
  push(end: number, high: number, low: number): void {
    if (end <= this.end) {
      if (high > this.highest) this.highest = high;
      if (low < this.lowest) this.lowest = low;
      this.bars++;
    }
    if (end >= this.end && this.bars > 0) {
      this.high = this.highest;
      this.low = this.lowest;
    }
  }
}
