import { barsOf } from './length.ts';
import { RollingSum } from './rolling-sum.ts';
import { typicalPrice } from './typical-price.ts';

/**
 * The volume-weighted average price of the last `length` bars, across sessions; of all where there are fewer. NaN without volume. It is
 * the moving VWAP of data without sessions; see `SessionVwap` for that of a day.
 */
export class RollingVwap {
  value = NaN;
  private readonly turnover: RollingSum;
  private readonly volume: RollingSum;

  constructor(length = 14) {
    barsOf('a moving VWAP', length);
    this.turnover = new RollingSum(length);
    this.volume = new RollingSum(length);
  }

  push(high: number, low: number, close: number, volume: number): number {
    const turnover = this.turnover.push(typicalPrice(high, low, close) * volume);
    const sum = this.volume.push(volume);
    this.value = sum > 0 ? turnover / sum : NaN;
    return this.value;
  }
}
