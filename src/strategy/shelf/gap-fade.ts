import { number, whole } from '../../config/kinds.ts';
import { minute } from '../../time/instant.ts';
import type { Definition } from '../definition.ts';
import type { Desk } from '../desk.ts';
import { PreviousLevels } from '../indicators/previous-levels.ts';
import type { Strategy } from '../strategy.ts';
import { equalPart } from './equal-part.ts';

interface GapFadeParams extends Readonly<Record<string, unknown>> {
  readonly gap: number;
  readonly stop: number;
  readonly exitMinutes: number;
}

/** At the first bar of a session, against a gap from the last close, with that close as the target. */
class GapFade implements Strategy {
  private readonly params: GapFadeParams;
  private readonly levels: readonly PreviousLevels[];
  private readonly isFirst: Uint8Array;

  constructor(params: GapFadeParams, symbols: number) {
    this.params = params;
    this.levels = Array.from({ length: symbols }, () => new PreviousLevels());
    this.isFirst = new Uint8Array(symbols);
  }

  sessionOpen(): void {
    for (const levels of this.levels) levels.begin();
    this.isFirst.fill(1);
  }

  bar(desk: Desk, symbol: number): void {
    const { open, close } = desk;
    const { gap, stop, exitMinutes } = this.params;
    const levels = this.levels[symbol]!;
    levels.push(desk.high, desk.low, close);
    const isFirst = this.isFirst[symbol] === 1;
    this.isFirst[symbol] = 0;
    if (desk.untilClose <= exitMinutes * minute) {
      if (desk.position(symbol) !== 0) desk.closePosition(symbol);
    } else if (isFirst) {
      const before = levels.close;
      const size = open / before - 1;
      const risk = stop * Math.abs(open - before);
      if (size >= gap && close > before)
        desk.sell(symbol, { ...equalPart(this.levels.length), tp: before, sl: close + risk });
      else if (size <= -gap && close < before)
        desk.buy(symbol, { ...equalPart(this.levels.length), tp: before, sl: close - risk });
    }
  }
}

export const gapFade: Definition<GapFadeParams> = {
  name: 'gap fade',
  title: 'Gap fade',
  paragraph:
    'Where a session opens away from the last close, it trades against the gap after the first bar: the last close is the target, a multiple of the gap the stop, and nothing is held over the close. For bars within a day.',
  source: 'Kaufman, “Trading Systems and Methods”, 5th ed., 2013, ch. 15, on opening gaps',
  params: {
    gap: { kind: number(0.0001, 1), default: 0.005, help: 'The least gap, as a share of the last close.' },
    stop: { kind: number(0.1, 100), default: 1, help: 'Distance of the stop in sizes of the gap.' },
    exitMinutes: { kind: whole(1, 390), default: 5, help: 'How long before the close it closes.', unit: 'minutes' },
  },
  honestSizes: 'of several symbols',
  make: (params, symbols) => new GapFade(params, symbols),
};
