import { barsOf } from './length.ts';
import { typicalPrice } from './typical-price.ts';
import { Window } from './window.ts';

/**
 * The commodity channel index: how far the typical price lies from its average over `length` bars, in units of 0.015 mean absolute
 * deviations. 0 where they are all equal, NaN before there are as many bars. Costs `length` steps a bar. Lambert, "Commodity Channel
 * Index: Tool for Trading Cyclic Trends", Commodities, 1980.
 */
export class CommodityChannel {
  value = NaN;
  private readonly window: Window;

  constructor(length = 20) {
    this.window = new Window(barsOf('CCI', length));
  }

  push(high: number, low: number, close: number): number {
    const { window } = this;
    const typical = typicalPrice(high, low, close);
    window.push(typical);
    if (!window.isFull) return this.value;
    const { values, length } = window;
    let sum = 0;
    for (let i = 0; i < length; i++) sum += values[i]!;
    const mean = sum / length;
    let deviations = 0;
    for (let i = 0; i < length; i++) deviations += values[i]! > mean ? values[i]! - mean : mean - values[i]!;
    this.value = deviations === 0 ? 0 : (typical - mean) / (0.015 * (deviations / length));
    return this.value;
  }
}
