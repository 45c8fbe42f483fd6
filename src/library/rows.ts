import type { BarColumns } from '../bars/columns.ts';
import type { RecordColumns } from '../bars/records.ts';

/**
 * Bars or records of one symbol in time order, by column: the start or time first, then the values in the order of the kind. Only
 * the first `count` entries count. Who is given rows may keep them no longer than until it asks for the next.
 */
export interface Rows {
  readonly columns: readonly Float64Array[];
  readonly count: number;
}

/** Rows of bars as bars; the columns are the same. */
export function barsOf({ columns, count }: Rows): BarColumns {
  const [start, open, high, low, close, volume] = columns as [
    ...[Float64Array, Float64Array, Float64Array],
    ...[Float64Array, Float64Array, Float64Array],
  ];
  return { count, start, open, high, low, close, volume };
}

/** Rows of records as records; the columns are the same. */
export function recordsOf({ columns: [time, ...values], count }: Rows): RecordColumns {
  return { count, time: time!, values };
}

/** Rows of one symbol that are added one by one, in columns that grow. */
export class GrowingRows implements Rows {
  columns: Float64Array[];
  count = 0;

  constructor(columns: number, capacity: number) {
    this.columns = Array.from({ length: columns }, () => new Float64Array(capacity));
  }

  /** Adds the rows `[from, end)` of others with as many columns. */
  add(rows: Rows, from = 0, end = rows.count): void {
    this.room(this.count + end - from);
    for (const [i, column] of this.columns.entries()) column.set(rows.columns[i]!.subarray(from, end), this.count);
    this.count += end - from;
  }

  /** Takes the first rows away. */
  drop(rows: number): void {
    for (const column of this.columns) column.copyWithin(0, rows, this.count);
    this.count -= rows;
  }

  private room(count: number): void {
    if (count <= this.columns[0]!.length) return;
    this.columns = this.columns.map((column) => {
      const grown = new Float64Array(Math.max(count, 2 * column.length));
      grown.set(column.subarray(0, this.count));
      return grown;
    });
  }
}
