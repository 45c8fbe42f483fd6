import type { DayText } from './instant.ts';
import { day } from './instant.ts';

/** Days since 1970-01-01 of a day; NaN when the text is not a day that exists: `2023-02-29`, `2023-1-5`. */
export function dayNumber(text: DayText): number {
  if (!/^[0-9]{4}-[0-9]{2}-[0-9]{2}$/.test(text)) return NaN;
  const number = Date.parse(`${text}T00:00:00Z`) / day;
  return dayText(number) === text ? number : NaN;
}

/** The day that lies `number` days after 1970-01-01; the empty text for NaN. */
export function dayText(number: number): DayText {
  return Number.isNaN(number) ? '' : new Date(number * day).toISOString().slice(0, 10);
}

/** Day of the week of a day number, Sunday 0 to Saturday 6. */
export function weekday(number: number): number {
  return (((number + 4) % 7) + 7) % 7;
}
