import type { Lattice } from './map-rows.ts';
import type { Presence } from './presence.ts';
import { isExpected, sweep } from './sweep.ts';

/** Told of a gap: slots side by side that miss their bar; `[from, to)` in epoch milliseconds. */
export type TakeGap = (row: number, from: number, to: number, slots: number) => void;

/** The gaps of a symbol in time order. One ends with its stretch of open time: at a break, and at the close. */
export function eachGap(presence: Presence, lattice: Lattice, take: TakeGap): void {
  const { slotMs, start, end, row, firstSlot } = lattice;
  /** The slot before which all is told, and its stretch. */
  let stretch = 0;
  let next = 0;
  const tellUpTo = (untilStretch: number, slot: number): void => {
    for (; stretch < row.length; stretch++) {
      const until = stretch < untilStretch ? firstSlot[stretch + 1]! : slot;
      if (until > next && isExpected(presence, lattice, stretch)) {
        const timeOf = (each: number): number => start[stretch]! + (each - firstSlot[stretch]!) * slotMs;
        take(row[stretch]!, timeOf(next), Math.min(timeOf(until), end[stretch]!), until - next);
      }
      next = until;
      if (stretch === untilStretch) return;
    }
  };
  sweep(presence, lattice, {
    present(at, slot, count) {
      tellUpTo(at, slot);
      next = slot + count;
    },
    outside: () => undefined,
  });
  tellUpTo(row.length, firstSlot[row.length]!);
}
