import type { DayText } from '../time/instant.ts';

/** A stretch of open time, `[start, end)`, that is cut into slots from its start on, and the session it is of. */
export interface Stretch {
  readonly start: number;
  readonly end: number;
  readonly sessionOpen: number;
  readonly sessionClose: number;
}

/** A row of a map of quality: a day of the market, or of bars of a day a month of it. */
export interface MapRow {
  /** The session's date, a date without a session on which there are bars, or the first date of a month. */
  readonly date: DayText;
  /** Bars that start in `[from, until)` are the row's. Rows do not overlap. */
  readonly from: number;
  readonly until: number;
  /** The left end of its axis of time is so far from here as that of all rows; the wall clock of the market shows 00:00. */
  readonly anchor: number;
  /** None on a day without a session. */
  readonly stretches: readonly Stretch[];
  readonly early: boolean;
}

/** The rows of a dataset under a calendar, in time order. */
export interface MapRows {
  readonly rows: readonly MapRow[];
  /** Length of a slot, in milliseconds. */
  readonly slotMs: number;
  /** Times are days since 1970-01-01 in UTC that stand for dates: bars of a day have no other time. */
  readonly byDate: boolean;
}

/** Rows ready to be swept: their stretches behind each other, and the number of each one's first slot. */
export interface Lattice {
  readonly slotMs: number;
  readonly rowFrom: Float64Array;
  readonly rowUntil: Float64Array;
  readonly rowAnchor: Float64Array;
  readonly start: Float64Array;
  readonly end: Float64Array;
  readonly sessionOpen: Float64Array;
  readonly sessionClose: Float64Array;
  readonly row: Int32Array;
  /** By stretch, and one more: the number of all slots. */
  readonly firstSlot: Int32Array;
}

/** The lattice of rows `[first, end)`. */
export function latticeOf({ rows, slotMs }: MapRows, first = 0, end = rows.length): Lattice {
  const taken = rows.slice(first, end);
  const stretches = taken.flatMap((row, i) => row.stretches.map((stretch) => ({ ...stretch, row: i })));
  const firstSlot = new Int32Array(stretches.length + 1);
  for (const [i, { start, end: close }] of stretches.entries())
    firstSlot[i + 1] = firstSlot[i]! + Math.ceil((close - start) / slotMs);
  return {
    slotMs,
    rowFrom: Float64Array.from(taken, ({ from }) => from),
    rowUntil: Float64Array.from(taken, ({ until }) => until),
    rowAnchor: Float64Array.from(taken, ({ anchor }) => anchor),
    start: Float64Array.from(stretches, ({ start }) => start),
    end: Float64Array.from(stretches, ({ end: close }) => close),
    sessionOpen: Float64Array.from(stretches, ({ sessionOpen }) => sessionOpen),
    sessionClose: Float64Array.from(stretches, ({ sessionClose }) => sessionClose),
    row: Int32Array.from(stretches, ({ row }) => row),
    firstSlot,
  };
}
