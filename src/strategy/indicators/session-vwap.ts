import { typicalPrice } from './typical-price.ts';

/**
 * The volume-weighted average price since `begin`, which is called at the open of each session: the sum of typical price × volume
 * over the sum of volume. NaN without volume. Berkowitz, Logue and Noser, "The Total Cost of Transactions on the NYSE", 1988, of
 * trades; of bars it is as exact as these are short.
 */
export class SessionVwap {
  value = NaN;
  private turnover = 0;
  private volume = 0;

  begin(): void {
    this.value = NaN;
    this.turnover = 0;
    this.volume = 0;
  }

  push(high: number, low: number, close: number, volume: number): number {
    this.turnover += typicalPrice(high, low, close) * volume;
    this.volume += volume;
    if (this.volume > 0) this.value = this.turnover / this.volume;
    return this.value;
  }
}
