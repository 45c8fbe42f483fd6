const decimal = /^[+-]?(?:\d+\.?\d*|\.\d+)(?:e[+-]?\d+)?$/i;

/** The number that a field says in the usual notation; NaN for anything else, such as `NaN`, `1,000`, `0x10` and
 * numbers too large for a double. Zero is never negative. */
export function numberOf(text: string): number {
  if (!decimal.test(text)) return NaN;
  const value = Number(text);
  if (!Number.isFinite(value)) return NaN;
  return value === 0 ? 0 : value;
}
