import { dayNumber, weekday } from './day.ts';
import type { DayText } from './instant.ts';
import { day } from './instant.ts';

/** Days of the week and months as the rules of calendars name them: Sunday is 0, January 0. */
export const [sunday, monday, thursday, friday, saturday] = [0, 1, 4, 5, 6] as const;
export const [january, february, march, april, may, june] = [0, 1, 2, 3, 4, 5] as const;
export const [july, august, september, october, november, december] = [6, 7, 8, 9, 10, 11] as const;

/** Dates are days since 1970-01-01 in this file and in the calendars. */
export function dateOf(year: number, month: number, dayOfMonth: number): number {
  return Date.UTC(year, month, dayOfMonth) / day;
}

export function yearOf(date: number): number {
  return new Date(date * day).getUTCFullYear();
}

/** The n-th such day of the week in a month, counted from its day `from` on. */
export function nth(n: number, on: number, year: number, month: number, from = 1): number {
  const start = dateOf(year, month, from);
  return start + ((on - weekday(start) + 7) % 7) + 7 * (n - 1);
}

/** The last such day of the week in a month. */
export function last(on: number, year: number, month: number): number {
  const end = dateOf(year, month + 1, 0);
  return end - ((weekday(end) - on + 7) % 7);
}

/** A holiday on a Saturday is kept on the Friday before, one on a Sunday on the Monday after. */
export function nearestWeekday(date: number): number {
  if (weekday(date) === saturday) return date - 1;
  return weekday(date) === sunday ? date + 1 : date;
}

/** The date itself, or the Friday before its weekend. */
export function fridayBefore(date: number): number {
  if (weekday(date) === saturday) return date - 1;
  return weekday(date) === sunday ? date - 2 : date;
}

/** The date itself, or the Monday after its weekend. */
export function mondayAfter(date: number): number {
  if (weekday(date) === saturday) return date + 2;
  return weekday(date) === sunday ? date + 1 : date;
}

/** Easter Sunday: the anonymous Gregorian algorithm (J. Meeus, Astronomical Algorithms, chapter 8). */
export function easter(year: number): number {
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

/** Dates that are listed by hand, each with its reason at its place. */
export function days(...texts: readonly DayText[]): ReadonlySet<number> {
  return new Set(texts.map(dayNumber));
}

/** What holds for a year, worked out once for each year that is asked for; calendars ask date by date. */
export function yearly<T>(of: (year: number) => T): (date: number) => T {
  const known = new Map<number, T>();
  let [begin, end] = [0, 0];
  let latest: T;
  return (date) => {
    if (date >= begin && date < end) return latest;
    const year = yearOf(date);
    if (!known.has(year)) known.set(year, of(year));
    [begin, end] = [dateOf(year, january, 1), dateOf(year + 1, january, 1)];
    latest = known.get(year)!;
    return latest;
  };
}
