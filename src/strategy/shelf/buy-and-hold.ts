import type { Definition, Params } from '../definition.ts';
import type { Desk } from '../desk.ts';
import type { Strategy } from '../strategy.ts';
import { equalPart } from './equal-part.ts';

/** Buys every symbol once, for an equal part of the account, and keeps it. */
class BuyAndHold implements Strategy {
  private readonly has: Uint8Array;

  constructor(symbols: number) {
    this.has = new Uint8Array(symbols);
  }

  bar(desk: Desk, symbol: number): void {
    if (this.has[symbol] === 1 || !desk.mayOrder(symbol)) return;
    this.has[symbol] = 1;
    desk.buy(symbol, equalPart(this.has.length));
  }
}

export const buyAndHold: Definition<Params> = {
  name: 'buy and hold',
  title: 'Buy and hold',
  paragraph:
    'Buys each symbol at its first bar for an equal part of the account and never sells. What every other strategy has to beat, after costs.',
  source: 'Fama, “Efficient Capital Markets: A Review of Theory and Empirical Work”, Journal of Finance, 1970',
  params: {},
  honestSizes: 'of several symbols',
  make: (_params, symbols) => new BuyAndHold(symbols),
};
