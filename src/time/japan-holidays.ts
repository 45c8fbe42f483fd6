import {
  april,
  august,
  dateOf,
  days,
  december,
  february,
  january,
  july,
  march,
  may,
  monday,
  november,
  nth,
  october,
  september,
  sunday,
} from './date-rules.ts';
import { weekday } from './day.ts';

/**
 * The national holidays of Japan in a year from 1986 on, as dates.
 *
 * Rules: the Act on National Holidays (Act 178 of 1948) with its changes, and cao.go.jp/chosei/shukujitsu for single years. The
 * equinoxes are computed; the day that counts is announced in February of the year before, and has agreed so far.
 */
export function japanHolidays(year: number): ReadonlySet<number> {
  const named = new Set<number>([
    dateOf(year, january, 1),
    // Coming of Age Day.
    year < 2000 ? dateOf(year, january, 15) : nth(2, monday, year, january),
    // National Foundation Day.
    dateOf(year, february, 11),
    dateOf(year, march, equinox(20.8431, year)),
    // Greenery Day until 2006, Showa Day since.
    dateOf(year, april, 29),
    // Constitution Memorial Day.
    dateOf(year, may, 3),
    // Children's Day.
    dateOf(year, may, 5),
    // Respect for the Aged Day.
    year < 2003 ? dateOf(year, september, 15) : nth(3, monday, year, september),
    dateOf(year, september, equinox(23.2488, year)),
    sportsDay(year),
    // Culture Day.
    dateOf(year, november, 3),
    // Labour Thanksgiving Day.
    dateOf(year, november, 23),
  ]);
  // The Emperor's birthday; there was none in 2019.
  if (year <= 2018) named.add(dateOf(year, december, 23));
  if (year >= 2020) named.add(dateOf(year, february, 23));
  // Greenery Day.
  if (year >= 2007) named.add(dateOf(year, may, 4));
  if (year >= 1996) named.add(marineDay(year));
  if (year >= 2016) named.add(mountainDay(year));
  for (const date of single) named.add(date);

  const found = new Set(named);
  for (const date of named) {
    // A holiday on a Sunday is kept on the day after; since 2007, on the next day that is not a holiday.
    if (weekday(date) === sunday) {
      let next = date + 1;
      while (year >= 2007 && named.has(next)) next++;
      found.add(next);
    }
    // A day between two holidays is a holiday (since 1986), but not a Sunday.
    if (named.has(date + 2) && weekday(date + 1) !== sunday) found.add(date + 1);
  }
  return found;
}

/** Holidays by an act of their own. */
const single = days(
  '1990-11-12', // enthronement of Emperor Akihito
  '1993-06-09', // wedding of Crown Prince Naruhito
  '2019-05-01', // accession of Emperor Naruhito
  '2019-10-22', // enthronement of Emperor Naruhito
);

/**
 * Day of the month of an equinox, 1980 to 2099; `at` is its day in 1980 with its time as a fraction. The formula of the
 * almanac Shin Koyomi Benricho, which is used throughout Japan.
 */
function equinox(at: number, year: number): number {
  return Math.floor(at + 0.242194 * (year - 1980)) - Math.floor((year - 1980) / 4);
}

/** Moved in 2020 and 2021 for the Olympic Games of Tokyo. */
function marineDay(year: number): number {
  if (year === 2020) return dateOf(year, july, 23);
  if (year === 2021) return dateOf(year, july, 22);
  return year < 2003 ? dateOf(year, july, 20) : nth(3, monday, year, july);
}

/** Moved in 2020 and 2021 for the Olympic Games of Tokyo. */
function mountainDay(year: number): number {
  if (year === 2020) return dateOf(year, august, 10);
  return year === 2021 ? dateOf(year, august, 8) : dateOf(year, august, 11);
}

/** Health and Sports Day; moved in 2020 and 2021 for the Olympic Games of Tokyo. */
function sportsDay(year: number): number {
  if (year === 2020) return dateOf(year, july, 24);
  if (year === 2021) return dateOf(year, july, 23);
  return year < 2000 ? dateOf(year, october, 10) : nth(2, monday, year, october);
}
