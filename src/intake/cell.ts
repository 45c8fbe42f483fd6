const decimal = /^([+-]?(?:\d+\.?\d*|\.\d+))(?:e([+-]?\d+))?$/i;
/** Groups of three with points between them, and a point before the decimals: `56.854.0000`. */
const grouped = /^\d{1,3}(?:\.\d{3})+\.\d+$/;
/** Thousands with commas, also as in India: `1,001.50`, `1,07,88,000`. */
const withCommas = /^[+-]?\d{1,3}(?:,\d{2,3})*,\d{3}(?:\.\d*)?$/;
/** A sign of a currency in front of a price. */
const currency = /^[$€£¥]\s?(?=[\d.])/;
/** What programs write for nothing. */
const nothing = /^(?:|-+|nan|null|none|n\/?a|<na>|nil|#n\/a)$/i;
/** Thousands, millions and so on behind a count: `34.00M`. */
const inThousands = /^(.*\d)\s?([KMBT])$/i;
const powers: Readonly<Record<string, number>> = { K: 3, M: 6, B: 9, T: 12 };

/**
 * The number that a field says in the usual notation, divided by ten to the power of `places`; NaN for anything else, such
 * as `NaN`, `1,00`, `0x10` and numbers too large for a double. Zero is never negative. With a comma as decimal point,
 * points may group the thousands; without, commas may, and points where there are several. A sign of a currency may be in front.
 */
export function numberOf(text: string, places = 0, point: '.' | ',' = '.'): number {
  const bare = text.replace(currency, '');
  const plain = point === ',' || !decimal.test(bare) ? ungrouped(bare, point) : bare;
  if (!decimal.test(plain)) return NaN;
  const value = Number(places === 0 ? plain : scaled(plain, places));
  if (!Number.isFinite(value)) return NaN;
  return value === 0 ? 0 : value;
}

/** Scaled as a text, so that it becomes the double that is nearest to the quotient. */
function scaled(text: string, places: number): string {
  const [, digits, power] = decimal.exec(text)!;
  return `${digits!}e${Number(power ?? 0) - places}`;
}

/** The same for a count, such as a volume, which may be in thousands or millions. */
export function countOf(text: string, point: '.' | ',' = '.'): number {
  const [, count, power] = inThousands.exec(text) ?? [];
  return count === undefined ? numberOf(text, 0, point) : numberOf(count, -powers[power!.toUpperCase()]!, point);
}

/** Whether a field says that there is no value. */
export function isNothing(text: string): boolean {
  return nothing.test(text);
}

function ungrouped(text: string, point: '.' | ','): string {
  if (point === ',') return text.replace(/(?<=\d)\.(?=\d{3}(?:[.,]|$))/g, '').replace(/^([^.]*),/, '$1.');
  if (withCommas.test(text)) return text.replaceAll(',', '');
  return grouped.test(text) ? text.replace(/\.(?=.*\.)/g, '') : text;
}
