import { day } from '../../../time/instant.ts';
import { isWhole, type OverlayResult, type OverlaySource } from './overlay.ts';

/**
 * High, low and close of the session before, as levels over the whole of a session. They are those of the bars that are there;
 * `missing` counts the slots of the session before that have none. No value where no bar of the session before is in memory, and
 * for bars of a day. Levels of floor traders; Murphy, "Technical Analysis of the Financial Markets", ch. 4, on support and
 * resistance.
 */
export function previousSession({ bars, axis, slotsPerBar }: OverlaySource): OverlayResult {
  const [high, low, close] = [0, 1, 2].map(() => new Float64Array(bars.count).fill(NaN)) as [
    Float64Array,
    Float64Array,
    Float64Array,
  ];
  const missing = new Int32Array(bars.count);
  let before: { session: number; high: number; low: number; close: number; missing: number } | undefined;
  for (let from = 0, to = 0; from < bars.count && axis.intervalMs < day; from = to) {
    const session = bars.session[from]!;
    let [highest, lowest] = [-Infinity, Infinity];
    for (to = from; to < bars.count && bars.session[to] === session; to++) {
      highest = Math.max(highest, bars.high[to]!);
      lowest = Math.min(lowest, bars.low[to]!);
    }
    if (before?.session === session - 1) {
      high.fill(before.high, from, to);
      low.fill(before.low, from, to);
      close.fill(before.close, from, to);
      missing.fill(before.missing, from, to);
    }
    const slots = axis.offsets[session + 1]! - axis.offsets[session]!;
    const absent = Math.max(0, Math.floor(slots / slotsPerBar) - (to - from));
    before = isWhole(bars, session)
      ? { session, high: highest, low: lowest, close: bars.close[to - 1]!, missing: absent }
      : undefined;
  }
  const lines = [
    { name: 'high', values: high },
    { name: 'low', values: low },
    { name: 'close', values: close },
  ];
  return { lines, missing };
}
