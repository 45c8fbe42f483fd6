import type { Config } from '../config/schema.ts';
import { calendar, type Calendar } from '../time/calendar.ts';
import { withHours } from '../time/hours.ts';

/** The calendar that the settings of a session mean, with its hours. */
export function marketOf(session: Config['session']): Calendar {
  return withHours(calendar(session.calendar), session);
}
