import { Provenance } from '../../bars/provenance.ts';
import type { PictureBars } from '../../memory/picture.ts';
import type { SlotAxis } from './slot-axis.ts';
import type { Span } from './viewport.ts';

/** How a candle is drawn; told apart by shape. */
export type CandleKind = 'plain' | 'late' | 'filled' | 'repaired' | 'madeUp' | 'incomplete';

/** One candle of the chart; `width` slots are merged into it when the view is wide. */
export interface Candle {
  readonly position: number;
  readonly width: number;
  readonly open: number;
  readonly high: number;
  readonly low: number;
  readonly close: number;
  readonly volume: number;
  readonly kind: CandleKind;
  /** Place in the bars of the last one that is merged into it. */
  readonly last: number;
}

/** More are not drawn: what is wider is merged. */
export const mostCandles = 1_500;

/**
 * Candles of the bars in sight, oldest first. Neighbours within a session are merged where there are more slots than candles.
 * `isLate` tells of a bar's place in `bars` whether it came after its time.
 */
export function candlesOf(
  bars: PictureBars,
  axis: SlotAxis,
  { from, to }: Span,
  isLate: (place: number) => boolean,
): Candle[] {
  const merge = Math.max(1, Math.ceil((to - from) / mostCandles));
  const candles: { -readonly [Key in keyof Candle]: Candle[Key] }[] = [];
  let bucket = -1;
  for (let i = firstAt(bars, axis, from - merge); i < bars.count; i++) {
    const session = bars.session[i]!;
    const group = Math.floor(bars.slot[i]! / merge);
    const position = axis.position(session, group * merge);
    if (position > to) break;
    const kind = isLate(i) ? 'late' : kindOf(bars.provenance[i]!);
    const last = candles.at(-1);
    if (last && position === bucket) {
      last.high = Math.max(last.high, bars.high[i]!);
      last.low = Math.min(last.low, bars.low[i]!);
      last.close = bars.close[i]!;
      last.volume += bars.volume[i]!;
      last.last = i;
      if (last.kind === 'plain') last.kind = kind;
      continue;
    }
    bucket = position;
    candles.push({
      position,
      width: Math.min(merge, axis.offsets[session + 1]! - position),
      open: bars.open[i]!,
      high: bars.high[i]!,
      low: bars.low[i]!,
      close: bars.close[i]!,
      volume: bars.volume[i]!,
      kind,
      last: i,
    });
  }
  return candles;
}

/** Place of the first bar at or after a position. */
export function firstAt(bars: PictureBars, axis: SlotAxis, position: number): number {
  let low = 0;
  let high = bars.count;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (axis.position(bars.session[middle]!, bars.slot[middle]!) < position) low = middle + 1;
    else high = middle;
  }
  return low;
}

function kindOf(provenance: number): CandleKind {
  switch (provenance) {
    case Provenance.filled:
      return 'filled';
    case Provenance.repaired:
      return 'repaired';
    case Provenance.madeUp:
      return 'madeUp';
    case Provenance.incomplete:
      return 'incomplete';
    default:
      return 'plain';
  }
}

const columns = ['session', 'slot', 'open', 'high', 'low', 'close', 'volume', 'provenance'] as const;

/** Two looks hold the same bars of one symbol and interval. */
export function areSame(one: PictureBars, other: PictureBars): boolean {
  if (one.count !== other.count) return false;
  // From the latest bar backwards: what is new is mostly there.
  for (let i = one.count - 1; i >= 0; i--)
    for (const column of columns) if (!Object.is(one[column][i], other[column][i])) return false;
  return true;
}
