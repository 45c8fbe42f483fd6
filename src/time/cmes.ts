import type { Calendar } from './market-calendar.ts';
import { dateOf, december, friday, yearly } from './date-rules.ts';
import { weekday } from './day.ts';
import { hour } from './instant.ts';
import type { Hours } from './local-days.ts';
import { calendarOf } from './local-days.ts';
import * as us from './us-holidays.ts';

/**
 * The Chicago Mercantile Exchange as one conservative calendar: 17:00 to 17:00 Chicago, dated by the day on which it closes;
 * 12:00 on the holidays of the United States on which trading stops at noon.
 *
 * The rules are those of github.com/gerrymanoim/exchange_calendars (CMES), whose sessions of 1990 to 2027 these are. It knows
 * neither the daily halt from 16:00 to 17:00 nor what products do differently; the calendars of CME products do.
 */
export const cmes: Calendar = calendarOf(
  { name: 'CMES', zone: 'America/Chicago', first: '1990-01-01', last: '2099-12-31' },
  () => regular,
  (date) => {
    if (holidaysOf(date).has(date) || us.mourning.has(date)) return undefined;
    return noonsOf(date).has(date) ? untilNoon : regular;
  },
);

const regular: Hours = { open: -7 * hour, close: 17 * hour };
const untilNoon: Hours = { open: -7 * hour, close: 12 * hour };

const holidaysOf = yearly(
  (year): ReadonlySet<number> => new Set([us.newYear(year), us.goodFriday(year), us.christmas(year)]),
);

const noonsOf = yearly((year): ReadonlySet<number | undefined> => {
  const found = new Set([
    us.martinLutherKing(year),
    us.presidentsDay(year),
    us.memorialDay(year),
    us.juneteenth(year),
    us.independenceDay(year),
    us.laborDay(year),
    us.thanksgiving(year),
  ]);
  if (year >= 1993) found.add(us.thanksgiving(year) + 1);
  // The eve of Christmas; on a Friday it is the holiday of a Saturday.
  const eve = dateOf(year, december, 24);
  if (weekday(eve) !== friday) found.add(eve);
  return found;
});
