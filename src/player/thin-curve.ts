import type { EquityCurve } from '../strategy/trade.ts';

/** A curve of equity in few points, each of several bars that follow each other. Columns of one length. */
export interface ThinCurve {
  /** Start of the last bar of the point, epoch milliseconds. */
  readonly time: Float64Array;
  /** Least and greatest worth in the point, and the worth at its end. */
  readonly low: Float64Array;
  readonly high: Float64Array;
  readonly last: Float64Array;
}

/** Points of a curve that is looked at as a whole. */
const mostPoints = 2_000;

/** Merges a curve to at most so many points, of equally many bars but for the last, so that no peak and no trough is lost. */
export function thinCurve({ time, value }: Pick<EquityCurve, 'time' | 'value'>, most = mostPoints): ThinCurve {
  const merge = Math.max(1, Math.ceil(value.length / most));
  const count = Math.ceil(value.length / merge);
  const thin = {
    time: new Float64Array(count),
    low: new Float64Array(count).fill(Infinity),
    high: new Float64Array(count).fill(-Infinity),
    last: new Float64Array(count),
  };
  for (let i = 0; i < value.length; i++) {
    const point = Math.floor(i / merge);
    const worth = value[i]!;
    thin.time[point] = time[i]!;
    thin.last[point] = worth;
    if (worth < thin.low[point]!) thin.low[point] = worth;
    if (worth > thin.high[point]!) thin.high[point] = worth;
  }
  return thin;
}
