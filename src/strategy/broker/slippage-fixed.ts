/** Assumes that every fill is worse by the same money a unit: a tick or two. */
export function fixedSlip(amount: number): number {
  return amount;
}
