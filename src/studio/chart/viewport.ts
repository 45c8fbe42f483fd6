import { mostBars } from '../../memory/most-bars.ts';
import type { SlotAxis } from './slot-axis.ts';

/** The part of the axis that is shown: positions `[from, to)`. */
export interface Span {
  readonly from: number;
  readonly to: number;
}

const leastSlots = 12;
/** As many as there are bars for, with those that averages need before them. */
const mostSlots = mostBars / 2;

/** Room that a slot gets while the tape is followed, and the least at which a whole session is laid out at once. */
const followedPixels = 7;
const sessionPixels = 2.6;

/**
 * Where the chart looks while it follows the tape. When the whole session fits, its room is laid out from the open and nothing
 * moves until the roll. Else, and where the user chose how many slots to show, the tape runs to seven eighths of the width and is
 * followed from there.
 */
export function followSpan(
  axis: SlotAxis,
  session: number,
  lastPosition: number,
  widthPixels: number,
  chosenSlots?: number,
): Span {
  const open = axis.offsets[session]!;
  const slots = axis.offsets[session + 1]! - open;
  const past = Math.min(open, Math.max(8, Math.round(slots * 0.12)));
  const wanted = chosenSlots ?? Math.max(leastSlots, Math.round(widthPixels / followedPixels));
  if (chosenSlots === undefined && slots + past >= wanted && widthPixels / (slots + past) >= sessionPixels)
    return { from: open - past, to: open + slots };
  const lead = Math.round(wanted / 8);
  const to = Math.max(open - Math.min(open, Math.round(wanted * 0.3)) + wanted, lastPosition + 1 + lead);
  return { from: to - wanted, to };
}

/** Zooms by a factor (< 1 shows less) about a position that stays where it is. */
export function zoomed({ from, to }: Span, factor: number, about: number, axis: SlotAxis): Span {
  const length = Math.min(mostSlots, Math.max(leastSlots, (to - from) * factor));
  const share = (about - from) / (to - from);
  return clamped({ from: about - share * length, to: about + (1 - share) * length }, axis);
}

/** Moves by slots; some of the run always stays in sight. */
export function panned({ from, to }: Span, slots: number, axis: SlotAxis): Span {
  return clamped({ from: from + slots, to: to + slots }, axis);
}

/** So many slots about a position, within what may be shown. */
export function spanAbout(middle: number, slots: number, axis: SlotAxis): Span {
  const length = Math.min(mostSlots, Math.max(leastSlots, slots));
  return clamped({ from: middle - length / 2, to: middle + length / 2 }, axis);
}

function clamped({ from, to }: Span, axis: SlotAxis): Span {
  const length = to - from;
  const end = axis.offsets[axis.sessions.length]!;
  const start = Math.min(Math.max(from, -length / 2), end - length / 2);
  return { from: start, to: start + length };
}
