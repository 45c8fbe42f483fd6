import type { Calendar } from './market-calendar.ts';
import { dayNumber, weekday } from './day.ts';
import type { DayText } from './instant.ts';
import { day } from './instant.ts';
import { timeOfDay } from './hours.ts';
import type { Hours } from './local-days.ts';
import { calendarOf } from './local-days.ts';

export const weekdayNames = ['Sun', 'Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat'] as const;
export type WeekdayName = (typeof weekdayNames)[number];

/** Wall times of a session, `HH:MM`; a close may be `24:00`. A close that is not after the open is on the day after it. */
export interface CustomHours {
  readonly open: string;
  readonly close: string;
}

/**
 * A calendar of one's own. A session is dated by the day on which it closes, and so are the weekdays, holidays and early
 * closes; wall times before midnight of a session that crosses it are on the day before.
 */
export interface CustomCalendar extends CustomHours {
  /** IANA name of the market's zone. */
  readonly timeZone: string;
  readonly weekdays: readonly WeekdayName[];
  /** Closed time within the hours of every session, in time order. */
  readonly breaks: readonly { readonly from: string; readonly to: string }[];
  readonly holidays: readonly DayText[];
  /** The wall time at which the session of a date closes early. */
  readonly earlyCloses: { readonly [date: DayText]: string };
  /** Sessions with other hours, without breaks; also on dates that have none by the other rules. They lie in the day of their date. */
  readonly specialSessions: { readonly [date: DayText]: CustomHours };
}

/** Something about a custom calendar that is wrong though each of its values is right by itself. */
export interface CustomFault {
  /** Where, after the calendar's own name: `breaks[0].from`. */
  readonly place: string;
  readonly value: string;
  /** Ends the sentence "it must be …". */
  readonly must: string;
}

/** What does not fit together; the calendar can be made when there is nothing. Its times and dates are right by themselves. */
export function customFaults(custom: CustomCalendar): CustomFault[] {
  const faults: CustomFault[] = [];
  const { open, close } = hoursOf(custom);
  const span = `between the open ${custom.open} and the close ${custom.close}`;
  let last = open;
  custom.breaks.forEach(({ from, to }, i) => {
    const [start, end] = [momentOf(from, custom), momentOf(to, custom)];
    if (!(start > last && start < close))
      faults.push({ place: `breaks[${i}].from`, value: from, must: i ? `${span}, after the break before` : span });
    else if (!(end > start && end < close))
      faults.push({
        place: `breaks[${i}].to`,
        value: to,
        must: `after its from ${from} and before the close ${custom.close}`,
      });
    last = Math.max(last, end);
  });
  for (const [date, time] of Object.entries(custom.earlyCloses)) {
    const at = momentOf(time, custom);
    const place = `earlyCloses.${date}`;
    if (date in custom.specialSessions)
      faults.push({ place, value: time, must: 'left out, for specialSessions has that date' });
    else if (!custom.weekdays.includes(weekdayNames[weekday(dayNumber(date))]!) || custom.holidays.includes(date))
      faults.push({ place, value: time, must: 'left out, for there is no session on that date' });
    else if (!(at > open && at < close)) faults.push({ place, value: time, must: span });
  }
  for (const [date, special] of Object.entries(custom.specialSessions)) {
    if (specialHours(special, custom).close <= Math.min(open, 0) + day) continue;
    const must =
      open < 0 ? `within the 24 hours from ${custom.open} of the day before` : 'on one day, open before close';
    faults.push({ place: `specialSessions.${date}`, value: `${special.open} to ${special.close}`, must });
  }
  return faults;
}

/** The calendar. Its values are right, and `customFaults` has found nothing. */
export function customCalendar(custom: CustomCalendar): Calendar {
  const breaks = custom.breaks.map(({ from, to }) => [momentOf(from, custom), momentOf(to, custom)] as const);
  const regular: Hours = { ...hoursOf(custom), breaks };
  const weekdays = new Set(custom.weekdays.map((name) => weekdayNames.indexOf(name)));
  const holidays = new Set(custom.holidays.map(dayNumber));
  const early = byDate(custom.earlyCloses, (time): Hours => {
    const close = momentOf(time, custom);
    const before = breaks.filter(([start]) => start < close);
    const [start, end] = before.at(-1) ?? [0, 0];
    // A session that would close within a break, or when it ends, closes when the break begins.
    return end >= close && before.length > 0
      ? { open: regular.open, close: start, breaks: before.slice(0, -1) }
      : { open: regular.open, close, breaks: before };
  });
  const special = byDate(custom.specialSessions, (hours) => specialHours(hours, custom));
  return calendarOf(
    {
      name: 'custom',
      zone: custom.timeZone,
      first: '1970-01-01',
      last: '2099-12-31',
      weekdays: new Set(weekdayNames.keys()),
    },
    () => regular,
    (date) => {
      const own = special.get(date);
      if (own) return own;
      return weekdays.has(weekday(date)) && !holidays.has(date) ? (early.get(date) ?? regular) : undefined;
    },
  );
}

/** The hours as milliseconds after midnight of the session's date. */
function hoursOf({ open, close }: CustomHours): Hours {
  const [from, to] = [timeOfDay(open), timeOfDay(close)];
  return { open: to > from ? from : from - day, close: to };
}

function specialHours(special: CustomHours, custom: CustomCalendar): Hours {
  const [open, close] = [momentOf(special.open, custom), momentOf(special.close, custom)];
  return { open, close: close > open ? close : close + day };
}

/** A wall time within a session, as milliseconds after midnight of the session's date. */
function momentOf(text: string, { open, close }: CustomHours): number {
  const ms = timeOfDay(text);
  return timeOfDay(close) <= timeOfDay(open) && ms >= timeOfDay(open) ? ms - day : ms;
}

function byDate<T>(dates: { readonly [date: DayText]: T }, hours: (value: T) => Hours): ReadonlyMap<number, Hours> {
  return new Map(Object.entries(dates).map(([date, value]) => [dayNumber(date), hours(value)]));
}
