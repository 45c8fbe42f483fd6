import type { BarColumns } from '../../bars/columns.ts';
import { day } from '../../time/instant.ts';
import type { Detector, Tell } from './detector.ts';

/** Fewer bars tell no unit. */
const leastBars = 100;
const leastPrice = 10_000;
/** Nobody has bars within the day of these years; Unix seconds that are read as milliseconds end up in the first. */
const firstYearsMs = 5 * 365 * day;

/**
 * Finds signs of a wrong unit: all prices are multiples of 100 from 10,000 on, as those of QuantConnect LEAN are before they are
 * divided (https://github.com/QuantConnect/Lean/blob/master/Data), or bars within the day lie before 1975, when
 * no vendor recorded any: Unix times of a finer unit were expected.
 */
export class Units implements Detector {
  private readonly isDaily: boolean;
  private readonly tell: Tell;
  private bars = 0;
  private isScaled = true;
  private first = NaN;
  private last = NaN;

  constructor(intervalMs: number, tell: Tell) {
    this.isDaily = intervalMs >= day;
    this.tell = tell;
  }

  add({ start, open, high, low, close, count }: BarColumns): void {
    if (count === 0) return;
    if (this.bars === 0) this.first = start[0]!;
    this.last = start[count - 1]!;
    this.bars += count;
    for (let i = 0; i < count && this.isScaled; i++)
      if (
        low[i]! < leastPrice ||
        open[i]! % 100 !== 0 ||
        high[i]! % 100 !== 0 ||
        low[i]! % 100 !== 0 ||
        close[i]! % 100 !== 0
      )
        this.isScaled = false;
  }

  end(): void {
    const { bars, first: start, last: end } = this;
    if (this.isScaled && bars >= leastBars) {
      const detail =
        'all prices are multiples of 100 from 10,000 on, as where they are to be divided by a power of ten: is their scale right?';
      this.tell({ kind: 'wrong unit', start, end, detail });
    }
    if (!this.isDaily && start >= 0 && end < firstYearsMs) {
      const detail =
        'all times lie before 1975, as where Unix times are taken for a finer unit than theirs: is the time unit right?';
      this.tell({ kind: 'wrong unit', start, end, detail });
    }
  }
}
