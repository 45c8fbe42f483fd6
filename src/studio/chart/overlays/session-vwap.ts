import { day } from '../../../time/instant.ts';
import { missingInSession } from './missing.ts';
import { isWhole, type OverlayResult, type OverlaySource } from './overlay.ts';

/**
 * The volume-weighted average price since the session opened, extended hours included where they are part of it: the sum of
 * typical price × volume over the sum of volume, with (high + low + close) / 3 as the typical price of a bar. It begins anew with
 * every session; without volume there is no value, and bars of a day have none. Berkowitz, Logue, Noser, "The Total Cost of
 * Transactions on the NYSE", 1988, of trades; of bars it is as exact as these are short.
 */
export function sessionVwap(source: OverlaySource): OverlayResult {
  const { bars, axis } = source;
  const values = new Float64Array(bars.count).fill(NaN);
  let [turnover, volume] = [0, 0];
  for (let i = 0; i < bars.count && axis.intervalMs < day; i++) {
    if (i > 0 && bars.session[i] !== bars.session[i - 1]) [turnover, volume] = [0, 0];
    turnover += ((bars.high[i]! + bars.low[i]! + bars.close[i]!) / 3) * bars.volume[i]!;
    volume += bars.volume[i]!;
    if (volume > 0 && isWhole(bars, bars.session[i]!)) values[i] = turnover / volume;
  }
  return { lines: [{ name: '', values }], missing: missingInSession(source, 0) };
}
