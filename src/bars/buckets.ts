import type { Grid } from '../time/grid.ts';
import { gridOf, groupedGrid } from '../time/grid.ts';
import { day } from '../time/instant.ts';
import { intervalText } from './interval.ts';

/**
 * Which base slots make up which derived bar of a session. A bucket is a fixed range of slots: it never reaches over the close,
 * nor over a break unless it is a whole day's, and bars that are missing do not move it.
 */
export interface Buckets {
  /** The slots of the derived interval: bucket b is its slot b. */
  readonly grid: Grid;
  /** By bucket: its first base slot, and the one after its last. */
  readonly first: Int32Array;
  readonly end: Int32Array;
  /** By base slot: its bucket. */
  readonly bucketOf: Int32Array;
}

/**
 * The buckets of that many milliseconds over a session's base slots. A bucket of a day is the whole session; where the base is
 * days, a bucket of n days is n of them.
 * Throws a RangeError when the interval is not a multiple of the base interval; a day is one of any interval shorter.
 */
export function bucketTable(base: Grid, intervalMs: number): Buckets {
  const wholeDay = intervalMs === day && base.interval < day;
  if (!(intervalMs > 0) || (intervalMs % base.interval !== 0 && !wholeDay)) {
    throw new RangeError(
      `The derived interval was ${intervalText(intervalMs)}; it must be a multiple of the base interval ${intervalText(base.interval)}`,
    );
  }
  const grid = intervalMs < day ? gridOf(base.segments, intervalMs) : groupedGrid(base, intervalMs);
  const first = new Int32Array(grid.count);
  const end = new Int32Array(grid.count);
  const bucketOf = new Int32Array(base.count);
  let slot = 0;
  for (let bucket = 0; bucket < grid.count; bucket++) {
    first[bucket] = slot;
    while (slot < base.count && base.starts[slot]! < grid.ends[bucket]!) bucketOf[slot++] = bucket;
    end[bucket] = slot;
  }
  return { grid, first, end, bucketOf };
}
