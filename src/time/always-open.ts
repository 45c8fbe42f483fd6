import type { Calendar } from './calendar.ts';
import { day } from './instant.ts';
import { calendarOf } from './local-days.ts';

/** Markets that never close, such as crypto: a session is a day of UTC. */
export const alwaysOpen: Calendar = calendarOf(
  { name: '24/7', zone: 'UTC', first: '1970-01-01', last: '2099-12-31' },
  () => ({ open: 0, close: day, early: false }),
);
