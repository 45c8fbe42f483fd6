import type { Grid } from '../time/grid.ts';
import { gridOf } from '../time/grid.ts';
import { intervalText } from './interval.ts';

/**
 * Which base slots make up which derived bar of a session. A bucket is a fixed range of slots: it never reaches over a
 * break or the close, and bars that are missing do not move it.
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
 * The buckets of that many milliseconds over a session's base slots.
 * Throws a RangeError when the interval is not a multiple of the base interval.
 */
export function bucketTable(base: Grid, intervalMs: number): Buckets {
  if (!(intervalMs > 0) || intervalMs % base.interval !== 0) {
    throw new RangeError(
      `The derived interval was ${intervalText(intervalMs)}; it must be a multiple of the base interval ${intervalText(base.interval)}`,
    );
  }
  const grid = gridOf(base.segments, intervalMs);
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
