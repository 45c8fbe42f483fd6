import { SessionVwap } from '../../../strategy/indicators/session-vwap.ts';
import { day } from '../../../time/instant.ts';
import { missingInSession } from './missing.ts';
import { isWhole, type OverlayResult, type OverlaySource } from './overlay.ts';

/**
 * The volume-weighted average price since the session opened, extended hours included where they are part of it. It begins anew with
 * every session; without volume there is no value, and bars of a day have none.
 */
export function sessionVwap(source: OverlaySource): OverlayResult {
  const { bars, axis } = source;
  const values = new Float64Array(bars.count).fill(NaN);
  const vwap = new SessionVwap();
  for (let i = 0; i < bars.count && axis.intervalMs < day; i++) {
    if (i > 0 && bars.session[i] !== bars.session[i - 1]) vwap.begin();
    const value = vwap.push(bars.high[i]!, bars.low[i]!, bars.close[i]!, bars.volume[i]!);
    if (isWhole(bars, bars.session[i]!)) values[i] = value;
  }
  return { lines: [{ name: '', values }], missing: missingInSession(source, 0) };
}
