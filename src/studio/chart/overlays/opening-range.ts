import { day, minute } from '../../../time/instant.ts';
import { isWhole, type OverlayResult, type OverlaySource } from './overlay.ts';

/**
 * The opening range: high and low of the first `length` minutes of the session's active hours, as levels from their end on. They
 * are those of the bars that are there; `missing` counts the slots of the range that have none. Where no bar ends with the
 * range, it is that of the bars that lie in it; none where the first bar is longer. Crabel, "Day Trading with Short Term Price
 * Patterns and Opening Range Breakout", 1990.
 */
export function openingRange(source: OverlaySource): OverlayResult {
  const { bars, axis, length, slotsPerBar } = source;
  const high = new Float64Array(bars.count).fill(NaN);
  const low = new Float64Array(bars.count).fill(NaN);
  const missing = new Int32Array(bars.count);
  for (let from = 0, to = 0; from < bars.count && axis.intervalMs < day; from = to) {
    const session = bars.session[from]!;
    const begin = axis.sessions[session]!.activeFrom;
    const end = begin + length * minute;
    let [highest, lowest, counted] = [-Infinity, Infinity, 0];
    for (to = from; to < bars.count && bars.session[to] === session; to++) {
      const place = { session, slot: bars.slot[to]! };
      if (axis.start(place) >= begin && axis.end(place) <= end) {
        highest = Math.max(highest, bars.high[to]!);
        lowest = Math.min(lowest, bars.low[to]!);
        counted++;
      } else if (axis.start(place) >= end && counted > 0 && isWhole(bars, session))
        [high[to], low[to]] = [highest, lowest];
    }
    const slots = Math.floor((length * minute) / (axis.intervalMs * slotsPerBar));
    missing.fill(Math.max(0, slots - counted), from, to);
  }
  const lines = [
    { name: 'high', values: high },
    { name: 'low', values: low },
  ];
  return { lines, missing };
}
