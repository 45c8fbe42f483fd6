import { calendar } from '../time/calendar.ts';
import type { Instant } from '../time/instant.ts';
import { day, hour, minute } from '../time/instant.ts';
import type { Calendar } from '../time/market-calendar.ts';
import type { Session } from '../time/session.ts';
import { zone } from '../time/zone.ts';
import type { Run } from './look.ts';

/** What bars show of a market's hours if they are at given instants. */
export interface MarketEvidence {
  /** 0 to 1: the part of what could be seen that fits; 0 where too little could be. */
  readonly fit: number;
  /** The part of closes after which less is traded; 0 where none was seen. Futures trade on, so it only tells markets apart. */
  readonly closing: number;
  /** For people: `the volume steps up at the open of XNYS in 12 of 12 sessions`. */
  readonly reason: string;
}

/** A run with what happened in each bar: the volume or, without any, the way between its high and its low. */
export interface ActiveRun {
  readonly start: Float64Array;
  readonly activity: Float64Array;
}

/** Markets by whose open activity steps up also where bars lie around it, as futures and contracts for difference do by New York's. */
const markets: readonly Calendar[] = ['XNYS', 'XLON', 'XTKS'].map(calendar);
/** Activity after the open is so many times that before it. */
const stepUp = 3;
const leastOpens = 3;
const leastFit = 0.75;
/** A weekend without bars, and what is no weekend any more. */
const weekend = { least: 30 * hour, most: 80 * hour };
/** The first bar of a week, and the last, may be missing for so long where hardly anybody trades. */
const toleranceMs = 10 * minute;
/** Milliseconds after Sunday 00:00 in New York at which weeks begin, of currencies and of futures, and after Friday 00:00 at which they end. */
const weekOpens = [17 * hour, 18 * hour];
const weekCloses = [17 * hour];

export function activeRun({ columns: { start, high, low, volume, count } }: Run): ActiveRun {
  const hasVolume = volume.subarray(0, count).some((value) => value > 0);
  const activity = Float64Array.from({ length: count }, (_, i) => (hasVolume ? volume[i]! : high[i]! - low[i]!));
  return { start: start.subarray(0, count), activity };
}

/** Sessions around runs whose times are off by less than a day, by market. */
export function sessionsAround(runs: readonly ActiveRun[]): ReadonlyMap<Calendar, readonly (readonly Session[])[]> {
  return new Map(markets.map((market) => [market, runs.map((run) => sessionsOf(market, run))]));
}

function sessionsOf(market: Calendar, { start }: ActiveRun): readonly Session[] {
  if (start.length === 0) return [];
  const { dayOf } = zone(market.zone);
  return market.sessions(dayOf((start[0]! - day) as Instant), dayOf((start.at(-1)! + day) as Instant));
}

/**
 * How well runs fit the hours of the markets that are known: activity steps up with the open of a stock exchange and is less after its
 * close, early ones among them; or weeks begin on Sunday and end on Friday when those of currencies or futures do, whatever the clocks.
 */
export function marketEvidence(
  runs: readonly ActiveRun[],
  sessions: ReadonlyMap<Calendar, readonly (readonly Session[])[]>,
  intervalMs: number,
): MarketEvidence {
  let best = weekEvidence(runs, intervalMs);
  for (const [market, ofRuns] of sessions) {
    const found = exchangeEvidence(market, runs, ofRuns, intervalMs);
    if (found.fit > best.fit || (found.fit === best.fit && found.closing > best.closing)) best = found;
  }
  return best;
}

const none: MarketEvidence = { fit: 0, closing: 0, reason: '' };

function exchangeEvidence(
  { name }: Calendar,
  runs: readonly ActiveRun[],
  sessions: readonly (readonly Session[])[],
  intervalMs: number,
): MarketEvidence {
  const opens = { seen: 0, fitting: 0 };
  const closes = { seen: 0, fitting: 0 };
  for (const [i, run] of runs.entries()) {
    const { start } = run;
    if (start.length === 0) continue;
    const last = start.at(-1)!;
    for (const { open, close } of sessions[i]!) {
      if (start[0]! < open && last >= open + intervalMs) {
        opens.seen++;
        const before = Math.max(activityAt(run, open - intervalMs), activityAt(run, open - 2 * intervalMs));
        const after = activityAt(run, open);
        if (after > 0 && after >= stepUp * before) opens.fitting++;
      }
      // What is traded in the auction at the close may be in the bar that begins there.
      if (start[0]! < close - 6 * intervalMs && last >= close + 8 * intervalMs) {
        closes.seen++;
        const before = activityIn(run, close - 6 * intervalMs, close);
        if (before > stepUp * activityIn(run, close + 2 * intervalMs, close + 8 * intervalMs)) closes.fitting++;
      }
    }
  }
  if (opens.fitting < leastOpens) return none;
  const fit = opens.fitting / opens.seen;
  const closing = closes.seen === 0 ? 0 : closes.fitting / closes.seen;
  const reason = `trading steps up with the open of ${name} in ${opens.fitting} of ${opens.seen} sessions`;
  return { fit: fit >= leastFit ? fit : 0, closing, reason };
}

function weekEvidence(runs: readonly ActiveRun[], intervalMs: number): MarketEvidence {
  let seen = 0;
  let fitting = 0;
  for (const { start } of runs)
    for (let i = 1; i < start.length; i++) {
      const gap = start[i]! - start[i - 1]!;
      if (gap < weekend.least || gap > weekend.most) continue;
      seen++;
      const end = start[i - 1]! + intervalMs;
      const begin = start[i]!;
      const closed = weekCloses.some((msOfDay) => isWithin(msOfWeek(end) - 5 * day - msOfDay, -toleranceMs, 0));
      const opened = weekOpens.some((msOfDay) => isWithin(msOfWeek(begin) - msOfDay, 0, toleranceMs));
      if (closed && opened) fitting++;
    }
  if (fitting === 0 || fitting < leastFit * seen) return none;
  const weeks = seen === 1 ? 'the week that was seen' : `${fitting} of ${seen} weeks`;
  return {
    fit: fitting / seen,
    closing: 0,
    reason: `trading ends on Friday and begins on Sunday with that in New York in ${weeks}`,
  };
}

/** Milliseconds after Sunday 00:00 on New York's clock. */
function msOfWeek(at: number): number {
  const wall = at + zone('America/New_York').offsetAt(at as Instant);
  // 1970-01-04 was a Sunday.
  return (wall - 3 * day) % (7 * day);
}

function isWithin(value: number, from: number, to: number): boolean {
  return value >= from && value <= to;
}

function activityAt(run: ActiveRun, at: number): number {
  const i = firstFrom(run.start, at);
  return run.start[i] === at ? run.activity[i]! : 0;
}

function activityIn({ start, activity }: ActiveRun, from: number, to: number): number {
  let sum = 0;
  for (let i = firstFrom(start, from); i < start.length && start[i]! < to; i++) sum += activity[i]!;
  return sum;
}

/** The first place whose value is not before `at`. */
function firstFrom(start: Float64Array, at: number): number {
  let low = 0;
  let high = start.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (start[middle]! < at) low = middle + 1;
    else high = middle;
  }
  return low;
}
