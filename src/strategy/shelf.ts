import type { Definition, Params } from './definition.ts';
import { bollingerSqueeze } from './shelf/bollinger-squeeze.ts';
import { buyAndHold } from './shelf/buy-and-hold.ts';
import { emaTrend } from './shelf/ema-trend.ts';
import { gapFade } from './shelf/gap-fade.ts';
import { openingRangeBreakout } from './shelf/opening-range-breakout.ts';
import { rsiReversal } from './shelf/rsi-reversal.ts';
import { scripted } from './shelf/scripted.ts';
import { smaCross } from './shelf/sma-cross.ts';
import { vwapReversion } from './shelf/vwap-reversion.ts';

/** The strategies on the shelf, in the order in which they are offered. */
export const shelf: readonly Definition[] = [
  onShelf(buyAndHold),
  onShelf(smaCross),
  onShelf(emaTrend),
  onShelf(rsiReversal),
  onShelf(openingRangeBreakout),
  onShelf(vwapReversion),
  onShelf(bollingerSqueeze),
  onShelf(gapFade),
  onShelf(scripted),
];

/** A definition says of its own parameters what `Params` does not; whoever makes one has them checked by `planStrategy`. */
function onShelf<P extends Params>(definition: Definition<P>): Definition {
  return definition as unknown as Definition;
}
