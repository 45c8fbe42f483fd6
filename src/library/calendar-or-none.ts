import type { Calendar } from '../time/market-calendar.ts';
import { sessionCalendar, type SessionRules } from '../time/session-calendar.ts';

/** The calendar of the settings; undefined where they make none, such as extended hours of a market that has none. */
export function calendarOrNone(rules: SessionRules): Calendar | undefined {
  try {
    return sessionCalendar(rules);
  } catch (error) {
    if (error instanceof RangeError) return undefined;
    throw error;
  }
}
