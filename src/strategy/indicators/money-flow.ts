import { barsOf } from './length.ts';
import { RollingSum } from './rolling-sum.ts';
import { typicalPrice } from './typical-price.ts';

/**
 * The money flow index, 0 to 100: 100 − 100 / (1 + money in ÷ money out) over `length` changes; a bar's money is typical price ×
 * volume, in where the typical price rose, out where it fell, neither where it stood. 100 where none went out, 50 where none moved.
 * NaN before there are `length` changes. Quong and Soudack, "Volume-Weighted RSI: Money Flow", Technical Analysis of Stocks &
 * Commodities, 1989.
 */
export class MoneyFlow {
  value = NaN;
  private readonly into: RollingSum;
  private readonly out: RollingSum;
  private last = NaN;

  constructor(length = 14) {
    barsOf('MFI', length);
    this.into = new RollingSum(length);
    this.out = new RollingSum(length);
  }

  push(high: number, low: number, close: number, volume: number): number {
    const typical = typicalPrice(high, low, close);
    const change = typical - this.last;
    this.last = typical;
    if (Number.isNaN(change)) return this.value;
    const money = typical * volume;
    // Rounding may leave a sum just below 0.
    const into = Math.max(0, this.into.push(change > 0 ? money : 0));
    const out = Math.max(0, this.out.push(change < 0 ? money : 0));
    if (!this.into.isFull) return this.value;
    const all = into + out;
    this.value = all > 0 ? (100 * into) / all : 50;
    return this.value;
  }
}
