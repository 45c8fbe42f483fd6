import type { Calendar } from './market-calendar.ts';
import { dateOf, days, december, july, thursday, yearly } from './date-rules.ts';
import { weekday } from './day.ts';
import type { DayText } from './instant.ts';
import { hour, minute } from './instant.ts';
import type { Hours } from './local-days.ts';
import { calendarOf } from './local-days.ts';
import * as us from './us-holidays.ts';

/**
 * The New York Stock Exchange, regular hours 09:30 to 16:00.
 *
 * Rules: NYSE Rule 7.2, formerly 51.10 (holidays, and how they are kept on weekends), and the exchange's yearly notices,
 * nyse.com/markets/hours-calendars, for early closes. For the past: the sessions of 1990 to 2023 are those of
 * github.com/gerrymanoim/exchange_calendars. Years before 1990 are not checked, so there are no sessions there.
 *
 * Simplification, as in that source: trading that began late, paused or stopped within a day (such as 2001-06-08,
 * 2015-07-08, March 2020) is not in the calendar; its slots count as missing.
 */
export const xnys: Calendar = newYork('XNYS');

/**
 * The Nasdaq Stock Market: the sessions of the New York Stock Exchange, whose holidays and early closes it keeps (Nasdaq
 * Equity 1, Section 1 and nasdaqtrader.com/trader.aspx?id=Calendar; github.com/gerrymanoim/exchange_calendars has both under
 * one calendar). No full day is known to us on which only one of the two was shut since 1990.
 */
export const xnas: Calendar = newYork('XNAS');

function newYork(name: string): Calendar {
  return calendarOf(
    {
      name,
      zone: 'America/New_York',
      first: '1990-01-01',
      last: '2099-12-31',
      // Extended hours as they are today (nyse.com/markets/hours-calendars, NYSE Arca; Nasdaq Equity 4, Rule 4617): from
      // 04:00, and four hours after the close, which is 17:00 on days that close at 13:00. Earlier years had shorter ones.
      extended: ({ close }) => ({ open: 4 * hour, close: close + 4 * hour }),
    },
    () => regular,
    (date) => {
      if (holidaysOf(date).has(date) || closures.has(date)) return undefined;
      return earlyDaysOf(date).has(date) ? earlyHours(date) : regular;
    },
  );
}

const open = 9 * hour + 30 * minute;
const regular: Hours = { open, close: 16 * hour };
const early: Hours = { open, close: 13 * hour };
const earlyBefore1993: Hours = { open, close: 14 * hour };
const start1993 = dateOf(1993, 0, 1);

function earlyHours(date: number): Hours {
  return date < start1993 ? earlyBefore1993 : early;
}

/** Days on which the exchanges stayed shut out of turn. */
const closures: ReadonlySet<number> = new Set([
  ...us.mourning,
  ...days('2001-09-11', '2001-09-12', '2001-09-13', '2001-09-14'), // attacks of September 11
  ...days('2012-10-29', '2012-10-30'), // hurricane Sandy
]);

const holidaysOf = yearly(
  (year): ReadonlySet<number | undefined> =>
    new Set([
      us.newYear(year),
      us.martinLutherKing(year),
      us.presidentsDay(year),
      us.goodFriday(year),
      us.memorialDay(year),
      us.juneteenth(year),
      us.independenceDay(year),
      us.laborDay(year),
      us.thanksgiving(year),
      us.christmas(year),
    ]),
);

/** Early closes out of turn, around Christmas and at the turn of the millennium. */
const outOfTurn: readonly DayText[] = ['1997-12-26', '1999-12-31', '2003-12-26'];

/** Days that close early where they are sessions: the days after holidays and eves can be holidays themselves. */
const earlyDaysOf = yearly((year): ReadonlySet<number> => {
  const found = new Set(days(...outOfTurn));
  found.add(dateOf(year, december, 24));
  // The Friday after Thanksgiving, since 1992.
  if (year >= 1992) found.add(us.thanksgiving(year) + 1);
  // The eve of Independence Day, since 1995. For a Thursday holiday it was the Friday after it until 2012.
  if (year >= 2013) found.add(dateOf(year, july, 3));
  else if (year >= 1995) found.add(dateOf(year, july, weekday(dateOf(year, july, 4)) === thursday ? 5 : 3));
  return found;
});
