import { bucketTable, type Buckets } from '../bars/buckets.ts';
import { sessionGrid, shifted, shiftedGrid, type Grid } from '../time/grid.ts';
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
  const later = grids.map((grid) => shiftedGrid(grid, byMs));
  return {
    grids: later,
    buckets: buckets.map((table, i) => table && { ...table, grid: later[i]! }),
    closing,
    own: new Map(
      [...own].map(([interval, slots]) => [
        interval,
        { ...slots, grid: shiftedGrid(slots.grid, byMs), starts: shifted(slots.starts, byMs) },
      ]),
    ),
  };
}

/** Sessions of equal hours are cut alike; those of days are not told apart by hours. */
export function hoursOf({ open, close, breaks }: Session): string {
  return [close - open, ...breaks.flatMap(({ start, end }) => [start - open, end - open])].join();
}
