import type { Calendar } from './calendar.ts';
import { dayNumber } from './day.ts';
import type { Instant } from './instant.ts';
import { day, hour, instant, minute } from './instant.ts';
import type { Session } from './session.ts';
import { zone } from './zone.ts';

/** Wall times in the market's zone, `HH:MM`; an end may be `24:00`. Null is the calendar's own. */
export interface HoursOverride {
  readonly start: string | null;
  readonly end: string | null;
}

/**
 * The calendar with other hours. An early close that comes before the new end stays; every other session ends at the new
 * end, also where that is later than the calendar's own. Sessions of which nothing is left are dropped, such as those that
 * close early before the new start.
 * Throws a RangeError for a text that is no time of day, or a start that is not before the end.
 */
export function withHours(calendar: Calendar, { start, end }: HoursOverride): Calendar {
  const startMs = start === null ? null : msOfDay(start, 'start', day - minute);
  const endMs = end === null ? null : msOfDay(end, 'end', day);
  if (startMs !== null && endMs !== null && startMs >= endMs) {
    throw new RangeError(`The session start was ${start} and its end ${end}; the start must be before the end`);
  }
  if (startMs === null && endMs === null) return calendar;

  const market = zone(calendar.zone);
  const atWall = (session: Session, ms: number): Instant => market.fromWall(dayNumber(session.date) * day + ms);
  const changed = (session: Session): Session => {
    const open = startMs === null ? session.open : atWall(session, startMs);
    const newEnd = endMs === null ? Infinity : atWall(session, endMs);
    const close = endMs === null || (session.early && session.close < newEnd) ? session.close : instant(newEnd);
    const breaks = session.breaks
      .filter((pause) => pause.end > open && pause.start < close)
      .map((pause) => ({
        start: instant(Math.max(pause.start, open)),
        end: instant(Math.min(pause.end, close)),
      }));
    return {
      ...session,
      open,
      close,
      activeFrom: open,
      activeTo: close,
      breaks,
      early: session.early && close < newEnd,
    };
  };
  return {
    ...calendar,
    sessions: (from, to) =>
      calendar
        .sessions(from, to)
        .map(changed)
        .filter((session) => session.open < session.close),
  };
}

function msOfDay(text: string, which: string, latest: number): number {
  const match = /^([0-2][0-9]):([0-5][0-9])$/.exec(text);
  const ms = match ? Number(match[1]) * hour + Number(match[2]) * minute : NaN;
  if (!(ms <= latest)) throw new RangeError(`The session ${which} was "${text}"; it must be a time of day as HH:MM`);
  return ms;
}
