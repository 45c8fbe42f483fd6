import { dayText } from './day.ts';
import { day, type DayText, type Instant } from './instant.ts';
import { zone } from './zone.ts';

/**
 * The date of a bar of a day. Such bars are stamped with the midnight of their date in UTC, or with some time of their date in the
 * market's zone; both are read.
 */
export function dateOfDay(start: Instant, zoneName: string): DayText {
  return start % day === 0 ? dayText(start / day) : zone(zoneName).dayOf(start);
}
