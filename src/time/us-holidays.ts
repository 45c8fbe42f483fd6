import { weekday } from './day.ts';
import {
  dateOf,
  days,
  december,
  easter,
  january,
  february,
  july,
  june,
  last,
  may,
  monday,
  nearestWeekday,
  november,
  nth,
  september,
  sunday,
  thursday,
} from './date-rules.ts';

/** The holidays of the markets of the United States; which of them a market keeps, and how, is the calendar's affair. */

/** New Year's Day. On a Saturday it is not kept: the Friday ends the accounting year (NYSE Rule 7.2). */
export function newYear(year: number): number {
  const date = dateOf(year, january, 1);
  return weekday(date) === sunday ? date + 1 : date;
}

/** Martin Luther King's birthday, kept since 1998 (SR-NYSE-97-22). */
export function martinLutherKing(year: number): number | undefined {
  return year >= 1998 ? nth(3, monday, year, january) : undefined;
}

/** Washington's birthday, Presidents' Day. */
export function presidentsDay(year: number): number {
  return nth(3, monday, year, february);
}

export function goodFriday(year: number): number {
  return easter(year) - 2;
}

export function memorialDay(year: number): number {
  return last(monday, year, may);
}

/** Kept since 2022 (the New York exchange's change of Rule 7.2 of October 2021). */
export function juneteenth(year: number): number | undefined {
  return year >= 2022 ? nearestWeekday(dateOf(year, june, 19)) : undefined;
}

export function independenceDay(year: number): number {
  return nearestWeekday(dateOf(year, july, 4));
}

export function laborDay(year: number): number {
  return nth(1, monday, year, september);
}

export function thanksgiving(year: number): number {
  return nth(4, thursday, year, november);
}

export function christmas(year: number): number {
  return nearestWeekday(dateOf(year, december, 25));
}

/** National days of mourning, on which stocks and futures were shut. */
export const mourning = days(
  '1994-04-27', // Richard Nixon
  '2004-06-11', // Ronald Reagan
  '2007-01-02', // Gerald Ford
  '2018-12-05', // George H. W. Bush
  '2025-01-09', // Jimmy Carter
);
