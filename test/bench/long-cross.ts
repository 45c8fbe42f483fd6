import type { Desk } from '../../src/strategy/desk.ts';
import { SimpleAverage } from '../../src/strategy/indicators/simple-average.ts';
import type { Strategy } from '../../src/strategy/strategy.ts';
import type { Trade } from '../../src/strategy/trade.ts';

export const fast = 10;
export const slow = 40;

/**
 * Long while the fast average of the close is above the slow one, as grademark plays it: a market order at a time, and no rule in the
 * bar in which one was filled.
 */
export class LongCross implements Strategy {
  readonly trades: Trade[] = [];
  private readonly fast = new SimpleAverage(fast);
  private readonly slow = new SimpleAverage(slow);
  private units = 0;
  private isWaiting = false;

  bar(desk: Desk): void {
    const { close } = desk;
    const gap = this.fast.push(close) - this.slow.push(close);
    const units = desk.position(0);
    const wasFilled = units !== this.units;
    this.units = units;
    if (wasFilled) this.isWaiting = false;
    if (wasFilled || this.isWaiting) return;
    if (units === 0 && gap > 0) this.isWaiting = desk.buy(0, { size: 1 }) !== 0;
    else if (units > 0 && gap < 0) {
      desk.closePosition(0);
      this.isWaiting = true;
    }
  }

  trade(_: Desk, trade: Trade): void {
    this.trades.push(trade);
  }
}
