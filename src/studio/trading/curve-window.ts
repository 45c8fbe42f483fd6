import type { CurveWindow } from '../../memory/account-picture.ts';
import type { SlotAxis } from '../chart/slot-axis.ts';
import type { Span } from '../chart/viewport.ts';

/**
 * The stretch of the account's curve that a view over an axis needs: what is in sight and as much again on either side, in points of
 * about a pixel. The same for views that differ by little. `base` is the axis of base slots.
 */
export function curveWindow(
  axis: SlotAxis,
  base: SlotAxis,
  { from, to }: Span,
  follows: boolean,
  widthPixels: number,
): CurveWindow {
  const [first, last] = [base.positionAt(axis.timeAt(from)), base.positionAt(axis.timeAt(to))];
  const slots = Math.max(1, last - first);
  const merge = Math.max(1, 2 ** Math.ceil(Math.log2(slots / Math.max(1, widthPixels))));
  const stride = Math.max(64, 2 ** Math.ceil(Math.log2(slots / 2)));
  const begin = base.at(Math.max(0, (Math.floor(first / stride) - 1) * stride))!;
  const end = base.at((Math.ceil(last / stride) + 1) * stride);
  return { from: begin, until: follows ? null : (end ?? null), merge };
}
