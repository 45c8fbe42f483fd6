import { numberOf, priceFault } from './cell.ts';
import type { ColumnRole } from './preview.ts';
import type { TimeReader } from './time-reader.ts';
import { wholePair, wholeTime } from './whole-time.ts';

export const longestSymbol = 100;

/** Reads a record that was cut into fields, and says why it cannot be a bar. */
export class CarefulReader {
  /** After `read`: the bar, and its symbol where a column says it. */
  start = NaN;
  open = NaN;
  high = NaN;
  low = NaN;
  close = NaN;
  volume = 0;
  symbol = '';
  private readonly roles: readonly (ColumnRole | null)[];
  private readonly time: TimeReader;

  constructor(roles: readonly (ColumnRole | null)[], time: TimeReader) {
    this.roles = roles;
    this.time = time;
  }

  /** Reads trimmed fields; returns the reason why they are no bar, or the empty text. */
  read(fields: readonly string[]): string {
    const { roles } = this;
    if (fields.length < roles.length) return 'too few fields';
    if (fields.slice(roles.length).some((field) => field !== '')) return 'more fields than columns';
    const text = (role: ColumnRole) => fields[roles.indexOf(role)] ?? '';
    for (const role of ['time', 'date', 'clock', 'open', 'high', 'low', 'close', 'volume', 'symbol'] as const)
      if (roles.includes(role) && text(role) === '') return `${role === 'clock' ? 'time of day' : role} is empty`;

    this.start = roles.includes('time')
      ? wholeTime(this.time, text('time'))
      : wholePair(this.time, text('date'), text('clock'));
    if (Number.isNaN(this.start)) return this.time.reason;
    for (const role of ['open', 'high', 'low', 'close', 'volume'] as const) {
      if (!roles.includes(role)) continue;
      const value = numberOf(text(role));
      if (Number.isNaN(value)) return `${role} is not a number`;
      if (value < 0) return `${role} is negative`;
      if (value === 0 && role !== 'volume') return `${role} is zero`;
      this[role] = value;
    }
    this.symbol = text('symbol');
    if (this.symbol.length > longestSymbol) return `symbol is longer than ${longestSymbol} characters`;
    return priceFault(this.open, this.high, this.low, this.close);
  }
}
