import type { EquityCurve } from './trade.ts';

/** The equity curve while it grows: its columns double, which they do a few times a run. */
export class EquityColumn {
  count = 0;
  /** By session that ended: how many bars there were by then. */
  readonly ends: number[] = [];
  time = new Float64Array(1_024);
  value = new Float64Array(1_024);

  /** A bar begins to count; its equity follows. */
  begin(time: number): void {
    if (this.count === this.time.length) {
      this.time = doubled(this.time);
      this.value = doubled(this.value);
    }
    this.time[this.count++] = time;
  }

  /** The account's worth at the end of the latest bar. */
  set(value: number): void {
    this.value[this.count - 1] = value;
  }

  /** A session ended. */
  end(): void {
    this.ends.push(this.count);
  }

  /** A copy of all that there is. */
  curve(): EquityCurve {
    return { time: this.time.slice(0, this.count), value: this.value.slice(0, this.count) };
  }
}

function doubled(column: Float64Array): Float64Array<ArrayBuffer> {
  const wider = new Float64Array(column.length * 2);
  wider.set(column);
  return wider;
}
