import { missingInLast } from './missing.ts';
import type { OverlayResult, OverlaySource } from './overlay.ts';

/** So many lengths back a bar counts for less than three parts in a billion: (1 − 2/(n + 1))^(10 n) < e^−20. */
export const exponentialReach = 10;

/**
 * The exponential moving average: each bar moves it by 2/(length + 1) of the distance to its close. It begins with the mean of
 * the first `length` closes and has no value before. A slot without a bar moves it by nothing; `missing` counts those among
 * the last `length` bars. What lies further back than `exponentialReach` lengths is left out. As EMA in TA-Lib.
 */
export function exponentialAverage(source: OverlaySource): OverlayResult {
  const { bars, length } = source;
  const values = new Float64Array(bars.count).fill(NaN);
  const weight = 2 / (length + 1);
  let sum = 0;
  let average = NaN;
  for (let i = 0; i < bars.count; i++) {
    const close = bars.close[i]!;
    if (i < length) {
      sum += close;
      if (i === length - 1) average = sum / length;
    } else average += weight * (close - average);
    values[i] = average;
  }
  return { lines: [{ name: '', values }], missing: missingInLast(source, length) };
}
