/** Assumes that every fill is worse by the same share of its price. */
export function rateSlip(rate: number, price: number): number {
  return rate * price;
}
