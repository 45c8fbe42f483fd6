import { number, whole } from '../../config/kinds.ts';
import type { Definition } from '../definition.ts';
import type { Desk } from '../desk.ts';
import { OpeningRange } from '../indicators/opening-range.ts';
import { minute } from '../../time/instant.ts';
import type { Strategy } from '../strategy.ts';
import { equalPart } from './equal-part.ts';

interface BreakoutParams extends Readonly<Record<string, unknown>> {
  readonly minutes: number;
  readonly target: number;
  readonly exitMinutes: number;
}

/** Once a session, a stop order on either side of the opening range; what is hit first is held to its target or the close. */
class OpeningRangeBreakout implements Strategy {
  private readonly params: BreakoutParams;
  private readonly ranges: readonly OpeningRange[];
  private readonly isPlaced: Uint8Array;

  constructor(params: BreakoutParams, symbols: number) {
    this.params = params;
    this.ranges = Array.from({ length: symbols }, () => new OpeningRange(params.minutes * minute));
    this.isPlaced = new Uint8Array(symbols);
  }

  sessionOpen(desk: Desk): void {
    for (const range of this.ranges) range.begin(desk.session.activeFrom);
    this.isPlaced.fill(0);
  }

  bar(desk: Desk, symbol: number): void {
    const { target, exitMinutes } = this.params;
    const range = this.ranges[symbol]!;
    range.push(desk.end, desk.high, desk.low);
    const width = range.high - range.low;
    if (desk.untilClose <= exitMinutes * minute) {
      desk.cancelEntries(symbol);
      if (desk.position(symbol) !== 0) desk.closePosition(symbol);
    } else if (this.isPlaced[symbol] === 0 && width > 0 && desk.close < range.high && desk.close > range.low) {
      this.isPlaced[symbol] = 1;
      const of = { ...equalPart(this.ranges.length), good: 'session', oneOf: symbol + 1 } as const;
      desk.buy(symbol, { ...of, stop: range.high, sl: range.low, tp: range.high + target * width });
      desk.sell(symbol, {
        ...of,
        stop: range.low,
        sl: range.high,
        tp: Math.max(range.low - target * width, range.low / 2),
      });
    }
  }
}

export const openingRangeBreakout: Definition<BreakoutParams> = {
  name: 'opening-range breakout',
  title: 'Opening-range breakout',
  paragraph:
    'Waits for the first minutes of a session, then for the price to leave their range: a stop order above and one below, the one that is hit cancels the other. The far side of the range is the stop-loss, a multiple of its width the target, and nothing is held over the close. For bars within a day.',
  source: 'Crabel, “Day Trading with Short Term Price Patterns and Opening Range Breakout”, 1990',
  params: {
    minutes: { kind: whole(1, 390), default: 30, help: 'How long the opening range is.', unit: 'minutes' },
    target: { kind: number(0.1, 100), default: 2, help: 'Distance of the target in widths of the range.' },
    exitMinutes: { kind: whole(1, 390), default: 5, help: 'How long before the close it sells.', unit: 'minutes' },
  },
  honestSizes: 'of several symbols',
  make: (params, symbols) => new OpeningRangeBreakout(params, symbols),
};
