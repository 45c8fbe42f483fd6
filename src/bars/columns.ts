/** Bars of one symbol in time order, by column. Only the first `count` entries count. */
export interface BarColumns {
  count: number;
  /** Start of the bar, epoch milliseconds. */
  start: Float64Array;
  open: Float64Array;
  high: Float64Array;
  low: Float64Array;
  close: Float64Array;
  volume: Float64Array;
}

/** Room for `capacity` bars, empty. */
export function barColumns(capacity: number): BarColumns {
  return {
    count: 0,
    start: new Float64Array(capacity),
    open: new Float64Array(capacity),
    high: new Float64Array(capacity),
    low: new Float64Array(capacity),
    close: new Float64Array(capacity),
    volume: new Float64Array(capacity),
  };
}
