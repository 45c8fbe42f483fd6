import type { DayText, Instant } from './instant.ts';
import type { Session } from './session.ts';

/** The sessions of a market: rules and their exceptions. */
export interface Calendar {
  readonly name: string;
  /** IANA name of the market's zone. */
  readonly zone: string;
  /** The first and last date that the rules are known for; there are no sessions before and after. */
  readonly first: DayText;
  readonly last: DayText;
  /** Sessions open on the day before their date. */
  readonly overnight: boolean;
  /** The hours that a session of that date has unless it closes early. */
  regular(date: DayText): { readonly open: Instant; readonly close: Instant };
  /** The sessions with a date from `from` to `to`, both included, in time order. Throws a RangeError when one is not a day. */
  sessions(from: DayText, to: DayText): Session[];
  /** The same with the hours before and after in the grid, around the active ones; absent where the market has none. */
  readonly extended?: Pick<Calendar, 'regular' | 'sessions'>;
}
