import type { EquityCurve } from '../strategy/trade.ts';

/** A fall of the equity below a peak, from the peak to the bar at which it is reached again. */
export interface Drawdown {
  /** Places in the curve; `end` is the last bar where the peak was not reached again. */
  readonly peak: number;
  readonly trough: number;
  readonly end: number;
  readonly recovered: boolean;
  /** Share of the peak, above 0. */
  readonly depth: number;
  /** Money from peak to trough. */
  readonly money: number;
  /** Between the starts of the bars `peak` and `end`. */
  readonly durationMs: number;
}

/**
 * The drawdowns of a curve in the order of time. As in backtesting.py, one that lasts no longer than from a bar to the next, having no
 * bar below the peak between the two, is none.
 */
export function drawdownsOf({ time, value }: EquityCurve): Drawdown[] {
  const found: Drawdown[] = [];
  const last = value.length - 1;
  let peak = 0;
  let trough = 0;
  for (let i = 1; i <= last; i++) {
    if (value[i]! < value[trough]!) trough = i;
    const recovered = value[i]! >= value[peak]!;
    if (!recovered && i < last) continue;
    if (i > peak + 1)
      found.push({
        peak,
        trough,
        end: i,
        recovered,
        depth: 1 - value[trough]! / value[peak]!,
        money: value[peak]! - value[trough]!,
        durationMs: time[i]! - time[peak]!,
      });
    peak = i;
    trough = i;
  }
  return found;
}

/** The deepest fall of a stretch below the highest value so far, `before` counted, as a share of it; 0 where there was none. */
export function deepest(value: Float64Array, from = 0, to = value.length, before = -Infinity): number {
  let [peak, depth] = [before, 0];
  for (let i = from; i < to; i++) {
    const worth = value[i]!;
    if (worth > peak) peak = worth;
    // Divided only where it is deeper.
    else if (peak - worth > depth * peak) depth = 1 - worth / peak;
  }
  return depth;
}
