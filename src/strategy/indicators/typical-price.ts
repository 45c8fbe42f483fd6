/** The typical price of a bar: a third of high, low and close together. */
export function typicalPrice(high: number, low: number, close: number): number {
  return (high + low + close) / 3;
}
