import type { DateOrder } from './layout.ts';

/**
 * Reads dates that are not `YYYY-MM-DD`, by the order in which day, month and year stand: `31.12.2013`, `12/31/13`, `2013/5/4`,
 * and without separators `20131231` (the year first, or in the order `dmy` and `mdy` last) or `131231`. Years of two digits are
 * those from 1970 to 2069.
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
    const first = this.number(b, at);
    const separator = b[this.end]!;
    const length = this.end - at;
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

  /** The digits at that index as a number; `end` is after them. */
  private number(b: Uint8Array, at: number): number {
    let p = at;
    let value = 0;
    for (let digit = b[p]! - 48; digit >>> 0 <= 9 && p - at < 9; digit = b[++p]! - 48) value = value * 10 + digit;
    this.end = p;
    return value;
  }
}

function keyOf(year: number, month: number, dayOfMonth: number): number {
  // A month or day of two digits cannot spill into its neighbour.
  return year * 10_000 + month * 100 + dayOfMonth;
}

function century(year: number): number {
  return year < 70 ? 2000 + year : 1900 + year;
}
