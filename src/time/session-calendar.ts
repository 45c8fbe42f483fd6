import type { Calendar } from './market-calendar.ts';
import { calendar } from './calendar.ts';
import type { CustomCalendar } from './custom-calendar.ts';
import { customCalendar } from './custom-calendar.ts';
import type { SessionHours } from './hours.ts';
import { withHours } from './hours.ts';

/** The settings that decide the sessions of a run. */
export interface SessionRules extends SessionHours {
  readonly calendar: string;
  /** Instead of the calendar. */
  readonly custom: CustomCalendar | null;
}

/** The calendar that is meant, with its own hours. Throws a RangeError for an unknown name. */
export function marketOf({ calendar: name, custom }: Pick<SessionRules, 'calendar' | 'custom'>): Calendar {
  return custom === null ? calendar(name) : customCalendar(custom);
}

/** The calendar with the hours that are played. Throws a RangeError as `calendar` and `withHours` do. */
export function sessionCalendar(rules: SessionRules): Calendar {
  return withHours(marketOf(rules), rules);
}
