import { barColumns, type BarColumns } from '../bars/columns.ts';

/** What becomes of bars that come again, by the number of their file. */
export interface Losses {
  duplicate(file: number): void;
  conflict(file: number): void;
}

/** Bars in time order, those of one time in the order in which they were read; `files` are the numbers of their files by row. */
export interface FiledBars {
  readonly bars: BarColumns;
  fileOf(row: number): number;
}

/** Takes each time once: of equal bars the first, of others the last. What has room in `bars` is settled but for the last one. */
export class Once {
  readonly bars: BarColumns;
  private readonly losses: Losses | null;
  private lastFile = -1;

  constructor(capacity: number, losses: Losses | null) {
    this.bars = barColumns(capacity);
    this.losses = losses;
  }

  /**
   * Takes rows from the given one on, in that order where there is one; ends before `end` at a bar for which there is no room.
   * Returns the first that was not taken.
   */
  take({ bars: from, fileOf }: FiledBars, order: Uint32Array | null, first: number, end: number): number {
    const { bars: to, losses } = this;
    const { start, open, high, low, close, volume } = to;
    let out = to.count - 1;
    let at = first;
    for (; at < end; at++) {
      const row = order ? order[at]! : at;
      if (out >= 0 && from.start[row] === start[out]) {
        const isSame =
          from.open[row] === open[out] &&
          from.high[row] === high[out] &&
          from.low[row] === low[out] &&
          from.close[row] === close[out] &&
          from.volume[row] === volume[out];
        if (isSame) {
          losses?.duplicate(fileOf(row));
          continue;
        }
        losses?.conflict(this.lastFile);
      } else if (out + 1 === start.length) break;
      else out++;
      this.lastFile = losses ? fileOf(row) : -1;
      start[out] = from.start[row]!;
      open[out] = from.open[row]!;
      high[out] = from.high[row]!;
      low[out] = from.low[row]!;
      close[out] = from.close[row]!;
      volume[out] = from.volume[row]!;
    }
    to.count = out + 1;
    return at;
  }
}
