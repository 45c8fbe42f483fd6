/** The last `length` values, in a ring that is written over; nothing is allocated after it was made. */
export class Window {
  readonly length: number;
  /** Values in it, at most `length`. */
  count = 0;
  /** In the ring's order, which is not that of time: from `next` on where it is full. */
  readonly values: Float64Array;
  /** Where the next value goes. */
  next = 0;

  constructor(length: number) {
    this.length = length;
    this.values = new Float64Array(length);
  }

  get isFull(): boolean {
    return this.count === this.length;
  }

  /** Takes a value in; returns the one that fell out, NaN while the window was not full. */
  push(value: number): number {
    const { next, values } = this;
    const gone = this.count === this.length ? values[next]! : NaN;
    values[next] = value;
    this.next = next + 1 === this.length ? 0 : next + 1;
    if (this.count < this.length) this.count++;
    return gone;
  }
}
