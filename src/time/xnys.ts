import type { Calendar } from './calendar.ts';
import { dayNumber, weekday } from './day.ts';
import { day, hour, minute } from './instant.ts';
import type { Hours } from './local-days.ts';
import { calendarOf } from './local-days.ts';

const [sunday, monday, thursday, saturday] = [0, 1, 4, 6];
const [january, february, may, june, july, september, november, december] = [0, 1, 4, 5, 6, 8, 10, 11];

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
export const xnys: Calendar = calendarOf(
  { name: 'XNYS', zone: 'America/New_York', first: '1990-01-01', last: '2099-12-31' },
  (date) => {
    const weekend = weekday(date) === saturday || weekday(date) === sunday;
    if (weekend || isHoliday(date) || closures.has(date)) return undefined;
    return isEarly(date) ? earlyHours(date) : regular;
  },
);

const open = 9 * hour + 30 * minute;
const regular: Hours = { open, close: 16 * hour, early: false };

/** Early closes are at 13:00; before 1993 they were at 14:00. */
function earlyHours(date: number): Hours {
  return { open, close: (yearOf(date) < 1993 ? 14 : 13) * hour, early: true };
}

/** Days on which the exchange stayed shut out of turn. */
const closures = days(
  '1994-04-27', // funeral of Richard Nixon
  ...['2001-09-11', '2001-09-12', '2001-09-13', '2001-09-14'], // attacks of September 11
  '2004-06-11', // mourning of Ronald Reagan
  '2007-01-02', // mourning of Gerald Ford
  ...['2012-10-29', '2012-10-30'], // hurricane Sandy
  '2018-12-05', // mourning of George H. W. Bush
  '2025-01-09', // mourning of Jimmy Carter
);

/** Early closes out of turn, around Christmas and at the turn of the millennium. */
const earlyDays = days('1997-12-26', '1999-12-31', '2003-12-26');

function isHoliday(date: number): boolean {
  const year = yearOf(date);
  return (
    // New Year's Day. On a Saturday it is not kept: the Friday ends the accounting year (Rule 7.2).
    date === (weekday(dateOf(year, january, 1)) === sunday ? dateOf(year, january, 2) : dateOf(year, january, 1)) ||
    // Martin Luther King's birthday, kept since 1998 (SR-NYSE-97-22).
    (year >= 1998 && date === nth(3, monday, year, january)) ||
    // Washington's birthday (Presidents' Day).
    date === nth(3, monday, year, february) ||
    date === easter(year) - 2 ||
    // Memorial Day: the last Monday of May.
    date === nth(1, monday, year, may, 25) ||
    // Juneteenth, kept since 2022 (the exchange's change of Rule 7.2 of October 2021).
    (year >= 2022 && date === observed(dateOf(year, june, 19))) ||
    date === observed(dateOf(year, july, 4)) ||
    // Labor Day.
    date === nth(1, monday, year, september) ||
    date === thanksgiving(year) ||
    date === observed(dateOf(year, december, 25))
  );
}

/** Whether a session closes early; the days after holidays and eves that are holidays themselves are no sessions. */
function isEarly(date: number): boolean {
  const year = yearOf(date);
  // The eve of Christmas.
  if (date === dateOf(year, december, 24)) return true;
  // The Friday after Thanksgiving, since 1992.
  if (year >= 1992 && date === thanksgiving(year) + 1) return true;
  // The eve of Independence Day, since 1995. For a Thursday holiday it was the Friday after it until 2012.
  if (year >= 2013 && date === dateOf(year, july, 3)) return true;
  if (year >= 1995 && year < 2013) {
    const holidayOn = weekday(dateOf(year, july, 4));
    if (date === dateOf(year, july, holidayOn === thursday ? 5 : 3)) return true;
  }
  return earlyDays.has(date);
}

function thanksgiving(year: number): number {
  return nth(4, thursday, year, november);
}

/** A holiday on a Saturday is kept on the Friday before, one on a Sunday on the Monday after (Rule 7.2). */
function observed(date: number): number {
  if (weekday(date) === saturday) return date - 1;
  return weekday(date) === sunday ? date + 1 : date;
}

/** The n-th such day of the week in a month, counted from its day `from` on. */
function nth(n: number, on: number, year: number, month: number, from = 1): number {
  const start = dateOf(year, month, from);
  return start + ((on - weekday(start) + 7) % 7) + 7 * (n - 1);
}

/** Easter Sunday: the anonymous Gregorian algorithm (J. Meeus, Astronomical Algorithms, chapter 8). */
function easter(year: number): number {
  const a = year % 19;
  const b = Math.floor(year / 100);
  const c = year % 100;
  const d = Math.floor(b / 4);
  const g = Math.floor((b - Math.floor((b + 8) / 25) + 1) / 3);
  const h = (19 * a + b - d - g + 15) % 30;
  const l = (32 + 2 * (b % 4) + 2 * Math.floor(c / 4) - h - (c % 4)) % 7;
  const m = Math.floor((a + 11 * h + 22 * l) / 451);
  const at = h + l - 7 * m + 114;
  return dateOf(year, Math.floor(at / 31) - 1, (at % 31) + 1);
}

function dateOf(year: number, month: number, dayOfMonth: number): number {
  return Date.UTC(year, month, dayOfMonth) / day;
}

function yearOf(date: number): number {
  return new Date(date * day).getUTCFullYear();
}

function days(...texts: string[]): ReadonlySet<number> {
  return new Set(texts.map(dayNumber));
}
