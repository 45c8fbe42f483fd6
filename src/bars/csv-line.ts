/**
 * What spreadsheets take for the beginning of a formula, spaces before it aside; in Japanese ones full-width signs too
 * (https://owasp.org/www-community/attacks/CSV_Injection).
 */
const formula = /^ *[=+\-@＝＋－＠]/;
const number = /^ *[+-]?\d+(?:\.\d+)? *$/;

/** Where a spreadsheet may begin a cell that is none here: some split at semicolons or tabs as well, or instead of commas, whatever is quoted. */
const ends = /([;\t|\r\n])/;

/**
 * A line of a CSV by RFC 4180, with its line end. A text that a spreadsheet would run as a formula has an apostrophe put in front, and so has
 * what it would run if it split that text; a number has none.
 */
export function csvLine(fields: readonly (string | number)[]): string {
  return `${fields.map(csvField).join(',')}\r\n`;
}

/** A field as it stands in a line. */
export function csvField(field: string | number): string {
  const text = String(field);
  const harmless = text
    .split(ends)
    .map((part) => (formula.test(part) && !number.test(part) ? `'${part}` : part))
    .join('');
  const safe = /^[\t\r]/.test(text) ? `'${harmless}` : harmless;
  return /[",;\t|\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}

const symbolBegins = /(^|[;\t|\r\n])(?= *[=+\-@'＝＋－＠])/g;
const symbolMarks = /(^|[;\t|\r\n])'/g;

/** A symbol with an apostrophe wherever a spreadsheet would begin a formula, and before apostrophes there, so that `unmarkedSymbol` has it back. */
export function markedSymbol(symbol: string): string {
  return symbol.replace(symbolBegins, "$1'");
}

export function unmarkedSymbol(text: string): string {
  return text.replace(symbolMarks, '$1');
}
