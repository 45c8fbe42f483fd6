/**
 * High, low and close of the session before, as levels for the one that plays: `begin` is called at the open of each. NaN in the first
 * session, and after one without a bar. Levels of floor traders; Murphy, "Technical Analysis of the Financial Markets", ch. 4, on
 * support and resistance.
 */
export class PreviousLevels {
  high = NaN;
  low = NaN;
  close = NaN;
  private highest = NaN;
  private lowest = NaN;
  private last = NaN;

  begin(): void {
    this.high = this.highest;
    this.low = this.lowest;
    this.close = this.last;
    this.highest = NaN;
    this.lowest = NaN;
    this.last = NaN;
  }

  push(high: number, low: number, close: number): void {
    // The comparisons are false for the NaN before the first bar.
    if (!(high <= this.highest)) this.highest = high;
    if (!(low >= this.lowest)) this.lowest = low;
    this.last = close;
  }
}
