const decimal = /^([+-]?(?:\d+\.?\d*|\.\d+))(?:e([+-]?\d+))?$/i;
/** Groups of three with points between them, and a point before the decimals: `56.854.0000`. */
const grouped = /^\d{1,3}(?:\.\d{3})+\.\d+$/;

/**
 * The number that a field says in the usual notation, divided by ten to the power of `places`; NaN for anything else, such
 * as `NaN`, `1,000`, `0x10` and numbers too large for a double. Zero is never negative. With a comma as decimal point,
 * points may group the thousands; without, they may where there are several.
 */
export function numberOf(text: string, places = 0, point: '.' | ',' = '.'): number {
  const plain = point === ',' || grouped.test(text) ? ungrouped(text, point) : text;
  const match = decimal.exec(plain);
  if (!match) return NaN;
  // Scaled as a text, so that it becomes the double that is nearest to the quotient.
  const value = Number(places === 0 ? plain : `${match[1]!}e${Number(match[2] ?? 0) - places}`);
  if (!Number.isFinite(value)) return NaN;
  return value === 0 ? 0 : value;
}

function ungrouped(text: string, point: '.' | ','): string {
  if (point === '.') return text.replace(/\.(?=.*\.)/g, '');
  return text.replace(/(?<=\d)\.(?=\d{3}(?:[.,]|$))/g, '').replace(/^([^.]*),/, '$1.');
}
