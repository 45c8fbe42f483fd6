/**
 * On-balance volume: the volume of bars that closed higher than the one before, less that of those that closed lower; a close that
 * stands counts nothing. 0 at the first bar. Only its course says something, as it depends on where it began. Granville, "New Key to
 * Stock Market Profits", 1963.
 */
export class OnBalanceVolume {
  value = 0;
  private last = NaN;

  push(close: number, volume: number): number {
    if (close > this.last) this.value += volume;
    else if (close < this.last) this.value -= volume;
    this.last = close;
    return this.value;
  }
}
