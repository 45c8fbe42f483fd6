import type { Lattice } from './map-rows.ts';
import type { Presence } from './presence.ts';

/** Told of every bar in rows, in time order, in runs of bars one slot apart. */
export interface Visitor {
  /** Bars in `count` slots from `slot` on, which are of one stretch. */
  present(stretch: number, slot: number, count: number): void;
  /** Bars of a row in no slot's place: while the market is shut, or beside the slots. `start` is that of the first. */
  outside(row: number, start: number, count: number): void;
}

/** Lays a lattice over bars. What starts in no row is not told. */
export function sweep(presence: Presence, lattice: Lattice, { present, outside }: Visitor): void {
  const { slotMs, rowFrom, rowUntil, start: opens, end: closes, row: rowOf, firstSlot } = lattice;
  const [rows, stretches] = [rowFrom.length, opens.length];
  if (rows === 0) return;
  let row = 0;
  let stretch = 0;
  presence.eachRun(rowFrom[0]!, rowUntil[rows - 1]!, (start, count) => {
    let at = start;
    let left = count;
    while (left > 0) {
      while (stretch < stretches && closes[stretch]! <= at) stretch++;
      let taken: number;
      if (stretch < stretches && opens[stretch]! <= at) {
        taken = Math.min(left, Math.ceil((closes[stretch]! - at) / slotMs));
        const place = (at - opens[stretch]!) / slotMs;
        if (place === Math.floor(place)) present(stretch, firstSlot[stretch]! + place, taken);
        else outside(rowOf[stretch]!, at, taken);
      } else {
        const shutUntil = stretch < stretches ? opens[stretch]! : Infinity;
        while (row < rows && rowUntil[row]! <= at) row++;
        if (row === rows) return;
        const isIn = rowFrom[row]! <= at;
        const end = Math.min(shutUntil, isIn ? rowUntil[row]! : rowFrom[row]!);
        taken = Math.min(left, Math.ceil((end - at) / slotMs));
        if (isIn) outside(row, at, taken);
      }
      at += taken * slotMs;
      left -= taken;
    }
  });
}

/** Whether bars of a symbol are expected in a stretch: in the sessions from its first bar's to its last one's. */
export function isExpected(
  { first, last }: Presence,
  { sessionOpen, sessionClose }: Lattice,
  stretch: number,
): boolean {
  return sessionClose[stretch]! > first && sessionOpen[stretch]! <= last;
}
