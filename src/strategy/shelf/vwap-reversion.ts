import { number, whole } from '../../config/kinds.ts';
import { minute } from '../../time/instant.ts';
import type { Definition } from '../definition.ts';
import type { Desk } from '../desk.ts';
import { StandardScore } from '../indicators/standard-score.ts';
import { SessionVwap } from '../indicators/session-vwap.ts';
import type { Strategy } from '../strategy.ts';
import { equalPart } from './equal-part.ts';

interface VwapReversionParams extends Readonly<Record<string, unknown>> {
  readonly length: number;
  readonly distance: number;
  readonly exitMinutes: number;
}

/** Against what is far from the session's average price, until the price is back at it. */
class VwapReversion implements Strategy {
  readonly warmUpBars: number;
  private readonly params: VwapReversionParams;
  private readonly vwap: readonly SessionVwap[];
  private readonly score: readonly StandardScore[];

  constructor(params: VwapReversionParams, symbols: number) {
    this.params = params;
    this.warmUpBars = params.length;
    this.vwap = Array.from({ length: symbols }, () => new SessionVwap());
    this.score = Array.from({ length: symbols }, () => new StandardScore(params.length));
  }

  sessionOpen(): void {
    for (const vwap of this.vwap) vwap.begin();
  }

  bar(desk: Desk, symbol: number): void {
    const { close } = desk;
    const { distance, exitMinutes } = this.params;
    const off = close - this.vwap[symbol]!.push(desk.high, desk.low, close, desk.volume);
    // A session whose bars have no volume has no such average.
    if (Number.isNaN(off)) return;
    const score = this.score[symbol]!.push(off);
    const held = desk.position(symbol);
    if (desk.untilClose <= exitMinutes * minute) {
      if (held !== 0) desk.closePosition(symbol);
    } else if (held !== 0) {
      if (held > 0 ? off >= 0 : off <= 0) desk.closePosition(symbol);
    } else if (score < -distance && off < 0) desk.buy(symbol, equalPart(this.vwap.length));
    else if (score > distance && off > 0) desk.sell(symbol, equalPart(this.vwap.length));
  }
}

export const vwapReversion: Definition<VwapReversionParams> = {
  name: 'VWAP reversion',
  title: 'VWAP reversion',
  paragraph:
    'Trades against a price that is unusually far from the volume-weighted average of its session, and closes where it is back there, or before the close. Needs volumes, and bars within a day.',
  source:
    'Berkowitz, Logue and Noser, “The Total Cost of Transactions on the NYSE”, Journal of Finance, 1988 (the average); Chan, “Algorithmic Trading”, 2013, ch. 2 and 3 (the reversion)',
  params: {
    length: {
      kind: whole(2, 5_000),
      default: 60,
      help: 'Bars over which the usual distance is measured.',
      unit: 'bars',
    },
    distance: { kind: number(0.1, 100), default: 2, help: 'How many standard deviations are far.' },
    exitMinutes: { kind: whole(1, 390), default: 5, help: 'How long before the close it closes.', unit: 'minutes' },
  },
  honestSizes: 'of several symbols',
  make: (params, symbols) => new VwapReversion(params, symbols),
};
