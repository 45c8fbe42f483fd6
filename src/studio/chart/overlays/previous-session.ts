import { PreviousLevels } from '../../../strategy/indicators/previous-levels.ts';
import { day } from '../../../time/instant.ts';
import { isWhole, type OverlayResult, type OverlaySource } from './overlay.ts';

/**
 * High, low and close of the session before, as levels over the whole of a session. They are those of the bars that are there;
 * `missing` counts the slots of the session before that have none. No value where no bar of the session before is in memory, and
 * for bars of a day.
 */
export function previousSession({ bars, axis, slotsPerBar }: OverlaySource): OverlayResult {
  const [high, low, close] = [0, 1, 2].map(() => new Float64Array(bars.count).fill(NaN)) as [
    Float64Array,
    Float64Array,
    Float64Array,
  ];
  const missing = new Int32Array(bars.count);
  const levels = new PreviousLevels();
  let before: { session: number; missing: number } | undefined;
  for (let from = 0, to = 0; from < bars.count && axis.intervalMs < day; from = to) {
    const session = bars.session[from]!;
    levels.begin();
    for (to = from; to < bars.count && bars.session[to] === session; to++)
      levels.push(bars.high[to]!, bars.low[to]!, bars.close[to]!);
    if (before?.session === session - 1) {
      high.fill(levels.high, from, to);
      low.fill(levels.low, from, to);
      close.fill(levels.close, from, to);
      missing.fill(before.missing, from, to);
    }
    const slots = axis.offsets[session + 1]! - axis.offsets[session]!;
    const absent = Math.max(0, Math.floor(slots / slotsPerBar) - (to - from));
    before = isWhole(bars, session) ? { session, missing: absent } : undefined;
  }
  const lines = [
    { name: 'high', values: high },
    { name: 'low', values: low },
    { name: 'close', values: close },
  ];
  return { lines, missing };
}
