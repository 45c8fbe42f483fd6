import { bucketTable, type Buckets } from '../bars/buckets.ts';
import { sessionGrid, shiftedGrid, type Grid } from '../time/grid.ts';
import type { Session } from '../time/session.ts';
import { ownSlots, type OwnSlots } from './own-slots.ts';

/** A session cut into slots, at every interval. */
export interface SessionCut {
  /** By interval, base first. */
  readonly grids: readonly Grid[];
  /** By interval; the base has none. */
  readonly buckets: readonly (Buckets | null)[];
  /** By interval, by base slot: the bucket that ends with the slot, or -1. */
  readonly closing: readonly Int32Array[];
  /** By length of bars that are longer than the base: where they lie. */
  readonly own: ReadonlyMap<number, OwnSlots>;
}

/** `intervals` in milliseconds, base first; `longer` are lengths of bars that are longer than the base. */
export function cutSession(session: Session, intervals: readonly number[], longer: readonly number[]): SessionCut {
  const base = sessionGrid(session, intervals[0]!);
  const buckets = intervals.map((interval, i) => (i === 0 ? null : bucketTable(base, interval)));
  return {
    grids: buckets.map((table) => table?.grid ?? base),
    buckets,
    closing: buckets.map((table) => {
      const closing = new Int32Array(base.count).fill(-1);
      table?.end.forEach((end, bucket) => (closing[end - 1] = bucket));
      return closing;
    }),
    own: new Map(longer.map((interval) => [interval, ownSlots(base, interval, buckets)])),
  };
}

/** The cut of a session that is open for the same hours, so many milliseconds later; it shares what holds no times. */
export function shiftedCut({ grids, buckets, closing, own }: SessionCut, byMs: number): SessionCut {
  const slots = grids.reduce((sum, { count }) => sum + count, 0);
  // One piece of memory, as asking for many small ones takes longer than filling them.
  const times = new Float64Array(2 * slots);
  let used = 0;
  const room = (count: number): Float64Array => times.subarray(used, (used += count));
  const later = grids.map((grid) => shiftedGrid(grid, byMs, room));
  return {
    grids: later,
    buckets: buckets.map((table, i) => table && { ...table, grid: later[i]! }),
    closing,
    own: new Map(
      [...own].map(([interval, slots]) => [
        interval,
        { ...slots, grid: shiftedGrid(slots.grid, byMs), starts: slots.starts.map((start) => start + byMs) },
      ]),
    ),
  };
}

/** Sessions of equal hours are cut alike; those of days are not told apart by hours. */
export function hoursOf({ open, close, breaks }: Session): string {
  return [close - open, ...breaks.flatMap(({ start, end }) => [start - open, end - open])].join();
}
