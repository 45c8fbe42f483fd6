import type { Calendar } from '../time/market-calendar.ts';
import { layOut } from './calendar-rows.ts';
import { countRows, noCounts } from './counts.ts';
import { latticeOf } from './map-rows.ts';
import type { Presence } from './presence.ts';
import { isExpected } from './sweep.ts';

/** How much of what a calendar expects is in a dataset of bars, all symbols together, each from its first to its last session. */
export interface Coverage {
  /** Name of the calendar. */
  readonly calendar: string;
  /** Sessions between the first bar and the last. */
  readonly sessions: number;
  /** Slots of these sessions, and those that have a bar. */
  readonly expected: number;
  readonly present: number;
}

/** Counts slots and bars of the sessions. Bars longer than a day have no slots: null. */
export async function coverageOf(
  calendar: Calendar,
  presences: readonly Presence[],
  breathe: () => Promise<void>,
): Promise<Coverage | null> {
  const laidOut = layOut(calendar, presences);
  if (!laidOut) return null;
  const lattice = latticeOf(laidOut.rows);
  const counts = noCounts(lattice.rowFrom.length);
  for (const presence of laidOut.presences) {
    countRows(presence, lattice, counts);
    await breathe();
  }
  const opens = new Set<number>();
  for (let stretch = 0; stretch < lattice.start.length; stretch++)
    if (laidOut.presences.some((presence) => isExpected(presence, lattice, stretch)))
      opens.add(lattice.sessionOpen[stretch]!);
  const total = (column: Float64Array): number => column.reduce((sum, each) => sum + each, 0);
  return {
    calendar: calendar.name,
    sessions: opens.size,
    expected: total(counts.expected),
    present: total(counts.present),
  };
}
