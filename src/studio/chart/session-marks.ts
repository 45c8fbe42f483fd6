import type { RunPlan } from '../../session/plan.ts';
import { day } from '../../time/instant.ts';
import { sessionCalendar } from '../../time/session-calendar.ts';
import type { SlotAxis } from './slot-axis.ts';
import type { Span } from './viewport.ts';

/** What is drawn of the sessions in sight: positions on the axis. */
export interface SessionMarks {
  /** Where a session opens. */
  readonly opens: readonly number[];
  /** Where a session goes on after a break, which takes no room on the axis. */
  readonly breaks: readonly number[];
  /** Hours before and after the regular ones, `[from, to)`. */
  readonly extended: readonly Span[];
}

/** By session of a plan: its regular hours `[from, to)`, epoch milliseconds. */
export type ActiveHours = readonly (readonly [from: number, to: number])[];

/** The regular hours of the plan's sessions; where extended hours are part of them, as the calendar has them. */
export function activeHours({ config, sessions }: RunPlan): ActiveHours {
  if (config.session.hours !== 'extended') return sessions.map(({ activeFrom, activeTo }) => [activeFrom, activeTo]);
  const regular = sessionCalendar({ ...config.session, hours: 'around' }).sessions(
    sessions[0]!.date,
    sessions.at(-1)!.date,
  );
  const byDate = new Map(regular.map(({ date, activeFrom, activeTo }) => [date, [activeFrom, activeTo] as const]));
  return sessions.map(({ date, activeFrom, activeTo }) => byDate.get(date) ?? [activeFrom, activeTo]);
}

/** The marks of the sessions that lie, at least in part, in the span. Bars of a day have opens alone. */
export function sessionMarks(axis: SlotAxis, { from, to }: Span, hours: ActiveHours): SessionMarks {
  const opens: number[] = [];
  const breaks: number[] = [];
  const extended: Span[] = [];
  const isSeen = (position: number): boolean => position >= from && position <= to;
  for (let k = axis.at(Math.max(0, from))?.session ?? axis.sessions.length; k < axis.sessions.length; k++) {
    const [open, close] = [axis.offsets[k]!, axis.offsets[k + 1]!];
    if (open > to) break;
    // A line at every bar would tell nothing.
    if (isSeen(open) && close - open > 1) opens.push(open);
    if (axis.intervalMs >= day) continue;
    for (const { firstSlot } of axis.segments(k))
      if (firstSlot > 0 && isSeen(open + firstSlot)) breaks.push(open + firstSlot);
    const [activeFrom, activeTo] = hours[k]!;
    const { open: opensAt, close: closesAt } = axis.sessions[k]!;
    if (activeFrom > opensAt) extended.push({ from: open, to: axis.positionAt(activeFrom) });
    if (activeTo < closesAt) extended.push({ from: axis.positionAt(activeTo), to: close });
  }
  return { opens, breaks, extended: extended.filter((hours) => hours.to > from && hours.from < to) };
}
