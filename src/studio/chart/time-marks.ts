import { day, hour, minute, type Instant } from '../../time/instant.ts';
import { zone } from '../../time/zone.ts';
import { dayLabel, minuteLabel, shortDayLabel } from '../labels.ts';
import type { SlotAxis } from './slot-axis.ts';
import type { Span } from './viewport.ts';

/** A label under the chart. */
export interface TimeMark {
  readonly position: number;
  readonly text: string;
  /** The position is the open of a session. */
  readonly open: boolean;
}

const steps = [1, 2, 5, 10, 15, 30, 60, 120, 240].map((minutes) => minutes * minute);

/** Labels for the part in sight, at least `gapPixels` apart: opens of sessions first, then round wall times between. */
export function timeMarks(
  axis: SlotAxis,
  { from, to }: Span,
  widthPixels: number,
  zoneName: string,
  gapPixels = 84,
): TimeMark[] {
  const perSlot = widthPixels / (to - from);
  const gap = gapPixels / perSlot;
  const marks: TimeMark[] = [];
  const first = axis.at(Math.max(0, from))?.session ?? 0;
  const daily = axis.intervalMs >= day;
  let free = from - 1;
  for (let session = first; session < axis.sessions.length && axis.offsets[session]! < to; session++) {
    const open = axis.offsets[session]!;
    const end = Math.min(to, axis.offsets[session + 1]!);
    if (open >= free && open >= from && open <= to - gap / 3) {
      const date = axis.sessions[session]!.date;
      const roomy = !daily && (axis.offsets[session + 1]! - open) * perSlot > 150;
      marks.push({ position: open, text: roomy ? dayLabel(date).slice(0, -5) : shortDayLabel(date), open: true });
      free = open + gap;
    }
    if (daily) continue;
    const step = steps.find((ms) => ms >= axis.intervalMs * gap * 0.8) ?? 0;
    if (step === 0 || (axis.offsets[session + 1]! - open) * axis.intervalMs < step) continue;
    for (let position = Math.ceil(Math.max(from, open)); position < end; position++) {
      if (position < free || position > to - gap / 3) continue;
      const start = axis.start({ session, slot: position - open });
      if ((start + zone(zoneName).offsetAt(start as Instant)) % Math.min(step, 12 * hour) !== 0) continue;
      if (axis.offsets[session + 1]! - position < gap * 0.7 && axis.offsets[session + 1]! < to) continue;
      marks.push({ position, text: minuteLabel(start, zoneName), open: false });
      free = position + gap;
    }
  }
  return marks;
}
