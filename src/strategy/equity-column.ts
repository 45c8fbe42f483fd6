import type { EquityCurve } from './trade.ts';

/** Bars of a piece. */
const size = 4_096;

/** The equity curve while it grows, in pieces, so that nothing is copied: a piece holds times, then values, then the market. */
export class EquityColumn {
  count = 0;
  /** By session that ended: how many bars there were by then. */
  readonly ends: number[] = [];
  private readonly pieces: Float64Array[] = [];
  private last = new Float64Array(0);
  /** Place of the latest bar in the last piece. */
  private place = size - 1;

  /** A bar begins to count; its equity follows. */
  begin(time: number): void {
    if (++this.place === size) {
      this.place = 0;
      this.pieces.push((this.last = new Float64Array(3 * size)));
    }
    this.last[this.place] = time;
    this.count++;
  }

  /** The account's worth at the end of the latest bar, and what 1 in the market became. */
  set(value: number, market: number): void {
    this.last[size + this.place] = value;
    this.last[2 * size + this.place] = market;
  }

  /** A session ended. */
  end(): void {
    this.ends.push(this.count);
  }

  /** Start of a bar. */
  time(bar: number): number {
    return this.pieces[Math.floor(bar / size)]![bar % size]!;
  }

  /** The account's worth at the end of a bar. */
  value(bar: number): number {
    return this.pieces[Math.floor(bar / size)]![size + (bar % size)]!;
  }

  /** A copy of all that there is. */
  curve(): EquityCurve {
    const { count, pieces } = this;
    const column = (from: number): Float64Array => {
      const all = new Float64Array(count);
      pieces.forEach((piece, i) => {
        const bars = Math.min(size, count - i * size);
        all.set(piece.subarray(from, from + bars), i * size);
      });
      return all;
    };
    return { time: column(0), value: column(size), market: column(2 * size) };
  }
}
