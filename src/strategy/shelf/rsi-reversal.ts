import { number, whole } from '../../config/kinds.ts';
import type { Definition } from '../definition.ts';
import type { Desk } from '../desk.ts';
import { RelativeStrength } from '../indicators/relative-strength.ts';
import type { Strategy } from '../strategy.ts';
import { equalPart } from './equal-part.ts';

interface RsiReversalParams extends Readonly<Record<string, unknown>> {
  readonly length: number;
  readonly low: number;
  readonly high: number;
}

/** Long from where the index comes back above the low level, until it reaches the high one. */
class RsiReversal implements Strategy {
  readonly warmUpBars: number;
  private readonly params: RsiReversalParams;
  private readonly index: readonly RelativeStrength[];

  constructor(params: RsiReversalParams, symbols: number) {
    this.params = params;
    this.warmUpBars = params.length;
    this.index = Array.from({ length: symbols }, () => new RelativeStrength(params.length));
  }

  bar(desk: Desk, symbol: number): void {
    const { low, high } = this.params;
    const index = this.index[symbol]!;
    const before = index.value;
    const now = index.push(desk.close);
    const held = desk.position(symbol);
    if (held === 0 && before < low && now >= low) desk.buy(symbol, equalPart(this.index.length));
    else if (held > 0 && now >= high) desk.closePosition(symbol);
  }
}

export const rsiReversal: Definition<RsiReversalParams> = {
  name: 'RSI reversal',
  title: 'RSI reversal',
  paragraph:
    'Buys where the relative strength index comes back from below the low level and sells where it reaches the high one: bets that what fell fast comes back. Loses in a market that goes on falling, as it has no stop.',
  source: 'Wilder, “New Concepts in Technical Trading Systems”, 1978, ch. 6',
  params: {
    length: { kind: whole(2, 1_000), default: 14, help: 'Bars of the index.', unit: 'bars' },
    low: { kind: number(1, 99), default: 30, help: 'The level that it comes back from.' },
    high: { kind: number(1, 99), default: 60, help: 'The level at which it sells.' },
  },
  honestSizes: 'of several symbols',
  together: ({ low, high }) => (high > low ? undefined : { param: 'high', must: `more than low (${low})` }),
  make: (params, symbols) => new RsiReversal(params, symbols),
};
