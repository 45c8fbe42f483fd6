import { calendar } from '../../src/time/calendar.ts';
import type { DayText } from '../../src/time/instant.ts';
import { hour, instant, minute } from '../../src/time/instant.ts';
import type { Session } from '../../src/time/session.ts';

/** The session of that date; fails when the market was shut. */
export function session(date: DayText, calendarName = 'XNYS'): Session {
  const [found] = calendar(calendarName).sessions(date, date);
  if (!found) throw new Error(`${calendarName} has no session on ${date}`);
  return found;
}

/** A session of that many minutes that opens at the epoch, shut during `[from, to)` of each break. */
export function sessionOfMinutes(minutes: number, ...breaks: [from: number, to: number][]): Session {
  return {
    date: '1970-01-01',
    open: instant(0),
    close: instant(minutes * minute),
    breaks: breaks.map(([from, to]) => ({ start: instant(from * minute), end: instant(to * minute) })),
    early: false,
    activeFrom: instant(0),
    activeTo: instant(minutes * minute),
    dayStart: instant(0),
    dayEnd: instant(24 * hour),
  };
}
