import { alwaysOpen } from './always-open.ts';
import type { DayText } from './instant.ts';
import type { Session } from './session.ts';
import { xnys } from './xnys.ts';

/** The sessions of a market: rules and their exceptions. */
export interface Calendar {
  readonly name: string;
  /** IANA name of the market's zone. */
  readonly zone: string;
  /** The first and last date that the rules are known for; there are no sessions before and after. */
  readonly first: DayText;
  readonly last: DayText;
  /** The sessions with a date from `from` to `to`, both included, in time order. Throws a RangeError when one is not a day. */
  sessions(from: DayText, to: DayText): Session[];
}

const calendars: readonly Calendar[] = [xnys, alwaysOpen];

export const calendarNames: readonly string[] = calendars.map(({ name }) => name);

/** The calendar of that name. Throws a RangeError that lists the names for any other. */
export function calendar(name: string): Calendar {
  const found = calendars.find((each) => each.name === name);
  if (!found) throw new RangeError(`The calendar was "${name}"; it must be one of ${calendarNames.join(', ')}`);
  return found;
}
