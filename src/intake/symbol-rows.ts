import type { BarColumns } from '../bars/columns.ts';
import { barColumns } from '../bars/columns.ts';
import { blockRows } from './dataset-hash.ts';
import type { Breathe } from './result.ts';
import type { Run, Staging } from './staging.ts';
import { staged } from './staging.ts';
import { timeOrder } from './time-order.ts';

const firstCapacity = 64;
/** The first page grows by so much; it has its full size after four times. */
const growth = 4;

/** Time, values, and the number of the file. */
export const barRowColumns = 7;

/** The bars of one symbol in the order in which they were read, in pages, so that nothing is copied when there are more. */
export class SymbolRows {
  readonly name: string;
  /** Each of `blockRows` bars, but for the last. */
  pages: BarColumns[] = [barColumns(firstCapacity)];
  /** Every bar came after the one before it. */
  ordered = true;
  /** Bars that were staged, in runs in the order of reading. */
  readonly runs: Run[] = [];
  /** The start of the last bar of all, of the last one here, and the latest among the bars of the file. */
  last = NaN;
  lastHere = -Infinity;
  latest = -Infinity;
  /** By file that has bars of the symbol here: its number, and the row of its first bar. */
  private readonly files: number[] = [];
  private readonly firstRows: number[] = [];
  private file = -1;

  constructor(name: string) {
    this.name = name;
  }

  get count(): number {
    return (this.pages.length - 1) * blockRows + this.page.count;
  }

  /** Adds a bar; returns 1 when a later one of the same file came before it, else 0. */
  append(file: number, start: number, open: number, high: number, low: number, close: number, volume: number): 0 | 1 {
    const page = this.room(file);
    const row = page.count;
    page.start[row] = start;
    page.open[row] = open;
    page.high[row] = high;
    page.low[row] = low;
    page.close[row] = close;
    page.volume[row] = volume;
    page.count = row + 1;
    if (!(start > this.lastHere)) this.ordered = false;
    this.lastHere = this.last = start;
    if (start < this.latest) return 1;
    this.latest = start;
    return 0;
  }

  /** The page that has room for another bar of the file. */
  room(file: number): BarColumns {
    if (this.file !== file || this.files.length === 0) this.turnTo(file);
    const { page } = this;
    return page.count < page.start.length ? page : this.grow();
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

  /** All bars that are here, in columns of their own where they have several pages. */
  gathered(): BarColumns {
    if (this.pages.length === 1) return this.page;
    const all = barColumns(this.count);
    for (const page of this.pages) copyRows(page, all);
    return all;
  }

  /** Stages the bars that are here as one run, and begins anew. */
  async stage(staging: Staging, breathe: Breathe): Promise<void> {
    if (this.count === 0) return;
    if (this.ordered) {
      const runs: Run[] = [];
      for (const [i, page] of this.pages.entries())
        runs.push(await staged(this.withFiles(page, i * blockRows), null, staging));
      this.runs.push({ from: runs[0]!.from, places: runs.flatMap(({ places }) => places) });
    } else {
      const all = this.gathered();
      const order = await timeOrder(all.start, all.count, breathe);
      this.runs.push(await staged(this.withFiles(all, 0), order, staging));
    }
    this.pages = [barColumns(0)];
    this.ordered = true;
    this.lastHere = -Infinity;
    this.files.length = 0;
    this.firstRows.length = 0;
  }

  private get page(): BarColumns {
    return this.pages[this.pages.length - 1]!;
  }

  private withFiles({ count, start, open, high, low, close, volume }: BarColumns, firstRow: number) {
    const files = Float64Array.from({ length: count }, (_, row) => this.fileOf(firstRow + row));
    return { count, columns: [start, open, high, low, close, volume, files] };
  }

  private turnTo(file: number): void {
    this.files.push(file);
    this.firstRows.push(this.count);
    if (this.file === file) return;
    this.file = file;
    this.latest = -Infinity;
  }

  private grow(): BarColumns {
    const { page } = this;
    if (page.count === blockRows) {
      const next = barColumns(blockRows);
      this.pages.push(next);
      return next;
    }
    const grown = barColumns(Math.min(blockRows, Math.max(firstCapacity, page.count * growth)));
    copyRows(page, grown);
    this.pages[this.pages.length - 1] = grown;
    return grown;
  }
}

/** Adds rows to those that are there. */
function copyRows(from: BarColumns, to: BarColumns): void {
  for (const name of ['start', 'open', 'high', 'low', 'close', 'volume'] as const)
    to[name].set(from[name].subarray(0, from.count), to.count);
  to.count += from.count;
}
