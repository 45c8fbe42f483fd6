/** Rows by column, the time first; only the first `count` entries count. */
export interface Rows {
  count: number;
  readonly columns: readonly Float64Array[];
}

/** Room for so many rows of so many columns, empty. */
export function rowsFor(capacity: number, columns: number): Rows {
  return { count: 0, columns: Array.from({ length: columns }, () => new Float64Array(capacity)) };
}

/** Rows that are kept together. */
export const stagedRows = 8_192;

/** Rows that are free, of one capacity: fresh memory for each of thousands of symbols would pile up. */
export class FreeRows {
  private readonly spare: Rows[] = [];
  private readonly capacity: number;

  constructor(capacity: number) {
    this.capacity = capacity;
  }

  /** Empty rows of so many columns. */
  take(columns: number): Rows {
    const at = this.spare.findIndex((rows) => rows.columns.length === columns);
    if (at === -1) return rowsFor(this.capacity, columns);
    const rows = this.spare.splice(at, 1)[0]!;
    rows.count = 0;
    return rows;
  }

  /** Nobody looks at these any more. */
  give(rows: Rows): void {
    if (this.spare.length < mostSpare) this.spare.push(rows);
  }
}

/** More are let go; runs that follow each other need one at a time. */
const mostSpare = 4;

/** Where an import keeps rows that memory has no room for, until it is over. */
export interface Staging {
  /** Keeps at most `stagedRows` rows, which are the caller's again when it resolves. Resolves with the number of their place. */
  keep(rows: Rows): Promise<number>;
  /** Reads the rows at a place into `rows`, which has room for them. */
  read(place: number, rows: Rows): Promise<void>;
}

/** Staged rows of one symbol, in time order, those of one time in the order in which they were read. */
export interface Run {
  /** Places, in time order. */
  readonly places: readonly number[];
  /** Time of the first row. */
  readonly from: number;
  /** Rows in all. */
  readonly count: number;
}

/** Keeps rows of which the `order` is given, or that are in order. */
export async function staged(rows: Rows, order: Uint32Array | null, staging: Staging): Promise<Run> {
  const places: number[] = [];
  const scratch = order && rowsFor(Math.min(stagedRows, rows.count), rows.columns.length);
  for (let first = 0; first < rows.count; first += stagedRows) {
    const end = Math.min(first + stagedRows, rows.count);
    places.push(await staging.keep(order ? inOrder(rows, order, first, end, scratch!) : part(rows, first, end)));
  }
  const times = rows.columns[0]!;
  return { places, from: order ? times[order[0]!]! : times[0]!, count: rows.count };
}

function inOrder({ columns }: Rows, order: Uint32Array, first: number, end: number, to: Rows): Rows {
  for (const [c, from] of columns.entries()) {
    const column = to.columns[c]!;
    for (let i = first; i < end; i++) column[i - first] = from[order[i]!]!;
  }
  to.count = end - first;
  return to;
}

function part({ columns }: Rows, first: number, end: number): Rows {
  return { count: end - first, columns: columns.map((column) => column.subarray(first, end)) };
}

/** Rows of all runs together. */
export function rowsIn(runs: readonly Run[]): number {
  return runs.reduce((sum, { count }) => sum + count, 0);
}
