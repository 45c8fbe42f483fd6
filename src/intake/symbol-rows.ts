import type { BarColumns } from '../bars/columns.ts';
import { barColumns } from '../bars/columns.ts';
import type { Breathe } from './result.ts';
import type { Run, Rows, Staging } from './staging.ts';
import { staged } from './staging.ts';
import { timeOrder } from './time-order.ts';

const firstCapacity = 64;

/** Time, values, and the number of the file. */
export const barRowColumns = 7;

/** The bars of one symbol in the order in which they were read, in columns that grow. */
export class SymbolRows {
  readonly name: string;
  columns: BarColumns = barColumns(firstCapacity);
  /** Every bar came after the one before it. */
  ordered = true;
  /** Bars that were staged, in runs in the order of reading. */
  readonly runs: Run[] = [];
  /** By file that has bars of the symbol here: its number, and the row of its first bar. */
  private readonly files: number[] = [];
  private readonly firstRows: number[] = [];
  /** The file of the last bar, its start, and the latest start among the bars of that file. */
  private file = -1;
  private last = NaN;
  private latest = -Infinity;

  constructor(name: string) {
    this.name = name;
  }

  /** Adds a bar; returns 1 when a later one of the same file came before it, else 0. */
  append(file: number, start: number, open: number, high: number, low: number, close: number, volume: number): 0 | 1 {
    let columns = this.columns;
    const row = columns.count;
    if (row === columns.start.length) columns = this.grow();
    if (this.file !== file || row === 0) this.turnTo(file, row);
    columns.start[row] = start;
    columns.open[row] = open;
    columns.high[row] = high;
    columns.low[row] = low;
    columns.close[row] = close;
    columns.volume[row] = volume;
    columns.count = row + 1;
    if (row > 0 && !(start > this.last)) this.ordered = false;
    this.last = start;
    if (start < this.latest) return 1;
    this.latest = start;
    return 0;
  }

  /** Start of the last bar that came from a file, if no other file has followed; NaN when there is none. */
  lastStart(file: number): number {
    return this.file === file ? this.last : NaN;
  }

  /** The number of the file that a row came from. */
  fileOf(row: number): number {
    const { firstRows } = this;
    let low = 0;
    let high = firstRows.length;
    while (high - low > 1) {
      const middle = (low + high) >> 1;
      if (firstRows[middle]! <= row) low = middle;
      else high = middle;
    }
    return this.files[low]!;
  }

  /** Stages the bars that are here as one run, and begins anew. */
  async stage(staging: Staging, breathe: Breathe): Promise<void> {
    const { start, open, high, low, close, volume, count } = this.columns;
    if (count === 0) return;
    const order = this.ordered ? null : await timeOrder(start, count, breathe);
    const files = Float64Array.from({ length: count }, (_, row) => this.fileOf(row));
    const rows: Rows = { count, columns: [start, open, high, low, close, volume, files] };
    this.runs.push(await staged(rows, order, staging));
    this.columns = barColumns(0);
    this.ordered = true;
    this.files.length = 0;
    this.firstRows.length = 0;
  }

  private turnTo(file: number, row: number): void {
    this.files.push(file);
    this.firstRows.push(row);
    if (this.file === file) return;
    this.file = file;
    this.latest = -Infinity;
  }

  private grow(): BarColumns {
    const grown = barColumns(Math.max(firstCapacity, this.columns.count * 2));
    copyRows(this.columns, grown);
    this.columns = grown;
    return grown;
  }
}

function copyRows(from: BarColumns, to: BarColumns): void {
  for (const name of ['start', 'open', 'high', 'low', 'close', 'volume'] as const)
    to[name].set(from[name].subarray(0, from.count));
  to.count = from.count;
}
