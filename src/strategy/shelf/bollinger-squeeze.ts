import { number, whole } from '../../config/kinds.ts';
import type { Definition } from '../definition.ts';
import type { Desk } from '../desk.ts';
import { BollingerBands } from '../indicators/bollinger-bands.ts';
import { RollingExtreme } from '../indicators/rolling-extreme.ts';
import type { Strategy } from '../strategy.ts';
import { equalPart } from './equal-part.ts';

interface SqueezeParams extends Readonly<Record<string, unknown>> {
  readonly length: number;
  readonly factor: number;
  readonly lookBack: number;
}

/** With the price where it leaves bands that were at their narrowest, until it is back at their middle. */
class BollingerSqueeze implements Strategy {
  readonly warmUpBars: number;
  private readonly bands: readonly BollingerBands[];
  private readonly narrowest: readonly RollingExtreme[];
  private readonly wasNarrow: Uint8Array;

  constructor({ length, factor, lookBack }: SqueezeParams, symbols: number) {
    this.warmUpBars = length + lookBack;
    this.bands = Array.from({ length: symbols }, () => new BollingerBands(length, factor));
    this.narrowest = Array.from({ length: symbols }, () => new RollingExtreme(lookBack, -1));
    this.wasNarrow = new Uint8Array(symbols);
  }

  bar(desk: Desk, symbol: number): void {
    const { close } = desk;
    const bands = this.bands[symbol]!;
    const narrowest = this.narrowest[symbol]!;
    bands.push(close);
    const { width, upper, lower, value } = bands;
    if (Number.isNaN(width)) return;
    const held = desk.position(symbol);
    if (held !== 0) {
      if (held > 0 ? close < value : close > value) desk.closePosition(symbol);
    } else if (this.wasNarrow[symbol] === 1) {
      if (close > upper) desk.buy(symbol, equalPart(this.bands.length));
      else if (close < lower) desk.sell(symbol, equalPart(this.bands.length));
    }
    this.wasNarrow[symbol] = width <= narrowest.push(width) && narrowest.isFull ? 1 : 0;
  }
}

export const bollingerSqueeze: Definition<SqueezeParams> = {
  name: 'Bollinger squeeze',
  title: 'Bollinger squeeze',
  paragraph:
    'Waits until the Bollinger bands are narrower than they were for long, and goes with the price where the next bar closes outside of them, until it closes on the other side of their middle.',
  source: 'Bollinger, “Bollinger on Bollinger Bands”, 2001, chs. 15 and 16',
  params: {
    length: { kind: whole(2, 1_000), default: 20, help: 'Bars of the bands.', unit: 'bars' },
    factor: { kind: number(0.1, 10), default: 2, help: 'Distance of the bands in standard deviations.' },
    lookBack: { kind: whole(2, 5_000), default: 120, help: 'Bars among which the bands are narrowest.', unit: 'bars' },
  },
  honestSizes: 'of several symbols',
  make: (params, symbols) => new BollingerSqueeze(params, symbols),
};
