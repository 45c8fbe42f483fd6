import type { Calendar } from './market-calendar.ts';
import { dayNumber, dayText, weekday } from './day.ts';
import type { DayText, Instant } from './instant.ts';
import { day, instant } from './instant.ts';
import type { Break, Session } from './session.ts';
import { zone } from './zone.ts';

/** Hours of a date, as milliseconds after its local midnight; negative ones lie on the day before. */
export interface Hours {
  readonly open: number;
  readonly close: number;
  /** `[start, end)` of closed time within, in time order. */
  readonly breaks?: readonly (readonly [number, number])[];
}

/** What a market is called, where it is and how far its rules are known. */
export interface Market extends Pick<Calendar, 'name' | 'zone' | 'first' | 'last'> {
  /** Days of the week that have sessions, Sunday 0; Monday to Friday when left out. */
  readonly weekdays?: ReadonlySet<number>;
  /** The hours with pre-market and after hours, where the market has such. */
  readonly extended?: (hours: Hours) => Pick<Hours, 'open' | 'close'>;
}

const mondayToFriday: ReadonlySet<number> = new Set([1, 2, 3, 4, 5]);

/**
 * A calendar from two rules: the hours that a date would regularly have, and those that it has, undefined when the market is
 * shut. Dates are days since 1970-01-01; the second rule is asked for the market's weekdays alone. A session that ends before
 * the regular close is early. The day of a session is the local day of its date; where sessions open on the day before, it is
 * the 24 hours of wall clock from the regular open on.
 */
export function calendarOf(
  { weekdays = mondayToFriday, extended, ...facts }: Market,
  regularOf: (date: number) => Hours,
  hoursOf: (date: number) => Hours | undefined,
): Calendar {
  /** The calendar's own hours and sessions, or those that are wider. */
  const within = (wide: (hours: Hours) => Pick<Hours, 'open' | 'close'>): Pick<Calendar, 'regular' | 'sessions'> => ({
    regular: (date) => {
      const number = checkedDay(date, 'regular');
      const { open, close } = wide(regularOf(number));
      const { fromWall } = zone(facts.zone);
      return { open: fromWall(number * day + open), close: fromWall(number * day + close) };
    },
    sessions: (from, to) => {
      const sessions: Session[] = [];
      const { fromWall } = zone(facts.zone);
      const begin = Math.max(checkedDay(from, 'first'), dayNumber(facts.first));
      const end = Math.min(checkedDay(to, 'last'), dayNumber(facts.last));
      for (let date = begin; date <= end; date++) {
        const own = weekdays.has(weekday(date)) ? hoursOf(date) : undefined;
        if (!own) continue;
        const session = sessionOf(fromWall, date, own, regularOf(date), wide(own));
        // Hours that the clocks skip leave nothing.
        if (session.activeFrom < session.activeTo) sessions.push(session);
      }
      return sessions;
    },
  });
  return {
    ...facts,
    get overnight() {
      return regularOf(dayNumber(facts.last)).open < 0;
    },
    ...within((hours) => hours),
    ...(extended && { extended: within(extended) }),
  };
}

/** The session of a date; its grid has the hours `wide`, which lie around its own. */
function sessionOf(
  fromWall: (wallMs: number) => Instant,
  date: number,
  own: Hours,
  regular: Hours,
  wide: Pick<Hours, 'open' | 'close'>,
): Session {
  const at = (ms: number): Instant => fromWall(date * day + ms);
  const turn = Math.min(regular.open, 0);
  const dayEnd = at(turn + day);
  // A close that the clocks skip moves behind the hour, where the next session may have opened.
  const ends = (ms: number): Instant => instant(Math.min(at(ms), dayEnd));
  const [open, close] = [at(wide.open), ends(wide.close)];
  return {
    date: dayText(date),
    open,
    close,
    activeFrom: at(own.open),
    activeTo: ends(own.close),
    breaks: breaksWithin(open, close, own.breaks ?? [], at),
    early: own.close < regular.close,
    dayStart: at(turn),
    dayEnd,
  };
}

/** Breaks as instants. Where the clocks skip an hour, wall times in it move behind it, so a break can end before it starts. */
function breaksWithin(
  open: Instant,
  close: Instant,
  breaks: NonNullable<Hours['breaks']>,
  at: (ms: number) => Instant,
): Break[] {
  const found: Break[] = [];
  let last = open;
  for (const [from, to] of breaks) {
    const start = instant(Math.max(at(from), last));
    const end = instant(Math.min(at(to), close));
    if (end <= start) continue;
    found.push({ start, end });
    last = end;
  }
  return found;
}

function checkedDay(text: DayText, which: string): number {
  const number = dayNumber(text);
  if (Number.isNaN(number)) {
    throw new RangeError(`The ${which} session date was "${text}"; it must be a day that exists, as YYYY-MM-DD`);
  }
  return number;
}
