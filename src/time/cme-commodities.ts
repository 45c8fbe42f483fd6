import type { Calendar } from './market-calendar.ts';
import type { Changes, Product } from './cme-product.ts';
import { at, christmasEve, cmeProduct, each, evening, fullHolidays, halfHolidays, onDay } from './cme-product.ts';
import { dateOf, friday, march, monday } from './date-rules.ts';
import { weekday } from './day.ts';
import * as us from './us-holidays.ts';

/**
 * Energy futures of NYMEX (CL, NG, RB, HO): 17:00 to 16:00 Chicago (16:15 until September 2015), with the daily halt until
 * 17:00.
 *
 * Sources: CME Group's holiday calendar, cmegroup.com/tools-information/holiday-calendar, as collected in
 * github.com/QuantConnect/Lean (market hours of NYMEX, 2009 to 2019), github.com/rsheftel/pandas_market_calendars
 * (CMEGlobex_EnergyAndMetals, 2020 to 2022) and its issue 464 (2026); the change of the close by ninjatrader.com, Advisory 25.
 */
export const cmeEnergy: Calendar = cmeProduct(nymex('CME energy'));

/** Metals futures of COMEX and NYMEX (GC, SI, HG, PL), which keep the hours of energy; sources as there. */
export const cmeMetals: Calendar = cmeProduct(nymex('CME metals'));

function nymex(name: string): Product {
  return {
    name,
    first: '2010-01-01',
    hours: [
      ['2010-01-01', { open: evening, close: at(16, 15) }],
      ['2015-09-21', { open: evening, close: at(16) }],
    ],
    changes: (year) => [
      ...halfHolidays(year).map((date) => [date, date === undefined ? null : midday(date, year)] as const),
      [us.thanksgiving(year) + 1, year < 2026 ? at(12, 45) : at(13, 45)],
      [christmasEve(year), at(12, 45)],
      ...each(fullHolidays(year), null),
      // Before long weekends, the last time at the turn of 2010.
      ...each(
        ['2010-01-15', '2010-02-12', '2010-05-28', '2010-07-02', '2010-09-03', '2010-10-08'].map((day) =>
          onDay(day, year),
        ),
        at(15, 15),
      ),
      ...each([onDay('2010-12-31', year), onDay('2011-01-14', year)], at(15, 15)),
    ],
  };
}

/** The halt of a holiday: 12:15 until February 2014, 12:00 until 2021, since then 13:30, but 12:00 when it ends the week. */
function midday(date: number, year: number): number {
  if (date < dateOf(2014, march, 1)) return at(12, 15);
  return year < 2022 || weekday(date) === friday ? at(12) : at(13, 30);
}

/**
 * Grain and oilseed futures of CBOT (ZC, ZW, ZS): 19:00 to 07:45 and 08:30 to 13:20 Chicago (13:15 until July 2015). They are
 * shut on the holidays of the United States. There is no evening before the day after New Year, Independence Day, Thanksgiving
 * and Christmas, which opens at 08:30.
 *
 * Sources: CME Group by Reuters, 5 March 2013 (hours) and 9 June 2015 (close); iqhelp.dtn.com (Presidents' Day 2023,
 * Independence Day 2024), kdhlradio.com and agupdate.com for evenings and half days; CME Group's press release of 30 December
 * 2024. Half days were at 12:00 in 2013 and at 12:05 in 2020; the change is taken to be that of livestock.
 */
export const cmeGrains: Calendar = cmeProduct({
  name: 'CME grains',
  first: '2013-04-08',
  hours: [
    ['2013-04-08', { open: at(-5), close: at(13, 15), breaks: [[at(7, 45), at(8, 30)]] }],
    ['2015-07-06', { open: at(-5), close: at(13, 20), breaks: [[at(7, 45), at(8, 30)]] }],
  ],
  changes: (year) => agricultural(year, at(12), true),
});

/**
 * Livestock futures (LE, GF, HE): 08:30 to 13:05 Chicago. They are shut on the holidays of the United States.
 *
 * Sources: CME's notice SER-7591 (hours since 29 February 2016) and the contract specifications; half days as collected in
 * github.com/QuantConnect/Lean (market hours of LE, 2016 to 2022); CME Group's press release of 30 December 2024. Earlier hours
 * are not known to us.
 */
export const cmeLivestock: Calendar = cmeProduct({
  name: 'CME livestock',
  first: '2016-02-29',
  hours: [['2016-02-29', { open: at(8, 30), close: at(13, 5) }]],
  changes: (year) => agricultural(year, at(12, 15), false),
});

/** `noon` is the close of half days until the summer of 2020, later it is 12:05; `evenings` are part of the sessions or not. */
function agricultural(year: number, noon: number, evenings: boolean): Changes {
  const half = year < 2020 ? noon : at(12, 5);
  const late = evenings ? { open: at(8, 30) } : {};
  return [
    ...each([us.newYear(year) + 1, us.independenceDay(year) + 1, us.christmas(year) + 1], late),
    [us.thanksgiving(year) + 1, { ...late, close: half }],
    [beforeChristmas(year), half],
    [year <= 2020 ? beforeIndependence(year) : undefined, noon],
    ...each([...halfHolidays(year), ...fullHolidays(year)], null),
    [onDay('2025-01-09', year), at(12, 15)], // mourning of Jimmy Carter
  ];
}

/** The eve of Christmas; since 2016 also the Friday before a Christmas that is kept on a Monday. */
function beforeChristmas(year: number): number | undefined {
  const kept = us.christmas(year);
  return year >= 2016 && weekday(kept) === monday ? kept - 3 : christmasEve(year);
}

/** The day before Independence Day, where that is not a Monday. */
function beforeIndependence(year: number): number | undefined {
  const kept = us.independenceDay(year);
  return weekday(kept) === monday ? undefined : kept - 1;
}
