import { missingInLast } from './missing.ts';
import type { OverlayResult, OverlaySource } from './overlay.ts';

/**
 * The simple moving average: the mean of the closes of the last `length` bars, the bar's own included, on into the sessions
 * before. A slot without a bar has no close and is not counted: the mean reaches further back, and `missing` says by how much.
 * No value before there are as many bars. As SMA in TA-Lib and in Murphy, "Technical Analysis of the Financial Markets", ch. 9.
 */
export function simpleAverage(source: OverlaySource): OverlayResult {
  const { bars, length } = source;
  const values = new Float64Array(bars.count).fill(NaN);
  let sum = 0;
  for (let i = 0; i < bars.count; i++) {
    sum += bars.close[i]!;
    if (i >= length) sum -= bars.close[i - length]!;
    if (i >= length - 1) values[i] = sum / length;
  }
  return { lines: [{ name: '', values }], missing: missingInLast(source, length) };
}
