import { day, hour, minute, type Instant } from '../../time/instant.ts';
import { zone } from '../../time/zone.ts';
import { dayLabel, minuteLabel, monthLabel, shortDayLabel } from '../labels.ts';
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

/** A day and a time beside each other are so much wider than a time. */
const datedShare = 1.3;

/**
 * Labels for the part in sight, at least `gapPixels` apart: the day at the opens of sessions, and round wall times between. Where
 * the open itself has no label, the session's first one names the day too.
 */
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
    const close = axis.offsets[session + 1]!;
    const end = Math.min(to, close);
    const { date, days } = axis.sessions[session]!;
    if (days) {
      const perMark = Math.round(axis.intervalMs / day);
      for (let position = Math.ceil(Math.max(from, open)); position < end; position++) {
        if (position < free || position > to - gap / 3) continue;
        const slot = (position - open) * perMark;
        const { date: here } = days[slot]!;
        // Close together the first of a month stands for all of it.
        const newMonth = slot === 0 || here.slice(0, 7) !== days[slot - perMark]!.date.slice(0, 7);
        if (gap * perMark > 12 && !newMonth) continue;
        const text = gap * perMark > 12 ? monthLabel(here) : shortDayLabel(here);
        marks.push({ position, text, open: slot === 0 });
        free = position + gap;
      }
      continue;
    }
    // The next open is named where it is in sight; a time never takes its room.
    const opensNext = session + 1 < axis.sessions.length && close <= to - gap / 3;
    let named = false;
    if (open >= free && open >= from && open <= to - gap / 3) {
      const roomy = !daily && (close - open) * perSlot > 150;
      marks.push({ position: open, text: roomy ? dayLabel(date).slice(0, -5) : shortDayLabel(date), open: true });
      free = open + gap;
      named = true;
    }
    if (daily) continue;
    const step = steps.find((ms) => ms >= axis.intervalMs * gap * 0.8) ?? 0;
    if (step === 0 || (close - open) * axis.intervalMs < step) continue;
    for (let position = Math.ceil(Math.max(from, open)); position < end; position++) {
      if (position < free || position > to - gap / 3) continue;
      const start = axis.start({ session, slot: position - open });
      if ((start + zone(zoneName).offsetAt(start as Instant)) % Math.min(step, 12 * hour) !== 0) continue;
      const room = named ? gap : gap * datedShare;
      if (close - position < room && opensNext) break;
      const time = minuteLabel(start, zoneName);
      marks.push({ position, text: named ? time : `${shortDayLabel(date)} ${time}`, open: false });
      free = position + room;
      named = true;
    }
  }
  return marks;
}
