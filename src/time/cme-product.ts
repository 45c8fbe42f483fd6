import type { Calendar } from './market-calendar.ts';
import { april, dateOf, december, friday, july, monday, yearly } from './date-rules.ts';
import { dayNumber, weekday } from './day.ts';
import type { DayText } from './instant.ts';
import { hour, minute } from './instant.ts';
import type { Hours } from './local-days.ts';
import { calendarOf } from './local-days.ts';
import * as us from './us-holidays.ts';

/** What a year changes: the close of a date on the wall clock, its hours, or null where there is no session. */
export type Changes = Iterable<readonly [date: number | undefined, change: number | Partial<Hours> | null]>;

/** A group of products of CME Group that keep the same hours on CME Globex. */
export interface Product {
  readonly name: string;
  /** First and last date for which the hours are known. */
  readonly first: DayText;
  readonly last?: DayText;
  /** Regular hours, each from a date on. */
  readonly hours: readonly (readonly [from: DayText, hours: Hours])[];
  /** Later ones win. */
  readonly changes: (year: number) => Changes;
}

/** The calendar of a group of products; a session is dated by its trade date, the day on which it closes. */
export function cmeProduct({ name, first, last = '2099-12-31', hours, changes }: Product): Calendar {
  const eras = hours.map(([from, each]) => [dayNumber(from), each] as const).reverse();
  const regularOf = (date: number): Hours => (eras.find(([from]) => date >= from) ?? eras.at(-1)!)[1];
  const changesOf = yearly((year) => new Map(changes(year)));
  return calendarOf({ name, zone: 'America/Chicago', first, last }, regularOf, (date) => {
    const regular = regularOf(date);
    const change = changesOf(date).get(date);
    if (change === undefined) return regular;
    if (change === null) return undefined;
    const changed = { ...regular, ...(typeof change === 'number' ? { close: change } : change) };
    const { open, close, breaks = [] } = changed;
    return { ...changed, breaks: breaks.filter(([start]) => start >= open && start < close) };
  });
}

/** Globex opens at 17:00 on the day before the trade date. */
export const evening = -7 * hour;

/** Milliseconds after midnight. */
export function at(hours: number, minutes = 0): number {
  return hours * hour + minutes * minute;
}

/** The same change for several dates. */
export function each(dates: Iterable<number | undefined>, change: number | Partial<Hours> | null): Changes {
  return [...dates].map((date) => [date, change] as const);
}

/** The holidays of the United States on which Globex halts by midday, and on which agricultural products are shut. */
export function halfHolidays(year: number): (number | undefined)[] {
  return [
    us.martinLutherKing(year),
    us.presidentsDay(year),
    us.memorialDay(year),
    us.juneteenth(year),
    us.independenceDay(year),
    us.laborDay(year),
    us.thanksgiving(year),
  ];
}

/** The days on which all of Globex is shut. */
export function fullHolidays(year: number): number[] {
  return [us.newYear(year), us.goodFriday(year), us.christmas(year)];
}

/** Good Friday when the employment report of the United States comes that morning, on the first Friday of April. */
export function reportFriday(year: number): number | undefined {
  const date = us.goodFriday(year);
  return date >= dateOf(year, april, 1) && date <= dateOf(year, april, 7) ? date : undefined;
}

/** 24 December from Monday to Thursday; on a Friday it is the holiday of a Saturday. */
export function christmasEve(year: number): number | undefined {
  const date = dateOf(year, december, 24);
  return weekday(date) >= monday && weekday(date) < friday ? date : undefined;
}

/** 3 July when the holiday is from Tuesday to Friday. */
export function independenceEve(year: number): number | undefined {
  const holiday = dateOf(year, july, 4);
  return weekday(holiday) > monday && weekday(holiday) <= friday ? holiday - 1 : undefined;
}

/** A day that is listed by hand; undefined in other years. */
export function onDay(text: DayText, year: number): number | undefined {
  return text.startsWith(`${year}-`) ? dayNumber(text) : undefined;
}
