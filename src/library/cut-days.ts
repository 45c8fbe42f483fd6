import { dayNumber, dayText } from '../time/day.ts';
import { day, instant, type DayText, type Instant } from '../time/instant.ts';
import type { Calendar } from '../time/market-calendar.ts';
import { zone } from '../time/zone.ts';
import type { CutDays } from './derive-dataset.ts';

/**
 * The dates of sessions from `first` to `last`, both included, and the time that they take: local days, or where sessions open on the
 * day before, from the regular open of the first date to that of the day after the last. Throws a RangeError with advice.
 */
export function cutDays(market: Calendar, first: DayText, last: DayText): CutDays {
  for (const [which, text] of [
    ['first', first],
    ['last', last],
  ] as const)
    if (Number.isNaN(dayNumber(text)))
      throw new RangeError(`The ${which} date was "${text}"; it must be a day as YYYY-MM-DD`);
  if (last < first) throw new RangeError(`The last date was ${last}; it must be ${first}, the first one, or later`);
  return { first, last, from: beginOf(market, first), to: beginOf(market, dayText(dayNumber(last) + 1)) };
}

function beginOf(market: Calendar, date: DayText): Instant {
  const midnight = zone(market.zone).fromWall(dayNumber(date) * day);
  return market.overnight ? instant(Math.min(market.regular(date).open, midnight)) : midnight;
}
