import type { Calendar } from './market-calendar.ts';
import { day, hour } from './instant.ts';
import type { Hours } from './local-days.ts';
import { calendarOf } from './local-days.ts';

const wholeDay: Hours = { open: 0, close: day };
const years = { first: '1970-01-01', last: '2099-12-31' } as const;

/** Markets that never close, such as crypto: a session is a day of UTC. */
export const alwaysOpen: Calendar = calendarOf(
  { name: '24/7', zone: 'UTC', ...years, weekdays: new Set([0, 1, 2, 3, 4, 5, 6]) },
  () => wholeDay,
  () => wholeDay,
);

/** Markets that are open around the clock from Monday to Friday: a session is a day of UTC. */
export const weekdaysOpen: Calendar = calendarOf(
  { name: '24/5', zone: 'UTC', ...years },
  () => wholeDay,
  () => wholeDay,
);

const untilFive: Hours = { open: -7 * hour, close: 17 * hour };

/**
 * Foreign exchange between banks: open from Sunday 17:00 to Friday 17:00 New York, when the value date changes; a session a
 * day, dated by the day on which it ends.
 *
 * Simplification, as in github.com/rsheftel/pandas_market_calendars (forex): there are no holidays. Around Christmas and New
 * Year brokers close for hours of their own, whose slots count as missing.
 */
export const foreignExchange: Calendar = calendarOf(
  { name: 'FX', zone: 'America/New_York', ...years },
  () => untilFive,
  () => untilFive,
);
