const decimal = /^[+-]?(?:\d+\.?\d*|\.\d+)(?:e[+-]?\d+)?$/i;

/** The number that a field says in the usual notation; NaN for anything else, such as `NaN`, `1,000`, `0x10` and
 * numbers too large for a double. Zero is never negative. */
export function numberOf(text: string): number {
  if (!decimal.test(text)) return NaN;
  const value = Number(text);
  if (!Number.isFinite(value)) return NaN;
  return value === 0 ? 0 : value;
}

/** Why these four are not the prices of a bar; the empty text when they are. */
export function priceFault(open: number, high: number, low: number, close: number): string {
  if (high < low) return 'high is below low';
  if (high < open || high < close) return 'high is below the open or the close';
  if (low > open || low > close) return 'low is above the open or the close';
  return '';
}
