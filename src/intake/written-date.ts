import type { DateOrder } from './layout.ts';

/**
 * Reads dates that are not `YYYY-MM-DD`, by the order in which day, month and year stand: `31.12.2013`, `12/31/13`, `2013/5/4`,
 * and without separators `20131231` (the year first, or in the order `dmy` and `mdy` last) or `131231`. Years of two digits are
 * those from 1970 to 2069. With the year first, a time of day may follow without a separator: `20131231093000`.
 *
 * A month may be a word of English, and is then known whatever the order: `31-Dec-2013`, `31 December 13`, `Dec 31, 2013`.
 */
export class WrittenDate {
  /** Index after the date that was read last. */
  end = 0;
  private readonly order: Exclude<DateOrder, 'iso'>;

  constructor(order: Exclude<DateOrder, 'iso'>) {
    this.order = order;
  }

  /** The date at that index as the number YYYYMMDD, which may be no day of the calendar; NaN when there is none. */
  key(b: Uint8Array, at: number): number {
    if (isLetter(b[at]!)) return this.monthFirst(b, at);
    const first = this.number(b, at);
    const separator = b[this.end]!;
    const length = this.end - at;
    const month = this.over(b, this.end);
    if (isLetter(b[month]!) && length > 0 && (month > this.end || length <= 2))
      return this.dayFirst(b, month, first, length);
    if (separator !== 45 && separator !== 46 && separator !== 47) return this.compact(first, length);
    const yearFirst = this.order === 'ymd';
    if (length === 0 || (yearFirst ? length !== 4 : length > 2)) return NaN;
    const secondAt = this.end + 1;
    const second = this.number(b, secondAt);
    const secondLength = this.end - secondAt;
    if (secondLength === 0 || secondLength > 2 || b[this.end] !== separator) return NaN;
    const thirdAt = this.end + 1;
    const third = this.number(b, thirdAt);
    const thirdLength = this.end - thirdAt;
    if (yearFirst) return thirdLength === 0 || thirdLength > 2 ? NaN : keyOf(first, second, third);
    if (thirdLength !== 2 && thirdLength !== 4) return NaN;
    const year = thirdLength === 2 ? century(third) : third;
    return this.order === 'dmy' ? keyOf(year, second, first) : keyOf(year, first, second);
  }

  /** A month as a word after the day, or after a year of four digits. */
  private dayFirst(b: Uint8Array, at: number, first: number, length: number): number {
    const month = this.month(b, at);
    const thirdAt = this.over(b, this.end);
    const third = this.number(b, thirdAt);
    const thirdLength = this.end - thirdAt;
    if (length === 4) return thirdLength === 1 || thirdLength === 2 ? keyOf(first, month, third) : NaN;
    if (length > 2 || (thirdLength !== 2 && thirdLength !== 4)) return NaN;
    return keyOf(thirdLength === 2 ? century(third) : third, month, first);
  }

  /** A month as a word in front of the day. */
  private monthFirst(b: Uint8Array, at: number): number {
    const month = this.month(b, at);
    const dayAt = this.over(b, this.end);
    const dayOfMonth = this.number(b, dayAt);
    const dayLength = this.end - dayAt;
    const yearAt = this.over(b, this.end);
    const year = this.number(b, yearAt);
    if (dayLength === 0 || dayLength > 2 || this.end - yearAt !== 4) return NaN;
    return keyOf(year, month, dayOfMonth);
  }

  /** The number of the month that a word begins as; `end` is after the word. */
  private month(b: Uint8Array, at: number): number {
    let p = at;
    while (isLetter(b[p]!)) p++;
    this.end = p;
    const word = String.fromCharCode(b[at]!, b[at + 1]!, b[at + 2]!).toLowerCase();
    const place = p - at < 3 ? -1 : months.indexOf(word);
    return place % 3 === 0 ? place / 3 + 1 : NaN;
  }

  /** The index after spaces and separators. */
  private over(b: Uint8Array, at: number): number {
    let p = at;
    while (b[p] === 32 || b[p] === 44 || b[p] === 45 || b[p] === 46 || b[p] === 47) p++;
    return p;
  }

  private compact(digits: number, length: number): number {
    if (length !== 8 && length !== 6) return NaN;
    if (this.order === 'ymd')
      return length === 8 ? digits : century(Math.floor(digits / 10_000)) * 10_000 + (digits % 10_000);
    const scale = length === 8 ? 10_000 : 100;
    const last = digits % scale;
    const year = length === 8 ? last : century(last);
    const one = Math.floor(digits / scale / 100);
    const two = Math.floor(digits / scale) % 100;
    return this.order === 'dmy' ? keyOf(year, two, one) : keyOf(year, one, two);
  }

  /** The digits at that index as a number, those of a date where a time of day follows; `end` is after them. */
  private number(b: Uint8Array, at: number): number {
    let p = at;
    while ((b[p]! - 48) >>> 0 <= 9) p++;
    const digits = p - at;
    const most = this.order === 'ymd' && digits >= 12 ? dateDigits : 9;
    p = at;
    let value = 0;
    for (let digit = b[p]! - 48; digit >>> 0 <= 9 && p - at < most; digit = b[++p]! - 48) value = value * 10 + digit;
    this.end = p;
    return value;
  }
}

const months = 'janfebmaraprmayjunjulaugsepoctnovdec';
const dateDigits = 8;

function isLetter(byte: number): boolean {
  return ((byte & 0xdf) - 65) >>> 0 < 26;
}

function keyOf(year: number, month: number, dayOfMonth: number): number {
  // A month or day of two digits cannot spill into its neighbour.
  return year * 10_000 + month * 100 + dayOfMonth;
}

function century(year: number): number {
  return year < 70 ? 2000 + year : 1900 + year;
}
