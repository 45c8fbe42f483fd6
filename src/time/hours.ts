import type { Calendar } from './market-calendar.ts';
import { dayNumber, dayText } from './day.ts';
import type { Instant } from './instant.ts';
import { day, hour, instant, minute } from './instant.ts';
import type { Session } from './session.ts';
import type { Zone } from './zone.ts';
import { zone } from './zone.ts';

/** Which hours of a calendar are played. */
export interface SessionHours {
  /** The calendar's own hours; those before and after too; or those around them, as hours in which the session is not active. */
  readonly hours: 'regular' | 'extended' | 'around';
  /** Wall times, `HH:MM`; an end may be `24:00`. Null is the calendar's own. */
  readonly start: string | null;
  readonly end: string | null;
  /** IANA name of the zone of start and end; null is that of the calendar. */
  readonly timeZone: string | null;
}

/**
 * The calendar with other hours.
 *
 * Start and end are on the date of the session. Where sessions open on the day before, or the wall times are of another zone,
 * they mean the moment within the regular hours of that date; where there is none, the one next to the regular open or close,
 * but none within the regular hours of the date before or after (of a market that never closes, when the clocks go back).
 * A session never gets longer than 24 hours of wall clock.
 *
 * An early close that comes before the new end stays; every other session ends at the new end, also where that is later than
 * the calendar's own. Sessions are dropped of which no active hours are left, such as those that close early before the new
 * start.
 * Throws a RangeError for a text that is no time of day, an unknown zone, a start that is not before the end on the same day,
 * and for extended hours of a calendar that has none.
 */
export function withHours(calendar: Calendar, { hours, start, end, timeZone }: SessionHours): Calendar {
  const startMs = start === null ? null : msOfDay(start, 'start', day - minute);
  const endMs = end === null ? null : msOfDay(end, 'end', day);
  const searched = calendar.overnight || (timeZone !== null && timeZone !== calendar.zone);
  if (!searched && startMs !== null && endMs !== null && startMs >= endMs) {
    throw new RangeError(`The session start was ${start} and its end ${end}; the start must be before the end`);
  }
  const base = hours === 'regular' ? calendar : extended(calendar, hours);
  if (startMs === null && endMs === null) return base;

  const clock = zone(timeZone ?? calendar.zone);
  const wallDay = (session: Session): number => dayNumber(session.date) * day;
  const changed = (session: Session): Session => {
    const regular = searched ? base.regular(session.date) : undefined;
    const find = (ms: number, near: 'open' | 'close'): Instant =>
      clock.fromWall(wallDay(session) + ms + (regular ? shiftTo(near, regular, wallDay(session) + ms, clock) : 0));
    const beside = (days: number): ReturnType<Calendar['regular']> =>
      base.regular(dayText(dayNumber(session.date) + days));
    let open = startMs === null ? session.open : find(startMs, 'open');
    if (regular && open < regular.open) open = instant(Math.max(open, beside(-1).close));
    let newEnd = endMs === null ? null : find(endMs, 'close');
    if (regular && newEnd !== null && newEnd > regular.close) newEnd = instant(Math.min(newEnd, beside(1).open));
    if (newEnd !== null && wallOf(newEnd, clock) - wallOf(open, clock) > day) {
      newEnd = clock.fromWall(wallOf(newEnd, clock) - day);
    }
    const close = newEnd === null || (session.early && session.close < newEnd) ? session.close : newEnd;
    return cut(session, open, close, newEnd);
  };
  return {
    ...base,
    sessions: (from, to) =>
      base
        .sessions(from, to)
        .map(changed)
        .filter((session) => session.activeFrom < session.activeTo),
  };
}

function extended(calendar: Calendar, hours: 'extended' | 'around'): Calendar {
  const wide = calendar.extended;
  if (!wide) throw new RangeError(`The hours were "${hours}"; ${calendar.name} has no hours before and after`);
  if (hours === 'around') return { ...calendar, ...wide };
  const active = (session: Session): Session => ({ ...session, activeFrom: session.open, activeTo: session.close });
  return { ...calendar, ...wide, sessions: (from, to) => wide.sessions(from, to).map(active) };
}

/** By how much a wall time on the session's date is to be moved, in whole days, to mean the moment of its regular hours. */
function shiftTo(
  near: 'open' | 'close',
  regular: ReturnType<Calendar['regular']>,
  wallMs: number,
  clock: Zone,
): number {
  let best = 0;
  let least = Infinity;
  for (const shift of [-day, 0, day]) {
    const at = clock.fromWall(wallMs + shift);
    const inside =
      near === 'open' ? at >= regular.open && at < regular.close : at > regular.open && at <= regular.close;
    if (inside) return shift;
    const distance = Math.abs(at - regular[near]);
    if (distance < least) [best, least] = [shift, distance];
  }
  return best;
}

function wallOf(at: Instant, clock: Zone): number {
  return at + clock.offsetAt(at);
}

/** The session from `open` to `close`; one that is active all the time stays so. `newEnd` is where it ends if not early, if that is new. */
function cut(session: Session, open: Instant, close: Instant, newEnd: Instant | null): Session {
  const within = (at: number): Instant => instant(Math.min(Math.max(at, open), close));
  // A day that begins later or ends earlier than the session is moved by the difference, also where it closes early.
  const shift = Math.min(open - session.dayStart, 0) || Math.max((newEnd ?? close) - session.dayEnd, 0);
  return {
    ...session,
    open,
    close,
    activeFrom: session.activeFrom === session.open ? open : within(session.activeFrom),
    activeTo: session.activeTo === session.close ? close : within(session.activeTo),
    breaks: session.breaks
      .filter((pause) => pause.end > open && pause.start < close)
      .map((pause) => ({ start: within(pause.start), end: within(pause.end) })),
    early: session.early && (newEnd === null || session.activeTo < newEnd),
    dayStart: instant(session.dayStart + shift),
    dayEnd: instant(session.dayEnd + shift),
  };
}

function msOfDay(text: string, which: string, latest: number): number {
  const ms = timeOfDay(text);
  if (!(ms <= latest)) throw new RangeError(`The session ${which} was "${text}"; it must be a time of day as HH:MM`);
  return ms;
}

/** Milliseconds after midnight of a wall time `HH:MM`, up to `24:00`; NaN for any other text. */
export function timeOfDay(text: string): number {
  const match = /^([0-2][0-9]):([0-5][0-9])$/.exec(text);
  const ms = match ? Number(match[1]) * hour + Number(match[2]) * minute : NaN;
  return ms <= day ? ms : NaN;
}
