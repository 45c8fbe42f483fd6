import { OpeningRange } from '../../../strategy/indicators/opening-range.ts';
import { day, minute } from '../../../time/instant.ts';
import { isWhole, type OverlayResult, type OverlaySource } from './overlay.ts';

/**
 * The opening range: high and low of the first `length` minutes of the session's active hours, as levels from their end on. They
 * are those of the bars that are there; `missing` counts the slots of the range that have none. Where no bar ends with the
 * range, it is that of the bars that lie in it; none where the first bar is longer.
 */
export function openingRange(source: OverlaySource): OverlayResult {
  const { bars, axis, length, slotsPerBar } = source;
  const high = new Float64Array(bars.count).fill(NaN);
  const low = new Float64Array(bars.count).fill(NaN);
  const missing = new Int32Array(bars.count);
  const range = new OpeningRange(length * minute);
  for (let from = 0, to = 0; from < bars.count && axis.intervalMs < day; from = to) {
    const session = bars.session[from]!;
    const { activeFrom } = axis.sessions[session]!;
    range.begin(activeFrom);
    for (to = from; to < bars.count && bars.session[to] === session; to++) {
      const place = { session, slot: bars.slot[to]! };
      const start = axis.start(place);
      if (start < activeFrom) continue;
      range.push(axis.end(place), bars.high[to]!, bars.low[to]!);
      if (start >= activeFrom + length * minute && isWhole(bars, session))
        [high[to], low[to]] = [range.high, range.low];
    }
    const slots = Math.floor((length * minute) / (axis.intervalMs * slotsPerBar));
    missing.fill(Math.max(0, slots - range.bars), from, to);
  }
  const lines = [
    { name: 'high', values: high },
    { name: 'low', values: low },
  ];
  return { lines, missing };
}
