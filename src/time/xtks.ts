import type { Calendar } from './market-calendar.ts';
import { dateOf, days, december, january, yearly } from './date-rules.ts';
import { dayNumber } from './day.ts';
import { hour, minute } from './instant.ts';
import { japanHolidays } from './japan-holidays.ts';
import type { Hours } from './local-days.ts';
import { calendarOf } from './local-days.ts';

/**
 * The Tokyo Stock Exchange: 09:00 to 11:30 and 12:30 to 15:00, since 2024-11-05 to 15:30. There are no early closes.
 *
 * Rules: jpx.co.jp/english/equities/trading/domestic (hours), its list of holidays: national holidays and 31 December to 3
 * January. For the past: the sessions of 2000 to 2026 are those of github.com/gerrymanoim/exchange_calendars; the years before
 * follow from the act on holidays (`japanHolidays`). Trading on Saturdays had ended in 1989.
 *
 * Simplifications, as in that source: the lunch break is today's in all years (the morning ended at 11:00 until November 2011,
 * the afternoon began at 13:00 until 1991), and the half days at the turn of the year, kept until 2009, count as whole ones.
 * Trading away from the auction (ToSTNeT) is not in the calendar; there are no extended hours.
 */
export const xtks: Calendar = calendarOf(
  { name: 'XTKS', zone: 'Asia/Tokyo', first: '1990-01-01', last: '2099-12-31' },
  hoursOf,
  (date) => (holidaysOf(date).has(date) || closures.has(date) ? undefined : hoursOf(date)),
);

const [open, breaks] = [9 * hour, [[11 * hour + 30 * minute, 12 * hour + 30 * minute]] as const];
const untilThree: Hours = { open, breaks, close: 15 * hour };
const untilHalfPastThree: Hours = { open, breaks, close: 15 * hour + 30 * minute };

/** The close moved with the trading system arrowhead 4.0. */
const laterClose = dayNumber('2024-11-05');

function hoursOf(date: number): Hours {
  return date < laterClose ? untilThree : untilHalfPastThree;
}

/** Days on which the exchange stayed shut out of turn. */
const closures = days('2020-10-01'); // failure of the trading system

const holidaysOf = yearly(
  (year): ReadonlySet<number> =>
    new Set([...japanHolidays(year), dateOf(year, january, 2), dateOf(year, january, 3), dateOf(year, december, 31)]),
);
