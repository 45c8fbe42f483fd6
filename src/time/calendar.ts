import { alwaysOpen, foreignExchange, weekdaysOpen } from './always-open.ts';
import { cmeEnergy, cmeGrains, cmeLivestock, cmeMetals } from './cme-commodities.ts';
import { cmeCrypto, cmeEquity, cmeFx, cmeRates } from './cme-financial.ts';
import { cmes } from './cmes.ts';
import type { DayText, Instant } from './instant.ts';
import type { Session } from './session.ts';
import { xlon } from './xlon.ts';
import { xnas, xnys } from './xnys.ts';
import { xtks } from './xtks.ts';

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

const calendars: readonly Calendar[] = [
  ...[xnys, xnas, xlon, xtks],
  ...[cmes, cmeEquity, cmeFx, cmeRates, cmeCrypto, cmeEnergy, cmeMetals, cmeGrains, cmeLivestock],
  ...[foreignExchange, alwaysOpen, weekdaysOpen],
];

export const calendarNames: readonly string[] = calendars.map(({ name }) => name);

/** The calendar of that name. Throws a RangeError that lists the names for any other. */
export function calendar(name: string): Calendar {
  const found = calendars.find((each) => each.name === name);
  if (!found) throw new RangeError(`The calendar was "${name}"; it must be one of ${calendarNames.join(', ')}`);
  return found;
}
