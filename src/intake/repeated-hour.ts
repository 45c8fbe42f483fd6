import type { BarColumns } from '../bars/columns.ts';
import { FreePages, SymbolRows } from './symbol-rows.ts';

/** How the records of a repeated hour were told apart: by a plain order, by the likeliest reading of it, or not at all. */
export type HourReading = 'plain' | 'likely' | 'none';

/** Where the second time around begins or ends in the order of the records. */
interface Split {
  readonly at: number;
  readonly newestFirst: boolean;
  readonly reading: HourReading;
}

const untold: Split = { at: 0, newestFirst: false, reading: 'none' };

/**
 * The records of one symbol of one file that lie in an hour which the wall clock showed twice and follow each other. They
 * are kept until one comes that does not belong to them, and then go to the symbol's rows.
 *
 * The text does not say which of the two hours is meant; the order of the records does. Where most steps from a record to
 * the next go forward (those to the records before and after the hour are among them), the second hour begins where the
 * time steps back; in a file with the newest first, the first hour begins where the time steps forward. Of several such
 * steps the longest is taken, as the likeliest, and one of less than half the hour is no more than likely: a record may
 * have come late. Two records alone, of one time and with different values, are one of each
 * hour, likely: so bars of an hour come. Where there is no such step, all are taken for the first hour.
 */
export class RepeatedHour {
  /** With the start that each has if it is in the first hour. */
  private readonly records: SymbolRows;
  private readonly rows: SymbolRows;
  /** Milliseconds from a time to the same time of the second hour. */
  private readonly shift: number;
  /** Start of the record before the hour; NaN when there is none. */
  private readonly before: number;

  constructor(rows: SymbolRows, file: number, shift: number) {
    this.rows = rows;
    this.shift = shift;
    this.before = rows.lastStart(file);
    this.records = new SymbolRows(rows.name, new FreePages());
  }

  get count(): number {
    return this.records.count;
  }

  /** Whether a time, as one of the first hour, is in this hour, which has records, and not in that of another year. */
  covers(start: number): boolean {
    return Math.abs(start - this.records.pages[0]!.start[0]!) < this.shift;
  }

  add(origin: number, start: number, open: number, high: number, low: number, close: number, volume: number): void {
    this.records.append(origin, start, open, high, low, close, volume);
  }

  /**
   * Gives the records to the rows of their symbol. `after` is the start of the record that follows the hour, NaN when there
   * is none. Says how they were told apart, and how many of them come before an earlier one.
   */
  release(after: number): { reading: HourReading; outOfOrder: number } {
    const columns = this.records.gathered();
    const { start, open, high, low, close, volume, count, origins } = columns;
    const { at, newestFirst, reading } = this.split(columns, after);
    let outOfOrder = 0;
    for (let i = 0; i < count; i++) {
      const isSecond = reading !== 'none' && (newestFirst ? i < at : i >= at);
      const time = start[i]! + (isSecond ? this.shift : 0);
      outOfOrder += this.rows.append(origins[i]!, time, open[i]!, high[i]!, low[i]!, close[i]!, volume[i]!);
    }
    return { reading, outOfOrder };
  }

  private split(columns: BarColumns, after: number): Split {
    const { start, count } = columns;
    let sense = Math.sign(start[0]! - this.before) || 0;
    sense += Math.sign(after - start[count - 1]!) || 0;
    for (let i = 1; i < count; i++) sense += Math.sign(start[i]! - start[i - 1]!);
    const newestFirst = sense < 0;
    const direction = newestFirst ? -1 : 1;
    let at = 0;
    let longest = 0;
    let breaks = 0;
    for (let i = 1; i < count; i++) {
      const back = (start[i - 1]! - start[i]!) * direction;
      if (back <= 0) continue;
      breaks++;
      if (back > longest) {
        longest = back;
        at = i;
      }
    }
    if (breaks > 0) return { at, newestFirst, reading: breaks === 1 && 2 * longest >= this.shift ? 'plain' : 'likely' };
    const { open, high, low, close, volume } = columns;
    const differ = [open, high, low, close, volume].some((values) => values[0] !== values[1]);
    return count === 2 && start[0] === start[1] && differ ? { at: 1, newestFirst, reading: 'likely' } : untold;
  }
}
