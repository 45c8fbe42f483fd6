import type { BarColumns } from '../bars/columns.ts';
import { barColumns } from '../bars/columns.ts';

const firstCapacity = 64;

/** The bars of one symbol in the order in which they were read, in columns that grow. */
export class SymbolRows {
  readonly name: string;
  columns: BarColumns = barColumns(firstCapacity);
  /** Every bar came after the one before it. */
  ordered = true;
  /** By file that has bars of the symbol: its number, and the row of its first bar. */
  readonly files: number[] = [];
  readonly firstRows: number[] = [];
  /** The latest start among the bars of the current file. */
  private latest = -Infinity;

  constructor(name: string) {
    this.name = name;
  }

  /** Adds a bar; returns 1 when a later one of the same file came before it, else 0. */
  append(file: number, start: number, open: number, high: number, low: number, close: number, volume: number): 0 | 1 {
    let columns = this.columns;
    const row = columns.count;
    if (row === columns.start.length) columns = this.grow();
    if (this.files.length === 0 || this.files[this.files.length - 1] !== file) {
      this.files.push(file);
      this.firstRows.push(row);
      this.latest = -Infinity;
    }
    columns.start[row] = start;
    columns.open[row] = open;
    columns.high[row] = high;
    columns.low[row] = low;
    columns.close[row] = close;
    columns.volume[row] = volume;
    columns.count = row + 1;
    if (row > 0 && !(start > columns.start[row - 1]!)) this.ordered = false;
    if (start < this.latest) return 1;
    this.latest = start;
    return 0;
  }

  /** Start of the last bar that came from a file, if no other file has followed; NaN when there is none. */
  lastStart(file: number): number {
    return this.files[this.files.length - 1] === file ? this.columns.start[this.columns.count - 1]! : NaN;
  }

  /** The number of the file that a row came from. */
  fileOf(row: number): number {
    let i = this.firstRows.length - 1;
    while (this.firstRows[i]! > row) i--;
    return this.files[i]!;
  }

  private grow(): BarColumns {
    const grown = barColumns(this.columns.count * 2);
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
