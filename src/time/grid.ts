import type { Session } from './session.ts';

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
  /** Open time between breaks, in time order. */
  readonly segments: readonly Segment[];
  /** The slot that starts at exactly that time; -1 when none does. */
  slotAt(start: number): number;
}

/**
 * Cuts a session into slots of that many milliseconds. Slots are counted from the start of each open stretch (open to
 * break, break to close); the last slot of a stretch is shorter where the interval does not divide it.
 */
export function sessionGrid(session: Session, intervalMs: number): Grid {
  const stretches: { start: number; end: number }[] = [];
  let start: number = session.open;
  for (const pause of session.breaks) {
    stretches.push({ start, end: pause.start });
    start = pause.end;
  }
  stretches.push({ start, end: session.close });
  return gridOf(stretches, intervalMs);
}

/** How many slots `sessionGrid` cuts, without cutting them. */
export function slotCount(session: Session, intervalMs: number): number {
  let count = 0;
  let from: number = session.open;
  for (const pause of session.breaks) {
    count += Math.ceil((pause.start - from) / intervalMs);
    from = pause.end;
  }
  return count + Math.ceil((session.close - from) / intervalMs);
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
  for (const { start, end, firstSlot } of segments) {
    let slot = firstSlot;
    for (let at = start; at < end; at += intervalMs) {
      starts[slot] = at;
      ends[slot] = Math.min(at + intervalMs, end);
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
  return { interval: intervalMs, count, starts, ends, segments, slotAt };
}
