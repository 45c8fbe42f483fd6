import { blockRows } from './dataset-hash.ts';
import { FreeRows, stagedRows, type Rows, type Run, type Staging } from './staging.ts';

const blocks = new FreeRows(blockRows);
const places = new FreeRows(stagedRows);

/**
 * The rows of several runs in time order, those of one time in the order of the runs. In pieces of `blockRows` rows, the last
 * one of what is left; a piece is its reader's until the next is asked for. Runs that follow each other in time are read one
 * after the other, each from when it is its turn.
 */
export async function* mergedRuns(runs: readonly Run[], columns: number, staging: Staging): AsyncGenerator<Rows> {
  const open = runs.map((run) => new Cursor(run, columns, staging));
  const out = blocks.take(columns);
  try {
    while (open.length > 0) {
      const first = leastOf(open, -1);
      const cursor = open[first]!;
      if (!(await cursor.ready())) {
        open.splice(first, 1);
        cursor.close();
        continue;
      }
      const other = leastOf(open, first);
      const end = other === -1 ? cursor.rows.count : cursor.endBefore(open[other]!.time, first < other);
      while (cursor.at < end) {
        const taken = Math.min(end - cursor.at, blockRows - out.count);
        for (let c = 0; c < columns; c++)
          out.columns[c]!.set(cursor.rows.columns[c]!.subarray(cursor.at, cursor.at + taken), out.count);
        out.count += taken;
        cursor.at += taken;
        if (out.count < blockRows) continue;
        yield out;
        out.count = 0;
      }
    }
    if (out.count > 0) yield out;
  } finally {
    for (const cursor of open) cursor.close();
    blocks.give(out);
  }
}

/** The cursor that stands at the least time, the first of several; not the one at `but`. -1 when there is none. */
function leastOf(cursors: readonly Cursor[], but: number): number {
  let least = -1;
  for (let i = 0; i < cursors.length; i++)
    if (i !== but && (least === -1 || cursors[i]!.time < cursors[least]!.time)) least = i;
  return least;
}

/** A place in a run. Its rows are in memory from the first time that it is ready. */
class Cursor {
  rows: Rows = { count: 0, columns: [] };
  at = 0;
  private place = 0;
  private readonly run: Run;
  private readonly columns: number;
  private readonly staging: Staging;

  constructor(run: Run, columns: number, staging: Staging) {
    this.run = run;
    this.columns = columns;
    this.staging = staging;
  }

  /** Time of the next row. That of a place's first row is known when it is ready; until then it is no later than that. */
  get time(): number {
    if (this.at < this.rows.count) return this.rows.columns[0]![this.at]!;
    return this.rows.count === 0 ? this.run.from : this.rows.columns[0]![this.at - 1]!;
  }

  /** Has a next row; false when the run has ended. */
  async ready(): Promise<boolean> {
    while (this.at === this.rows.count) {
      const place = this.run.places[this.place++];
      if (place === undefined) return false;
      if (this.rows.columns.length === 0) this.rows = places.take(this.columns);
      await this.staging.read(place, this.rows);
      this.at = 0;
    }
    return true;
  }

  /** Gives its rows back; it is not asked again. */
  close(): void {
    if (this.rows.columns.length > 0) places.give(this.rows);
  }

  /** Index after the rows before a time, or up to it. */
  endBefore(time: number, inclusive: boolean): number {
    const times = this.rows.columns[0]!;
    let low = this.at;
    let high = this.rows.count;
    while (low < high) {
      const middle = (low + high) >> 1;
      const at = times[middle]!;
      if (at < time || (inclusive && at === time)) low = middle + 1;
      else high = middle;
    }
    return low;
  }
}
