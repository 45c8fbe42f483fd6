import type { Desk } from '../../src/strategy/desk.ts';
import type { Strategy } from '../../src/strategy/strategy.ts';

const fast = 10;
const slow = 40;

/**
 * Counts the crossings of two moving averages of each symbol's close, kept as rolling sums. It reads through the view and
 * trades nothing: what a strategy costs, less a broker.
 */
export class SmaCross implements Strategy {
  crossings = 0;
  private readonly closes: Float64Array;
  private readonly lastPlace: Int32Array;
  private readonly seen: Int32Array;
  /** By symbol: where the next close goes in its ring. */
  private readonly nexts: Int32Array;
  private readonly fastSum: Float64Array;
  private readonly slowSum: Float64Array;
  private readonly above: Uint8Array;
  private readonly symbols: number;

  constructor(symbols: number) {
    this.symbols = symbols;
    this.closes = new Float64Array(symbols * slow);
    this.lastPlace = new Int32Array(symbols).fill(-1);
    this.seen = new Int32Array(symbols);
    this.nexts = new Int32Array(symbols);
    this.fastSum = new Float64Array(symbols);
    this.slowSum = new Float64Array(symbols);
    this.above = new Uint8Array(symbols);
  }

  instant({ view }: Desk): void {
    const { closes, lastPlace, seen, nexts, fastSum, slowSum, above } = this;
    const { close } = view.block.slabs[0]!;
    for (let s = 0; s < this.symbols; s++) {
      const place = view.latestAt(s);
      if (place < 0 || place === lastPlace[s]) continue;
      lastPlace[s] = place;
      const price = close[place]!;
      const n = seen[s]!++;
      const ring = s * slow;
      const next = nexts[s]!;
      const at = ring + next;
      slowSum[s]! += n < slow ? price : price - closes[at]!;
      fastSum[s]! += n < fast ? price : price - closes[next < fast ? at - fast + slow : at - fast]!;
      closes[at] = price;
      nexts[s] = next + 1 === slow ? 0 : next + 1;
      if (n < slow) continue;
      const up = fastSum[s]! * slow > slowSum[s]! * fast ? 1 : 0;
      if (up !== above[s]) this.crossings++;
      above[s] = up;
    }
  }
}
