/** What can be wrong with the four prices of a bar, in the order in which it is looked for. */
export const priceFaults = [
  'high is below low',
  'high is below the open or the close',
  'low is above the open or the close',
] as const;

/** Why these four are not the prices of a bar; the empty text when they are. */
export function priceFault(open: number, high: number, low: number, close: number): (typeof priceFaults)[number] | '' {
  if (high < low) return priceFaults[0];
  if (high < open || high < close) return priceFaults[1];
  if (low > open || low > close) return priceFaults[2];
  return '';
}
