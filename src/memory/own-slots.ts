import { bucketTable, type Buckets } from '../bars/buckets.ts';
import type { Grid } from '../time/grid.ts';
import { day } from '../time/instant.ts';

/**
 * Where the bars of a symbol lie whose bars are longer than the base: each in the last base slot of its own bucket, since it is
 * known when it ends. The other base slots of the symbol stay empty and are not expected to hold anything.
 */
export interface OwnSlots {
  /** The slots of its own bars. */
  readonly grid: Grid;
  /** By own bar: the base slot that holds it. */
  readonly place: Int32Array;
  /** By base slot: 1 where it holds a bar of the symbol. */
  readonly expected: Uint8Array;
  /** By base slot: start of the own bar that covers it. */
  readonly starts: Float64Array;
  /** By interval, by bucket: own bars that make the derived bar; 0 where it cannot be made of them. */
  readonly parts: readonly Int32Array[];
}

/** The places of bars of that length. `derived` are the buckets of the run's intervals; the base has none. */
export function ownSlots(base: Grid, intervalMs: number, derived: readonly (Buckets | null)[]): OwnSlots {
  const { grid, first, end, bucketOf } = bucketTable(base, intervalMs);
  const place = end.map((slot) => slot - 1);
  const expected = new Uint8Array(base.count);
  for (const slot of place) expected[slot] = 1;
  return {
    grid,
    place,
    expected,
    starts: Float64Array.from(bucketOf, (bucket) => base.starts[first[bucket]!]!),
    parts: derived.map((buckets) => {
      const parts = new Int32Array(buckets?.grid.count ?? 0);
      if (!buckets || (buckets.grid.interval % intervalMs !== 0 && buckets.grid.interval !== day)) return parts;
      for (const slot of place) parts[buckets.bucketOf[slot]!]!++;
      return parts;
    }),
  };
}
