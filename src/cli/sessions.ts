import { calendar } from '../time/calendar.ts';
import { dayNumber } from '../time/day.ts';
import type { DayText } from '../time/instant.ts';
import { isoText } from '../time/instant.ts';

/**
 * The sessions of a calendar with dates from `from` to `to`, both included, as CSV with a header line: times ISO 8601 in
 * UTC, breaks as `start/end` joined by `;`. Throws a RangeError for an unknown calendar and for dates that it does not know.
 */
export function sessionsCsv(calendarName: string, from: DayText, to: DayText): string {
  const market = calendar(calendarName);
  for (const [which, date] of [
    ['FROM', from],
    ['TO', to],
  ] as const) {
    if (Number.isNaN(dayNumber(date))) {
      throw new RangeError(`${which} was "${date}"; it must be a day that exists, as YYYY-MM-DD`);
    }
    if (date < market.first || date > market.last) {
      throw new RangeError(`${which} was ${date}; ${market.name} is known from ${market.first} to ${market.last}`);
    }
  }
  if (from > to) throw new RangeError(`FROM was ${from} and TO ${to}; FROM must not be after TO`);
  const rows = market.sessions(from, to).map(({ date, open, close, breaks, early }) => {
    const pauses = breaks.map(({ start, end }) => `${isoText(start)}/${isoText(end)}`).join(';');
    return `${date},${isoText(open)},${isoText(close)},${pauses},${early}\n`;
  });
  return `date,open,close,breaks,early\n${rows.join('')}`;
}
