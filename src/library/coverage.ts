import type { Breathe, IntakeResult } from '../intake/result.ts';
import type { SymbolBars } from '../intake/series.ts';
import { dateOfDay } from '../time/day-stamp.ts';
import { sessionGrid, slotCount, type Grid } from '../time/grid.ts';
import { day, instant } from '../time/instant.ts';
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
  const touched = new Set<Session>();
  let [expected, present] = [0, 0];
  for (const symbol of symbols) {
    const { own, bars } =
      intervalMs === day
        ? await daysOf(symbol, zone, sessions, breathe)
        : await slotsOf(symbol, intervalMs, sessions, breathe);
    for (const session of own) {
      touched.add(session);
      expected += intervalMs === day ? 1 : slotCount(session, intervalMs);
    }
    present += bars;
  }
  return { calendar, sessions: touched.size, expected, present };
}

/** The sessions of a symbol, from that of its first bar to that of its last, and the bars that are in their slots. */
interface Covered {
  readonly own: readonly Session[];
  readonly bars: number;
}

async function slotsOf(
  { from, to, pieces }: SymbolBars,
  intervalMs: number,
  sessions: readonly Session[],
  breathe: Breathe,
): Promise<Covered> {
  const own = sessions.filter(({ open, close }) => close > from && open <= to);
  let bars = 0;
  let at = 0;
  let grid: Grid | null = null;
  for await (const { start, count } of pieces()) {
    for (let i = 0; i < count; i++) {
      const time = start[i]!;
      for (; at < own.length && own[at]!.close <= time; at++) grid = null;
      if (at === own.length) break;
      if (time < own[at]!.open) continue;
      grid ??= sessionGrid(own[at]!, intervalMs);
      if (grid.slotAt(time) >= 0) bars++;
    }
    await breathe();
  }
  return { own, bars };
}

async function daysOf(
  { from, to, pieces }: SymbolBars,
  zone: string,
  sessions: readonly Session[],
  breathe: Breathe,
): Promise<Covered> {
  const dates = new Set<string>();
  for await (const { start, count } of pieces()) {
    for (let i = 0; i < count; i++) dates.add(dateOfDay(instant(start[i]!), zone));
    await breathe();
  }
  const [first, last] = [from, to].map((at) => dateOfDay(instant(at), zone)) as [string, string];
  const own = sessions.filter(({ date }) => date >= first && date <= last);
  return { own, bars: own.filter(({ date }) => dates.has(date)).length };
}
