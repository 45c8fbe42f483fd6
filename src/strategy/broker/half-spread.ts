/** Whoever buys pays half of the spread above the price of the bar, whoever sells gets half of it less: assumes that bars are between bid and ask. */
export function besideSpread(price: number, isBuy: boolean, spread: number): number {
  return isBuy ? price * (1 + spread / 2) : price * (1 - spread / 2);
}
