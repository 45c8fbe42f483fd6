/** Assumes that fills are worse where the market moves: by a share of the bar's range. */
export function rangeSlip(share: number, high: number, low: number): number {
  return share * (high - low);
}
