import type { Desk } from '../../src/strategy/desk.ts';
import type { Strategy } from '../../src/strategy/strategy.ts';

const fast = 10;
const slow = 40;
/** Numbers a symbol. */
const width = slow + 2;

/**
 * Counts the crossings of two moving averages of each symbol's close, kept as rolling sums. It reads at the desk and
 * trades nothing: what a strategy costs, less a broker.
 */
export class SmaCross implements Strategy {
  crossings = 0;
  /** By symbol: the sum of the fast window, that of the slow one, and a ring of the closes of the latter. */
  private readonly averages: Float64Array;
  /** By symbol: closes so far up to a full window, where the next close goes, whether fast is above. */
  private readonly marks: Int32Array;
  private readonly symbols: number;

  constructor(symbols: number) {
    this.symbols = symbols;
    this.averages = new Float64Array(symbols * width);
    this.marks = new Int32Array(symbols * 3);
  }

  instant(desk: Desk): void {
    const { averages, marks } = this;
    for (let s = 0, mark = 0, at = 0; s < this.symbols; s++, mark += 3, at += width) {
      if (!desk.hasBar(s)) continue;
      const price = desk.last(s);
      const seen = marks[mark]!;
      const next = marks[mark + 1]!;
      const ring = at + 2 + next;
      let fastSum = averages[at]! + price;
      let slowSum = averages[at + 1]! + price;
      if (seen >= fast) fastSum -= averages[next < fast ? ring + slow - fast : ring - fast]!;
      if (seen === slow) slowSum -= averages[ring]!;
      averages[at] = fastSum;
      averages[at + 1] = slowSum;
      averages[ring] = price;
      marks[mark + 1] = next + 1 === slow ? 0 : next + 1;
      if (seen < slow) {
        marks[mark] = seen + 1;
        continue;
      }
      const up = fastSum * slow > slowSum * fast ? 1 : 0;
      if (up !== marks[mark + 2]) {
        this.crossings++;
        marks[mark + 2] = up;
      }
    }
  }
}
