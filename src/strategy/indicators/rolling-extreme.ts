/**
 * The highest (`side` 1) or lowest (−1) of the last `length` values, in constant time a value on average: values that can no longer
 * become the extreme are dropped from a queue that is in order. NaN before the first value.
 */
export class RollingExtreme {
  value = NaN;
  private readonly length: number;
  private readonly side: 1 | -1;
  private readonly queue: Float64Array;
  /** By place in the queue: the count of values at which it came. */
  private readonly came: Float64Array;
  private head = 0;
  private size = 0;
  private seen = 0;

  constructor(length: number, side: 1 | -1) {
    this.length = length;
    this.side = side;
    this.queue = new Float64Array(length);
    this.came = new Float64Array(length);
  }

  get isFull(): boolean {
    return this.seen >= this.length;
  }

  push(value: number): number {
    const { length, side, queue, came } = this;
    const at = this.seen++;
    if (this.size > 0 && came[this.head]! <= at - length) {
      this.head = (this.head + 1) % length;
      this.size--;
    }
    while (this.size > 0 && (value - queue[(this.head + this.size - 1) % length]!) * side >= 0) this.size--;
    const tail = (this.head + this.size) % length;
    queue[tail] = value;
    came[tail] = at;
    this.size++;
    this.value = queue[this.head]!;
    return this.value;
  }
}
