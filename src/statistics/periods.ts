import { weekday } from '../time/day.ts';
import { day, instant } from '../time/instant.ts';
import type { Zone } from '../time/zone.ts';

/** What the returns of a curve are taken over. */
export type Period = 'day' | 'week' | 'month' | 'year';

/** The length of bars as backtesting.py tells it: the median of the last hundred distances, milliseconds; NaN for one bar. */
export function barLength(times: Float64Array): number {
  const { length } = times;
  const distances: number[] = [];
  for (let i = Math.max(1, length - 99); i < length; i++) distances.push(times[i]! - times[i - 1]!);
  if (distances.length === 0) return NaN;
  distances.sort((a, b) => a - b);
  const middle = distances.length >> 1;
  return distances.length % 2 === 1 ? distances[middle]! : (distances[middle - 1]! + distances[middle]!) / 2;
}

/** Bars of 7, 31 and 365 days make weeks, months and years; all others days. */
export function periodOf(lengthMs: number): Period {
  const days = Math.floor(lengthMs / day);
  return days === 7 ? 'week' : days === 31 ? 'month' : days === 365 ? 'year' : 'day';
}

/** By bar: the local day on which it starts, counted from 1970-01-01. */
export function localDays(times: Float64Array, zone: Zone): Int32Array {
  const days = new Int32Array(times.length);
  for (let i = 0; i < times.length; i++) days[i] = Math.floor((times[i]! + zone.offsetAt(instant(times[i]!))) / day);
  return days;
}

/** The share of bars that start on a Saturday or a Sunday. */
export function weekendShare(days: Int32Array): number {
  let weekend = 0;
  let isWeekend = false;
  for (let i = 0; i < days.length; i++) {
    if (i === 0 || days[i] !== days[i - 1]) isWeekend = weekday(days[i]!) % 6 === 0;
    if (isWeekend) weekend++;
  }
  return weekend / days.length;
}

/** Places of the last bar of each period in which there is one. Weeks end on Sunday. */
export function periodEnds(days: Int32Array, period: Period): number[] {
  const ends: number[] = [];
  const keyOf = keys[period];
  for (let i = 0; i < days.length; i++) {
    const isLast = i + 1 === days.length || (days[i + 1] !== days[i] && keyOf(days[i + 1]!) !== keyOf(days[i]!));
    if (isLast) ends.push(i);
  }
  return ends;
}

/** What a value gained from one place to the next, as a share. */
export function returnsBetween(values: Float64Array, places: readonly number[]): Float64Array {
  const returns = new Float64Array(Math.max(0, places.length - 1));
  for (let i = 0; i < returns.length; i++) returns[i] = values[places[i + 1]!]! / values[places[i]!]! - 1;
  return returns;
}

/** What a figure that compounds such returns takes for granted: the first place has none of its own. */
export const fromFirstEnd =
  'From the first session’s close on (of bars of weeks or longer, the first period’s): what was gained before it is not in it.';

const keys: Readonly<Record<Period, (dayNumber: number) => number>> = {
  day: (number) => number,
  // Day 0 was a Thursday: weeks from Monday to Sunday begin three days before it.
  week: (number) => Math.floor((number + 3) / 7),
  month: (number) => monthOf(number),
  year: (number) => new Date(number * day).getUTCFullYear(),
};

function monthOf(number: number): number {
  const date = new Date(number * day);
  return date.getUTCFullYear() * 12 + date.getUTCMonth();
}
