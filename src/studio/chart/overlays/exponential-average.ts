import { ExponentialAverage } from '../../../strategy/indicators/exponential-average.ts';
import { missingInLast } from './missing.ts';
import type { OverlayResult, OverlaySource } from './overlay.ts';

/**
 * The exponential moving average of the closes. A slot without a bar moves it by nothing; `missing` counts those among the last
 * `length` bars. What lies further back than `exponentialReach` lengths is left out.
 */
export function exponentialAverage(source: OverlaySource): OverlayResult {
  const { bars, length } = source;
  const average = new ExponentialAverage(length);
  const values = Float64Array.from({ length: bars.count }, (_, i) => average.push(bars.close[i]!));
  return { lines: [{ name: '', values }], missing: missingInLast(source, length) };
}
