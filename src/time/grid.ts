import { dayNumber } from './day.ts';
import { day, hour } from './instant.ts';
import type { DaySlot, Session } from './session.ts';

/** A stretch of open time without a break, `[start, end)`, and the number of its first slot. */
export interface Segment {
  readonly start: number;
  readonly end: number;
  readonly firstSlot: number;
}

/** The slots of a session at one interval: every bar of it has a known place. */
export interface Grid {
  /** Length of a slot in milliseconds. */
  readonly interval: number;
  /** Number of slots. */
  readonly count: number;
  /** By slot: the start, and the end that is not part of it, in epoch milliseconds. */
  readonly starts: Float64Array;
  readonly ends: Float64Array;
  /** By slot: session time (open time, without breaks) from the open to the slot's end, in milliseconds. */
  readonly elapsed: Float64Array;
  /** Open time between breaks, in time order. */
  readonly segments: readonly Segment[];
  /** The slot of a bar that starts at that time; -1 when it is no slot's. */
  slotAt(start: number): number;
}

/**
 * Cuts a session into slots of that many milliseconds. Slots are counted from the start of each open stretch (open to
 * break, break to close); the last slot of a stretch is shorter where the interval does not divide it. A slot of a day is
 * the whole session, breaks and all; where the session is a unit of days, slots of n days are n of them, counted from its
 * first.
 */
export function sessionGrid(session: Session, intervalMs: number): Grid {
  if (intervalMs >= day) {
    const { days } = session;
    return days ? gridOfDays(days, intervalMs) : groupedGrid(gridOf(stretchesOf(session), hour), intervalMs);
  }
  return gridOf(stretchesOf(session), intervalMs);
}

/** How many slots `sessionGrid` cuts, without cutting them. */
export function slotCount(session: Session, intervalMs: number): number {
  if (intervalMs >= day) return session.days ? Math.ceil((session.days.length * day) / intervalMs) : 1;
  let count = 0;
  let from: number = session.open;
  for (const pause of session.breaks) {
    count += Math.ceil((pause.start - from) / intervalMs);
    from = pause.end;
  }
  return count + Math.ceil((session.close - from) / intervalMs);
}

function stretchesOf(session: Session): { start: number; end: number }[] {
  const stretches: { start: number; end: number }[] = [];
  let start: number = session.open;
  for (const pause of session.breaks) {
    stretches.push({ start, end: pause.start });
    start = pause.end;
  }
  stretches.push({ start, end: session.close });
  return stretches;
}

/** The slots of stretches of open time, which are in time order; empty ones have no slots. */
export function gridOf(stretches: readonly { start: number; end: number }[], intervalMs: number): Grid {
  const segments: Segment[] = [];
  let count = 0;
  for (const { start, end } of stretches) {
    if (end <= start) continue;
    segments.push({ start, end, firstSlot: count });
    count += Math.ceil((end - start) / intervalMs);
  }
  const starts = new Float64Array(count);
  const ends = new Float64Array(count);
  const elapsed = new Float64Array(count);
  let open = 0;
  for (const { start, end, firstSlot } of segments) {
    let slot = firstSlot;
    for (let at = start; at < end; at += intervalMs) {
      starts[slot] = at;
      ends[slot] = Math.min(at + intervalMs, end);
      elapsed[slot] = open += ends[slot]! - at;
      slot++;
    }
  }
  const slotAt = (start: number): number => {
    for (let i = 0; i < segments.length; i++) {
      const segment = segments[i]!;
      if (start < segment.start || start >= segment.end) continue;
      const slot = (start - segment.start) / intervalMs;
      return slot === Math.floor(slot) ? segment.firstSlot + slot : -1;
    }
    return -1;
  };
  return { interval: intervalMs, count, starts, ends, elapsed, segments, slotAt };
}

/** The grid of an interval of days: a slot of it is all slots of a session, or so many days of a unit of days. */
export function groupedGrid(base: Grid, intervalMs: number): Grid {
  const size = base.interval >= day ? intervalMs / base.interval : base.count;
  const count = Math.ceil(base.count / size);
  const starts = new Float64Array(count);
  const ends = new Float64Array(count);
  const elapsed = new Float64Array(count);
  for (let slot = 0; slot < count; slot++) {
    const last = Math.min((slot + 1) * size, base.count) - 1;
    starts[slot] = base.starts[slot * size]!;
    ends[slot] = base.ends[last]!;
    elapsed[slot] = base.elapsed[last]!;
  }
  const segments = Array.from(starts, (start, slot) => ({ start, end: ends[slot]!, firstSlot: slot }));
  const slotAt = (start: number): number => starts.indexOf(start);
  return { interval: intervalMs, count, starts, ends, elapsed, segments, slotAt };
}

/** The same slots so many milliseconds later; `room` gives arrays of a length. */
export function shiftedGrid(
  grid: Grid,
  byMs: number,
  room: (count: number) => Float64Array = (count) => new Float64Array(count),
): Grid {
  const shifted = (times: Float64Array): Float64Array => {
    const later = room(times.length);
    for (let i = 0; i < later.length; i++) later[i] = times[i]! + byMs;
    return later;
  };
  return {
    ...grid,
    starts: shifted(grid.starts),
    ends: shifted(grid.ends),
    segments: grid.segments.map(({ start, end, firstSlot }) => ({ start: start + byMs, end: end + byMs, firstSlot })),
    slotAt: (start) => grid.slotAt(start - byMs),
  };
}

/** A slot a day. A bar is found by any time of its date in the market's zone, or by the midnight of its date in UTC. */
function gridOfDays(days: readonly DaySlot[], intervalMs: number): Grid {
  let open = 0;
  const starts = Float64Array.from(days, ({ start }) => start);
  const midnights = Float64Array.from(days, ({ date }) => dayNumber(date) * day);
  const base: Grid = {
    interval: day,
    count: days.length,
    starts,
    ends: Float64Array.from(days, ({ close }) => close),
    elapsed: Float64Array.from(days, ({ openMs }) => (open += openMs)),
    segments: days.map(({ start, until }, firstSlot) => ({ start, end: until, firstSlot })),
    slotAt: (start) => {
      const stamps = start % day === 0 ? midnights : starts;
      const slot = lastUpTo(stamps, start);
      return slot >= 0 && (stamps === starts ? start < days[slot]!.until : stamps[slot] === start) ? slot : -1;
    },
  };
  return intervalMs === day ? base : groupedGrid(base, intervalMs);
}

/** Place of the last of ascending numbers that is not above a value; -1 when all are. */
function lastUpTo(ascending: Float64Array, value: number): number {
  let low = 0;
  let high = ascending.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (ascending[middle]! <= value) low = middle + 1;
    else high = middle;
  }
  return low - 1;
}

/** Session time from the open to an instant, in milliseconds. */
export function sessionTimeAt({ starts, ends, elapsed }: Grid, at: number): number {
  const slot = lastUpTo(ends, at);
  const before = slot < 0 ? 0 : elapsed[slot]!;
  if (slot + 1 === ends.length) return before;
  return Math.min(elapsed[slot + 1]!, before + Math.max(0, at - starts[slot + 1]!));
}

/** Session time that a slot takes, in milliseconds. */
export function slotMs({ elapsed }: Grid, slot: number): number {
  return slot === 0 ? elapsed[0]! : elapsed[slot]! - elapsed[slot - 1]!;
}
