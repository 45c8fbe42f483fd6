import type { PictureCurve } from '../../memory/account-picture.ts';
import { timeX } from '../chart/places.ts';
import type { Plot } from '../chart/plots.ts';
import type { SlotAxis } from '../chart/slot-axis.ts';
import type { Span } from '../chart/viewport.ts';

/** A point of the curve in sight: where it stands across, in pixels, and its place in the curve. */
export interface CurvePoint {
  readonly x: number;
  readonly place: number;
}

/** The points of a curve that are in sight and one beyond either edge, oldest first. `base` is the axis of base slots. */
export function pointsInSight(
  { session, slot, merge }: PictureCurve,
  axis: SlotAxis,
  base: SlotAxis,
  span: Span,
  plot: Plot,
): CurvePoint[] {
  const isBase = axis.intervalMs === base.intervalMs;
  const half = (merge * base.intervalMs) / axis.intervalMs / 2;
  const position = (i: number): number => {
    const place = { session: session[i]!, slot: slot[i]! };
    return isBase ? axis.position(place.session, place.slot) : axis.positionAt(base.start(place));
  };
  let first = 0;
  let high = session.length;
  while (first < high) {
    const middle = (first + high) >> 1;
    if (position(middle) < span.from) first = middle + 1;
    else high = middle;
  }
  const points: CurvePoint[] = [];
  for (let i = Math.max(0, first - 1); i < session.length; i++) {
    const at = position(i);
    points.push({ x: timeX(plot, span, at + half), place: i });
    if (at > span.to) break;
  }
  return points;
}
