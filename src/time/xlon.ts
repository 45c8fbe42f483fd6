import type { Calendar } from './market-calendar.ts';
import {
  august,
  dateOf,
  days,
  december,
  easter,
  fridayBefore,
  january,
  last,
  may,
  monday,
  mondayAfter,
  nth,
  yearly,
} from './date-rules.ts';
import { hour, minute } from './instant.ts';
import type { Hours } from './local-days.ts';
import { calendarOf } from './local-days.ts';

/**
 * The London Stock Exchange, continuous trading 08:00 to 16:30; 12:30 on the last business days before Christmas and New Year.
 *
 * Rules: the bank holidays of England and Wales (Banking and Financial Dealings Act 1971 and the proclamations under it,
 * gov.uk/bank-holidays), on which the exchange is shut, and its business days, londonstockexchange.com. For the past: the
 * sessions of 1990 to 2023 are those of github.com/gerrymanoim/exchange_calendars.
 *
 * Simplifications, as in that source: the hours are today's in all years (trading began at 08:30 or 09:00 before July 1999), and
 * the auctions before the open and after the close are not part of the session. There are no extended hours.
 */
export const xlon: Calendar = calendarOf(
  { name: 'XLON', zone: 'Europe/London', first: '1990-01-01', last: '2099-12-31' },
  () => regular,
  (date) => {
    if (holidaysOf(date).has(date) || closures.has(date)) return undefined;
    return halfDaysOf(date).has(date) ? half : regular;
  },
);

const open = 8 * hour;
const regular: Hours = { open, close: 16 * hour + 30 * minute };
const half: Hours = { open, close: 12 * hour + 30 * minute };

/** Bank holidays that were added for one year. */
const closures = days(
  '1999-12-31', // eve of the millennium
  '2002-06-03', // Golden Jubilee
  '2011-04-29', // wedding of Prince William
  '2012-06-05', // Diamond Jubilee
  '2022-06-03', // Platinum Jubilee
  '2022-09-19', // funeral of Queen Elizabeth
  '2023-05-08', // coronation of King Charles
);

const holidaysOf = yearly((year): ReadonlySet<number> => {
  const found = new Set([
    mondayAfter(dateOf(year, january, 1)),
    easter(year) - 2,
    easter(year) + 1,
    earlyMay(year),
    spring(year),
    last(monday, year, august),
  ]);
  // Christmas Day on a Saturday is kept on the 27th, on a Sunday on the 27th too, for the 26th is Boxing Day; that one is kept
  // on the 28th when it falls on a weekend itself.
  const christmas = dateOf(year, december, 25);
  found.add(mondayAfter(christmas) === christmas ? christmas : christmas + 2);
  found.add(mondayAfter(christmas + 1) === christmas + 1 ? christmas + 1 : christmas + 3);
  return found;
});

/** The first Monday of May; moved to 8 May for 50 and 75 years of peace in Europe. */
function earlyMay(year: number): number {
  return year === 1995 || year === 2020 ? dateOf(year, may, 8) : nth(1, monday, year, may);
}

/** The last Monday of May; moved to join the days of a jubilee. */
function spring(year: number): number {
  if (year === 2002) return dateOf(year, may + 1, 4);
  if (year === 2012) return dateOf(year, may + 1, 4);
  return year === 2022 ? dateOf(year, may + 1, 2) : last(monday, year, may);
}

/** The eves of Christmas and New Year, or the Fridays before their weekends. */
const halfDaysOf = yearly(
  (year): ReadonlySet<number> =>
    new Set([fridayBefore(dateOf(year, december, 24)), fridayBefore(dateOf(year, december, 31))]),
);
