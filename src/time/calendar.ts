import { alwaysOpen, foreignExchange, weekdaysOpen } from './always-open.ts';
import { cmeEnergy, cmeGrains, cmeLivestock, cmeMetals } from './cme-commodities.ts';
import { cmeCrypto, cmeEquity, cmeFx, cmeRates } from './cme-financial.ts';
import { cmes } from './cmes.ts';
import type { Calendar } from './market-calendar.ts';
import { xlon } from './xlon.ts';
import { xnas, xnys } from './xnys.ts';
import { xtks } from './xtks.ts';

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
