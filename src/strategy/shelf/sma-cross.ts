import { whole } from '../../config/kinds.ts';
import type { Definition } from '../definition.ts';
import type { Desk } from '../desk.ts';
import { SimpleAverage } from '../indicators/simple-average.ts';
import type { Strategy } from '../strategy.ts';
import { equalPart } from './equal-part.ts';

interface SmaCrossParams extends Readonly<Record<string, unknown>> {
  readonly fast: number;
  readonly slow: number;
}

/** Long from where the fast average of the close crosses above the slow one, short from where it crosses below. */
class SmaCross implements Strategy {
  readonly warmUpBars: number;
  private readonly fast: readonly SimpleAverage[];
  private readonly slow: readonly SimpleAverage[];
  /** By symbol: how far the fast average was above the slow one. */
  private readonly gap: Float64Array;
  private readonly symbols: number;

  constructor({ fast, slow }: SmaCrossParams, symbols: number) {
    this.warmUpBars = slow - 1;
    this.fast = Array.from({ length: symbols }, () => new SimpleAverage(fast));
    this.slow = Array.from({ length: symbols }, () => new SimpleAverage(slow));
    this.gap = new Float64Array(symbols).fill(NaN);
    this.symbols = symbols;
  }

  bar(desk: Desk, symbol: number): void {
    const { close } = desk;
    const before = this.gap[symbol]!;
    const gap = this.fast[symbol]!.push(close) - this.slow[symbol]!.push(close);
    this.gap[symbol] = gap;
    // Comparisons with the NaN of an average that has no value are false.
    if (before < 0 && gap > 0) this.turn(desk, symbol, true);
    else if (before > 0 && gap < 0) this.turn(desk, symbol, false);
  }

  private turn(desk: Desk, symbol: number, up: boolean): void {
    desk.closePosition(symbol);
    const terms = equalPart(this.symbols);
    if (up) desk.buy(symbol, terms);
    else desk.sell(symbol, terms);
  }
}

export const smaCross: Definition<SmaCrossParams> = {
  name: 'SMA cross',
  title: 'SMA cross',
  paragraph:
    'Always in the market: long from where the fast average of the close crosses above the slow one, short from where it crosses below it. Makes much of a trend and loses in a market that goes sideways.',
  source:
    'Brock, Lakonishok and LeBaron, “Simple Technical Trading Rules and the Stochastic Properties of Stock Returns”, Journal of Finance, 1992; traded as in the quick start of backtesting.py',
  params: {
    fast: { kind: whole(1, 1_000), default: 10, help: 'Bars of the fast average.', unit: 'bars' },
    slow: { kind: whole(2, 5_000), default: 30, help: 'Bars of the slow average.', unit: 'bars' },
  },
  honestSizes: 'of several symbols',
  together: ({ fast, slow }) => (slow > fast ? undefined : { param: 'slow', must: `more than fast (${fast})` }),
  make: (params, symbols) => new SmaCross(params, symbols),
};
