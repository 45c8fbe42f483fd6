import type { Lattice } from './map-rows.ts';
import type { Presence } from './presence.ts';
import { isExpected, sweep } from './sweep.ts';

/** What is there of a symbol, or of several together, by row: slots that are expected, those with a bar, bars in no slot. */
export interface RowCounts {
  readonly expected: Float64Array;
  readonly present: Float64Array;
  readonly outside: Float64Array;
  /** Bars in no slot start in `[outsideFrom, outsideUntil)`, in milliseconds from their rows' anchors; empty without any. */
  outsideFrom: number;
  outsideUntil: number;
}

export function noCounts(rows: number): RowCounts {
  return {
    expected: new Float64Array(rows),
    present: new Float64Array(rows),
    outside: new Float64Array(rows),
    outsideFrom: Infinity,
    outsideUntil: -Infinity,
  };
}

/** Adds a symbol's bars to the counts of the rows. */
export function countRows(presence: Presence, lattice: Lattice, counts: RowCounts): void {
  const { expected, present, outside } = counts;
  const { row, firstSlot, rowAnchor, slotMs } = lattice;
  for (let stretch = 0; stretch < row.length; stretch++)
    if (isExpected(presence, lattice, stretch))
      expected[row[stretch]!]! += firstSlot[stretch + 1]! - firstSlot[stretch]!;
  sweep(presence, lattice, {
    present: (stretch, _, count) => void (present[row[stretch]!]! += count),
    outside(at, start, count) {
      outside[at]! += count;
      const from = start - rowAnchor[at]!;
      if (from < counts.outsideFrom) counts.outsideFrom = from;
      if (from + count * slotMs > counts.outsideUntil) counts.outsideUntil = from + count * slotMs;
    },
  });
}

/** A window of a map: columns of `columnMs` from `from` on, both in milliseconds from a row's anchor. */
export interface GridWindow {
  readonly from: number;
  readonly columnMs: number;
  readonly columns: number;
  /** By row of the lattice the row of the grid that it is added to, and how many those are. */
  readonly target: Int32Array;
  readonly rows: number;
}

/** What is there by row and column: at `row * columns + column`. */
export interface MapGrid {
  readonly rows: number;
  readonly columns: number;
  readonly expected: Uint32Array<ArrayBuffer>;
  readonly present: Uint32Array<ArrayBuffer>;
  readonly outside: Uint32Array<ArrayBuffer>;
}

/** Lays a window over the bars of symbols together. A slot is of the column in which it starts. */
export function gridOf(presences: readonly Presence[], lattice: Lattice, window: GridWindow): MapGrid {
  const { from, columnMs, columns, target, rows } = window;
  const { slotMs, rowAnchor, start, row, firstSlot } = lattice;
  const size = rows * columns;
  const grid = {
    rows,
    columns,
    expected: new Uint32Array(size),
    present: new Uint32Array(size),
    outside: new Uint32Array(size),
  };
  const slots = firstSlot[firstSlot.length - 1]!;
  /** How many more symbols have a bar in a slot than in the one before it. */
  const steps = new Int32Array(slots + 1);
  const expecting = new Int32Array(row.length);
  for (const presence of presences) {
    for (let stretch = 0; stretch < row.length; stretch++)
      if (isExpected(presence, lattice, stretch)) expecting[stretch]!++;
    sweep(presence, lattice, {
      present(_, slot, count) {
        steps[slot]!++;
        steps[slot + count]!--;
      },
      outside(at, begin, count) {
        const first = target[at]! * columns;
        for (let i = 0; i < count; i++) {
          const column = Math.floor((begin + i * slotMs - rowAnchor[at]! - from) / columnMs);
          if (column >= 0 && column < columns) grid.outside[first + column]!++;
        }
      },
    });
  }
  let level = 0;
  for (let stretch = 0; stretch < row.length; stretch++) {
    const first = target[row[stretch]!]! * columns;
    const offset = start[stretch]! - rowAnchor[row[stretch]!]! - from;
    for (let slot = firstSlot[stretch]!; slot < firstSlot[stretch + 1]!; slot++) {
      level += steps[slot]!;
      const column = Math.floor((offset + (slot - firstSlot[stretch]!) * slotMs) / columnMs);
      if (column < 0 || column >= columns) continue;
      grid.expected[first + column]! += expecting[stretch]!;
      grid.present[first + column]! += level;
    }
  }
  return grid;
}
