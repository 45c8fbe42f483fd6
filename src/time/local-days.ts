import { dayNumber, dayText } from './day.ts';
import type { DayText, Instant } from './instant.ts';
import { day } from './instant.ts';
import type { Calendar } from './calendar.ts';
import type { Session } from './session.ts';
import { zone } from './zone.ts';

/** What a rule says of one date: the hours, as milliseconds after the local midnight of that date. */
export interface Hours {
  /** Negative when the session opens on the day before. */
  readonly open: number;
  readonly close: number;
  readonly early: boolean;
}

/**
 * A calendar from a rule that gives each date (days since 1970-01-01) its hours, or undefined when the market is shut.
 * Sessions have no breaks.
 */
export function calendarOf(
  { name, zone: zoneName, first, last }: Pick<Calendar, 'name' | 'zone' | 'first' | 'last'>,
  hoursOf: (date: number) => Hours | undefined,
): Calendar {
  const sessionOf = (number: number): Session | undefined => {
    const hours = hoursOf(number);
    if (!hours) return undefined;
    const market = zone(zoneName);
    const at = (ms: number): Instant => market.fromWall(number * day + ms);
    const [open, close] = [at(hours.open), at(hours.close)];
    return {
      date: dayText(number),
      open,
      close,
      activeFrom: open,
      activeTo: close,
      breaks: [],
      early: hours.early,
      dayStart: at(0),
      dayEnd: at(day),
    };
  };
  return {
    name,
    zone: zoneName,
    first,
    last,
    sessions: (from, to) => {
      const sessions: Session[] = [];
      const end = Math.min(checkedDay(to, 'last'), dayNumber(last));
      for (let number = Math.max(checkedDay(from, 'first'), dayNumber(first)); number <= end; number++) {
        const session = sessionOf(number);
        if (session) sessions.push(session);
      }
      return sessions;
    },
  };
}

function checkedDay(text: DayText, which: string): number {
  const number = dayNumber(text);
  if (Number.isNaN(number)) {
    throw new RangeError(`The ${which} session date was "${text}"; it must be a day that exists, as YYYY-MM-DD`);
  }
  return number;
}
