import { number, whole } from '../../config/kinds.ts';
import type { Definition } from '../definition.ts';
import type { Desk } from '../desk.ts';
import { AverageTrueRange } from '../indicators/average-true-range.ts';
import { ExponentialAverage } from '../indicators/exponential-average.ts';
import type { Strategy } from '../strategy.ts';

interface EmaTrendParams extends Readonly<Record<string, unknown>> {
  readonly fast: number;
  readonly slow: number;
  readonly atr: number;
  readonly stop: number;
  readonly risk: number;
}

/** Long while the fast average is above the slow one, with a stop that follows the close at a distance of true ranges. */
class EmaTrend implements Strategy {
  readonly warmUpBars: number;
  private readonly params: EmaTrendParams;
  private readonly fast: readonly ExponentialAverage[];
  private readonly slow: readonly ExponentialAverage[];
  private readonly range: readonly AverageTrueRange[];
  private readonly gap: Float64Array;

  constructor(params: EmaTrendParams, symbols: number) {
    this.params = params;
    this.warmUpBars = Math.max(params.slow, params.atr) - 1;
    this.fast = Array.from({ length: symbols }, () => new ExponentialAverage(params.fast));
    this.slow = Array.from({ length: symbols }, () => new ExponentialAverage(params.slow));
    this.range = Array.from({ length: symbols }, () => new AverageTrueRange(params.atr));
    this.gap = new Float64Array(symbols).fill(NaN);
  }

  bar(desk: Desk, symbol: number): void {
    const { close } = desk;
    const { stop, risk } = this.params;
    const before = this.gap[symbol]!;
    const gap = this.fast[symbol]!.push(close) - this.slow[symbol]!.push(close);
    const distance = stop * this.range[symbol]!.push(desk.high, desk.low, close);
    this.gap[symbol] = gap;
    if (desk.position(symbol) > 0) {
      if (gap < 0) desk.closePosition(symbol);
      else this.follow(desk, symbol, close - distance);
    } else if (before <= 0 && gap > 0 && distance > 0)
      desk.buy(symbol, { size: { risk: risk / this.gap.length }, sl: close - distance });
  }

  /** Stops are moved up and never down. */
  private follow(desk: Desk, symbol: number, sl: number): void {
    const { trades } = desk;
    for (let i = 0; i < trades.length; i++) {
      const trade = trades[i]!;
      if (trade.symbol === symbol && !(sl <= trade.sl)) desk.protect(trade, sl, trade.tp);
    }
  }
}

export const emaTrend: Definition<EmaTrendParams> = {
  name: 'EMA trend',
  title: 'EMA trend with ATR stop',
  paragraph:
    'Buys where the fast exponential average crosses above the slow one, so many units that a small share of the account is lost at the stop, and lets the stop follow at a multiple of the average true range. Long only; honest fills only, for its sizes.',
  source:
    'Appel, “Technical Analysis: Power Tools for Active Investors”, 2005 (averages); Wilder, “New Concepts in Technical Trading Systems”, 1978 (range and stop)',
  params: {
    fast: { kind: whole(1, 1_000), default: 12, help: 'Bars of the fast average.', unit: 'bars' },
    slow: { kind: whole(2, 5_000), default: 48, help: 'Bars of the slow average.', unit: 'bars' },
    atr: { kind: whole(1, 1_000), default: 14, help: 'Bars of the average true range.', unit: 'bars' },
    stop: { kind: number(0.1, 100), default: 3, help: 'Distance of the stop in average true ranges.' },
    risk: { kind: number(0.0001, 1), default: 0.01, help: 'Share of the account that is lost where the stop is hit.' },
  },
  honestSizes: 'always',
  together: ({ fast, slow }) => (slow > fast ? undefined : { param: 'slow', must: `more than fast (${fast})` }),
  make: (params, symbols) => new EmaTrend(params, symbols),
};
