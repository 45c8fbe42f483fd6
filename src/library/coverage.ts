import type { Breathe, IntakeResult } from '../intake/result.ts';
import { dateOfDay } from '../time/day-stamp.ts';
import { sessionGrid } from '../time/grid.ts';
import { day, type Instant } from '../time/instant.ts';
import type { Session } from '../time/session.ts';

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

/** The sessions of a market around a stretch of time. Asked of whoever knows the calendar. */
export interface MarketSessions {
  readonly calendar: string;
  readonly zone: string;
  readonly sessions: readonly Session[];
}

/** Counts slots and bars of the sessions. Bars longer than a day have no slots: null. */
export async function coverageOf(
  { symbols, intervalMs }: IntakeResult,
  { calendar, zone, sessions }: MarketSessions,
  breathe: Breathe,
): Promise<Coverage | null> {
  if (intervalMs > day) return null;
  const isDaily = intervalMs === day;
  const dates = isDaily ? symbols.map(({ columns }) => datesOf(columns.start, columns.count, zone)) : [];
  const places = new Int32Array(symbols.length);
  let [touched, expected, present] = [0, 0, 0];
  for (const session of sessions) {
    const starts = isDaily ? undefined : sessionGrid(session, intervalMs).starts;
    let isTouched = false;
    for (const [s, { columns }] of symbols.entries()) {
      const own = dates[s];
      if (own) {
        if (session.date < own.first || session.date > own.last) continue;
        expected++;
        if (own.all.has(session.date)) present++;
      } else {
        const { start, count } = columns;
        if (session.close <= start[0]! || session.open > start[count - 1]!) continue;
        let i = places[s]!;
        for (const slot of starts!) {
          while (i < count && start[i]! < slot) i++;
          if (i < count && start[i] === slot) present++;
        }
        places[s] = i;
        expected += starts!.length;
      }
      isTouched = true;
    }
    if (isTouched) touched++;
    await breathe();
  }
  return { calendar, sessions: touched, expected, present };
}

function datesOf(
  start: Float64Array,
  count: number,
  zone: string,
): { readonly all: ReadonlySet<string>; readonly first: string; readonly last: string } {
  const all = new Set<string>();
  for (let i = 0; i < count; i++) all.add(dateOfDay(start[i]! as Instant, zone));
  return { all, first: dateOfDay(start[0]! as Instant, zone), last: dateOfDay(start[count - 1]! as Instant, zone) };
}
