import type { EquityCurve } from './trade.ts';

/** The equity curve while it grows: its columns double, which they do a few times a run. */
export class EquityColumn {
  count = 0;
  /** By session that ended: how many bars there were by then. */
  readonly ends: number[] = [];
  time = new Float64Array(1_024);
  value = new Float64Array(1_024);
  market = new Float64Array(1_024);

  /** A bar begins to count; its equity follows. */
  begin(time: number): void {
    if (this.count === this.time.length) {
      this.time = doubled(this.time);
      this.value = doubled(this.value);
      this.market = doubled(this.market);
    }
    this.time[this.count++] = time;
  }

  /** The account's worth at the end of the latest bar, and what 1 in the market became. */
  set(value: number, market: number): void {
    this.value[this.count - 1] = value;
    this.market[this.count - 1] = market;
  }

  /** A session ended. */
  end(): void {
    this.ends.push(this.count);
  }

  /** A copy of all that there is. */
  curve(): EquityCurve {
    const { time, value, market, count } = this;
    return { time: time.slice(0, count), value: value.slice(0, count), market: market.slice(0, count) };
  }
}

function doubled(column: Float64Array): Float64Array<ArrayBuffer> {
  const wider = new Float64Array(column.length * 2);
  wider.set(column);
  return wider;
}
