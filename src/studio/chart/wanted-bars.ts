import type { BarsWindow, SlotPlace } from '../../memory/picture.ts';
import { overlays } from './overlays/overlays.ts';
import type { ChartView } from './chart-view.svelte.ts';
import type { SlotAxis } from './slot-axis.ts';
import type { Span } from './viewport.ts';

/**
 * The bars that the chart has to look at: those in sight, as much again on either side, so that moving the view does not ask for
 * others at every pixel, and what the overlays need before them. While the tape is followed they reach up to the clock.
 */
export function wantedBars(axis: SlotAxis, { from, to }: Span, follows: boolean, view: ChartView): BarsWindow {
  const stride = Math.max(64, 2 ** Math.ceil(Math.log2((to - from) / 2)));
  const chosen = overlays.map((overlay) => ({ overlay, ...view.overlay(overlay.id) })).filter(({ on }) => on);
  const first = placeAt(axis, (Math.floor(from / stride) - 1) * stride);
  const sessions = chosen.map(({ overlay }) => overlay.sessionsBefore).filter((count) => count !== null);
  // What is asked for by session begins with its open.
  const begin = sessions.length > 0 ? { session: Math.max(0, first.session - Math.max(...sessions)), slot: 0 } : first;
  return {
    from: begin,
    until: follows ? null : placeAt(axis, (Math.ceil(to / stride) + 1) * stride),
    before: Math.max(0, ...chosen.map(({ overlay, length }) => overlay.barsBefore(length))),
  };
}

/** The slot at a position, or that at the end of the run which is nearest. */
function placeAt(axis: SlotAxis, position: number): SlotPlace {
  const end = axis.offsets[axis.sessions.length]!;
  if (position >= end)
    return { session: axis.sessions.length - 1, slot: end - axis.offsets[axis.sessions.length - 1]! };
  return axis.at(Math.max(0, position))!;
}
