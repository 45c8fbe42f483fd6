/** What spreadsheets take for the beginning of a formula (https://owasp.org/www-community/attacks/CSV_Injection). */
const formula = /^[=+\-@\t\r]/;
const number = /^[+-]?\d+(?:\.\d+)?$/;

/**
 * A line of a CSV by RFC 4180, with its line end. A text that a spreadsheet would run as a formula has an apostrophe put in front; a
 * number has none.
 */
export function csvLine(fields: readonly (string | number)[]): string {
  return `${fields.map(fieldOf).join(',')}\r\n`;
}

function fieldOf(field: string | number): string {
  const text = String(field);
  const safe = formula.test(text) && !number.test(text) ? `'${text}` : text;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}
