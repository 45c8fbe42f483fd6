import type { Calendar } from './market-calendar.ts';
import {
  at,
  christmasEve,
  cmeProduct,
  each,
  evening,
  fullHolidays,
  halfHolidays,
  independenceEve,
  onDay,
  reportFriday,
} from './cme-product.ts';
import { friday } from './date-rules.ts';
import { weekday } from './day.ts';
import * as us from './us-holidays.ts';

const halt = [[at(15, 15), at(15, 30)]] as const;

/**
 * Futures on equity indexes (ES, NQ, YM, RTY and their micros): 17:00 to 16:00 Chicago, with the daily halt until 17:00.
 *
 * Sources: CME Group's notices of the hours from 19 November 2012 (close 16:15, halt 15:15 to 15:30), from 21 September 2015
 * (close 16:00) and from 28 June 2021 (no halt at 15:15); its holiday calendar, cmegroup.com/tools-information/holiday-calendar,
 * as collected in github.com/rsheftel/pandas_market_calendars (CME Globex Equities); press releases of 2 December 2018 and
 * 30 December 2024 for the days of mourning. Earlier hours are not known to us.
 */
export const cmeEquity: Calendar = cmeProduct({
  name: 'CME equity',
  first: '2012-11-19',
  hours: [
    ['2012-11-19', { open: evening, close: at(16, 15), breaks: halt }],
    ['2015-09-21', { open: evening, close: at(16), breaks: halt }],
    ['2021-06-28', { open: evening, close: at(16) }],
  ],
  changes: (year) => [
    ...each(halfHolidays(year), at(12)),
    ...(year < 2015 ? each([us.martinLutherKing(year), us.presidentsDay(year)], at(10, 30)) : []),
    ...(year < 2014 ? each(halfHolidays(year), at(10, 30)) : []),
    ...each([independenceEve(year), us.thanksgiving(year) + 1, christmasEve(year)], at(12, 15)),
    ...each(fullHolidays(year), null),
    [reportFriday(year), at(8, 15)],
    // Mourning of George H. W. Bush and of Jimmy Carter.
    ...each([onDay('2018-12-05', year), onDay('2025-01-09', year)], at(8, 30)),
  ],
});

/**
 * Currency futures: 17:00 to 16:00 Chicago, with the daily halt until 17:00. Since 2022 they trade through the holidays of the
 * United States on which others halt, but to 12:00 when one ends the week.
 *
 * Sources: as for equity (pandas_market_calendars, CMEGlobex_FX, is checked there for 2020 to 2023).
 */
export const cmeFx: Calendar = cmeProduct({
  name: 'CME FX',
  first: '2010-01-01',
  hours: [['2010-01-01', { open: evening, close: at(16) }]],
  changes: (year) => [
    ...each(noons(year), at(12)),
    ...each([us.thanksgiving(year) + 1, christmasEve(year)], at(12, 15)),
    ...each(fullHolidays(year), null),
    [reportFriday(year), at(10, 15)],
  ],
});

/**
 * Interest rate futures (ZN, ZB, SR3, …): 17:00 to 16:00 Chicago, with the daily halt until 17:00. The days before long weekends
 * ended at 15:15 until 2015.
 *
 * Sources: as for equity (pandas_market_calendars, CME Globex Fixed Income); Reuters, 29 October 2012, for hurricane Sandy.
 */
export const cmeRates: Calendar = cmeProduct({
  name: 'CME rates',
  first: '2010-01-01',
  hours: [['2010-01-01', { open: evening, close: at(16) }]],
  changes: (year) => [
    ...each(halfHolidays(year), at(12)),
    ...each(fridaysBefore(year), at(15, 15)),
    ...each([onDay('2010-07-02', year), onDay('2011-07-01', year)], at(15, 15)),
    ...each([us.thanksgiving(year) + 1, christmasEve(year), onDay('2010-12-31', year)], at(12, 15)),
    ...each(fullHolidays(year), null),
    [reportFriday(year), at(10, 15)],
    [onDay('2012-10-29', year), at(11)], // hurricane Sandy
    [onDay('2018-12-05', year), null], // mourning of George H. W. Bush
    [onDay('2025-01-09', year), at(12, 15)], // mourning of Jimmy Carter
  ],
});

/**
 * Cryptocurrency futures (BTC, ETH and their micros) from their launch until 29 May 2026, 17:00 to 16:00 Chicago with the daily
 * halt until 17:00. Since then they trade around the clock; that is the calendar 24/7.
 *
 * Sources: as for equity (pandas_market_calendars, CME Globex Crypto); github.com/QuantConnect/Lean, pull request 7718, for
 * 2024; CME Group's announcement of 19 February 2026.
 */
export const cmeCrypto: Calendar = cmeProduct({
  name: 'CME crypto',
  first: '2017-12-18',
  last: '2026-05-29',
  hours: [['2017-12-18', { open: evening, close: at(16) }]],
  changes: (year) => [
    ...each(noons(year), at(12)),
    ...(year < 2022 ? each([independenceEve(year)], at(12, 15)) : []),
    ...each([us.thanksgiving(year) + 1, christmasEve(year)], year < 2021 ? at(12, 15) : at(12, 45)),
    ...each(fullHolidays(year), null),
    [reportFriday(year), year < 2022 ? at(8, 15) : at(10, 15)],
  ],
});

/** Holidays on which currencies and cryptocurrencies end at noon. */
function noons(year: number): (number | undefined)[] {
  return halfHolidays(year).filter((date) => date !== undefined && (year < 2022 || weekday(date) === friday));
}

function fridaysBefore(year: number): (number | undefined)[] {
  const mondays = [
    ...(year < 2016 ? [us.martinLutherKing(year), us.presidentsDay(year), us.memorialDay(year)] : []),
    ...(year < 2015 ? [us.laborDay(year)] : []),
  ];
  return mondays.map((date) => date && date - 3);
}
