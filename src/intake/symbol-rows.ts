import { barColumns, type BarColumns } from '../bars/columns.ts';
import { blockRows } from './dataset-hash.ts';
import { fileOf } from './origin.ts';
import { giveBack } from './platform.ts';
import type { Breathe } from './result.ts';
import type { Rows, Run, Staging } from './staging.ts';
import { rowsIn, staged } from './staging.ts';
import { timeOrder } from './time-order.ts';

const firstCapacity = 64;
/** The first page grows by so much; it has its full size after four times. */
const growth = 4;

/** Time, values, and where the bar came from. */
export const barRowColumns = 7;

/** Bars, and where each came from. */
export interface FiledBars extends BarColumns {
  origins: Float64Array;
}

export function filedBars(capacity: number): FiledBars {
  return { ...barColumns(capacity), origins: new Float64Array(capacity) };
}

/** A page that is full as it is. */
const noRoom = filedBars(0);

/** Pages that are free: fresh memory costs more than what is written there. */
export class FreePages {
  private readonly byCapacity = new Map<number, FiledBars[]>();

  /** An empty page. */
  take(capacity: number): FiledBars {
    const page = this.byCapacity.get(capacity)?.pop() ?? filedBars(capacity);
    page.count = 0;
    return page;
  }

  /** Lets them all go: they are of no use any more, to whoever may still have one. */
  clear(): void {
    for (const { start, open, high, low, close, volume, origins } of [...this.byCapacity.values()].flat())
      for (const { buffer } of [start, open, high, low, close, volume, origins]) giveBack(buffer);
    this.byCapacity.clear();
  }

  /** Nobody looks at these any more. */
  give(pages: readonly FiledBars[]): void {
    for (const page of pages) {
      const { length } = page.start;
      const free = this.byCapacity.get(length);
      if (free) free.push(page);
      else if (length > 0) this.byCapacity.set(length, [page]);
    }
  }
}

/** The bars of one symbol in the order in which they were read, in pages, so that nothing is copied when there are more. */
export class SymbolRows {
  readonly name: string;
  /** Each of `blockRows` bars, but for the last. */
  pages: FiledBars[];
  /** Every bar came after the one before it. */
  ordered = true;
  /** Bars that were staged, in runs in the order of reading. */
  readonly runs: Run[] = [];
  /** The start of the last bar of all, of the last one here, and the latest among the bars of the file. */
  last = NaN;
  lastHere = -Infinity;
  latest = -Infinity;
  private file = -1;
  private readonly free: FreePages;

  constructor(name: string, free: FreePages) {
    this.name = name;
    this.free = free;
    this.pages = [free.take(firstCapacity)];
  }

  get count(): number {
    return (this.pages.length - 1) * blockRows + this.page.count;
  }

  /** Adds a bar; returns 1 when a later one of the same file came before it, else 0. */
  append(origin: number, start: number, open: number, high: number, low: number, close: number, volume: number): 0 | 1 {
    const page = this.room(fileOf(origin));
    const row = page.count;
    page.origins[row] = origin;
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
  room(file: number): FiledBars {
    if (this.file !== file) {
      this.file = file;
      this.latest = -Infinity;
    }
    const { page } = this;
    return page.count < page.start.length ? page : this.grow();
  }

  /** Start of the last bar that came from a file, if no other file has followed; NaN when there is none. */
  lastStart(file: number): number {
    return this.file === file ? this.last : NaN;
  }

  /** All bars that are here, in columns of their own where they have several pages. */
  gathered(): FiledBars {
    if (this.pages.length === 1) return this.page;
    const all = filedBars(this.count);
    for (const page of this.pages) copyRows(page, all);
    return all;
  }

  /** Stages the bars that are here as one run, and begins anew. */
  async stage(staging: Staging, breathe: Breathe): Promise<void> {
    if (this.count === 0) return;
    if (this.ordered) {
      const runs: Run[] = [];
      for (const page of this.pages) runs.push(await staged(rowsOf(page), null, staging));
      this.runs.push({ from: runs[0]!.from, places: runs.flatMap(({ places }) => places), count: rowsIn(runs) });
    } else {
      const all = this.gathered();
      const order = await timeOrder(all.start, all.count, breathe);
      this.runs.push(await staged(rowsOf(all), order, staging));
    }
    this.free.give(this.pages);
    this.pages = [noRoom];
    this.ordered = true;
    this.lastHere = -Infinity;
  }

  private get page(): FiledBars {
    return this.pages[this.pages.length - 1]!;
  }

  private grow(): FiledBars {
    const { page } = this;
    if (page.count === blockRows) {
      const next = this.free.take(blockRows);
      this.pages.push(next);
      return next;
    }
    const grown = this.free.take(Math.max(firstCapacity, page.count * growth));
    copyRows(page, grown);
    this.pages[this.pages.length - 1] = grown;
    this.free.give([page]);
    return grown;
  }
}

function rowsOf({ count, start, open, high, low, close, volume, origins }: FiledBars): Rows {
  return { count, columns: [start, open, high, low, close, volume, origins] };
}

/** Adds rows to those that are there. */
function copyRows(from: FiledBars, to: FiledBars): void {
  for (const name of ['start', 'open', 'high', 'low', 'close', 'volume', 'origins'] as const)
    to[name].set(from[name].subarray(0, from.count), to.count);
  to.count += from.count;
}
