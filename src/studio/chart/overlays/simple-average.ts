import { SimpleAverage } from '../../../strategy/indicators/simple-average.ts';
import { missingInLast } from './missing.ts';
import type { OverlayResult, OverlaySource } from './overlay.ts';

/**
 * The simple moving average of the closes of the last `length` bars, on into the sessions before. A slot without a bar has no close
 * and is not counted: the mean reaches further back, and `missing` says by how much.
 */
export function simpleAverage(source: OverlaySource): OverlayResult {
  const { bars, length } = source;
  const average = new SimpleAverage(length);
  const values = Float64Array.from({ length: bars.count }, (_, i) => average.push(bars.close[i]!));
  return { lines: [{ name: '', values }], missing: missingInLast(source, length) };
}
