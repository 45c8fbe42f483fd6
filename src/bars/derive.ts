import { Provenance } from './provenance.ts';

/** Prices and volumes by place; several symbols and sessions may share one set. */
export interface PriceColumns {
  open: Float64Array;
  high: Float64Array;
  low: Float64Array;
  close: Float64Array;
  volume: Float64Array;
}

/**
 * Makes one derived bar from the base slots `[first, end)`: open of the first bar, highest high, lowest low, close of the
 * last, sum of the volumes in slot order. Slots without a visible bar are left out.
 *
 * Base slot i lies at `baseOffset + i` of `base`, its state at `statesOffset + i * stride` of `states`; the derived bar is
 * written at `outOffset` of `out`. Returns how many bars it was made from; when there are none, `out` stays as it is.
 * Allocates nothing.
 */
export function deriveBar(
  base: PriceColumns,
  baseOffset: number,
  states: Uint8Array,
  statesOffset: number,
  stride: number,
  first: number,
  end: number,
  out: PriceColumns,
  outOffset: number,
): number {
  let count = 0;
  let open = 0;
  let high = 0;
  let low = 0;
  let close = 0;
  let volume = 0;
  for (let slot = first; slot < end; slot++) {
    const state = states[statesOffset + slot * stride]!;
    if (state < Provenance.streamed || state > Provenance.repaired) continue;
    const at = baseOffset + slot;
    if (count === 0) {
      open = base.open[at]!;
      high = base.high[at]!;
      low = base.low[at]!;
    } else {
      if (base.high[at]! > high) high = base.high[at]!;
      if (base.low[at]! < low) low = base.low[at]!;
    }
    close = base.close[at]!;
    volume += base.volume[at]!;
    count++;
  }
  if (count === 0) return 0;
  out.open[outOffset] = open;
  out.high[outOffset] = high;
  out.low[outOffset] = low;
  out.close[outOffset] = close;
  out.volume[outOffset] = volume;
  return count;
}
