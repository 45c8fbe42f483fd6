import { intervalText } from '../bars/interval.ts';
import { priceFault } from '../bars/price-fault.ts';
import { countOf, isNothing, numberOf } from './cell.ts';
import { lengthOf } from './interval-column.ts';
import type { Layout } from './layout.ts';
import { priceRoles, valueRoles } from './layout.ts';
import { isLegible } from './platform.ts';
import type { ColumnRole } from './preview.ts';
import type { TimeReader } from './time-reader.ts';
import { wholePair, wholeTime } from './whole-time.ts';

export const longestSymbol = 100;

/** Values that may be zero: they count, prices do not. */
const mayBeZero: readonly ColumnRole[] = ['volume', 'size', 'bidSize', 'askSize'];
/** Roles whose names are not what a reason calls them. */
const words: Partial<Record<ColumnRole, string>> = { clock: 'time of day', bidSize: 'bid size', askSize: 'ask size' };

/** Reads a record that was cut into fields, and says why it cannot be one. */
export class CarefulReader {
  /** After `read`: the record's values in the order of `valueRoles`, and its symbol where a column says it. */
  readonly values: Float64Array;
  instant = NaN;
  symbol = '';
  /** The length that the record says, in milliseconds, where it is another one than its file takes; else 0. */
  otherMs = 0;
  /** The field for the volume is empty, or says that there is none. */
  lacksVolume = false;
  private readonly layout: Layout;
  private readonly valueRoles: readonly ColumnRole[];
  private readonly time: TimeReader;

  constructor(layout: Layout, time: TimeReader) {
    this.layout = layout;
    this.valueRoles = valueRoles[layout.kind];
    this.values = new Float64Array(this.valueRoles.length);
    this.time = time;
  }

  /** Reads trimmed fields; returns the reason why they are no record, or the empty text. */
  read(fields: readonly string[]): string {
    const { kind, roles, moreVolume, ofInterval, pricePlaces, decimalPoint } = this.layout;
    if (fields.length < roles.length) return 'too few fields';
    if (fields.slice(roles.length).some((field) => field !== '')) return 'more fields than columns';
    this.otherMs = 0;
    if (ofInterval !== null) {
      const { column, name, takenMs, isAlone } = ofInterval;
      const length = lengthOf(fields[column]!);
      if (length !== takenMs && isAlone) return `its ${name} is not ${intervalText(takenMs)}, whose bars are taken`;
      if (Number.isNaN(length)) return `its ${name} says no length, such as 1m or 1d`;
      if (length !== takenMs) this.otherMs = length;
    }
    const text = (role: ColumnRole) => fields[roles.indexOf(role)] ?? '';
    for (const role of ['time', 'date', 'clock', ...this.valueRoles, 'symbol'] as const)
      if (role !== 'volume' && roles.includes(role) && text(role) === '') return `${words[role] ?? role} is empty`;

    this.instant = roles.includes('time')
      ? wholeTime(this.time, text('time'))
      : wholePair(this.time, text('date'), text('clock'));
    if (Number.isNaN(this.instant)) return this.time.reason;
    this.values.fill(0);
    this.lacksVolume = roles.includes('volume') && isNothing(text('volume'));
    for (const [i, role] of this.valueRoles.entries()) {
      if (!roles.includes(role) || (role === 'volume' && this.lacksVolume)) continue;
      const value = priceRoles.includes(role)
        ? numberOf(text(role), pricePlaces, decimalPoint)
        : countOf(text(role), decimalPoint);
      const name = words[role] ?? role;
      if (Number.isNaN(value)) return `${name} is not a number`;
      if (value < 0) return `${name} is negative`;
      if (value === 0 && !mayBeZero.includes(role)) return `${name} is zero`;
      this.values[i] = value;
    }
    if (moreVolume !== null) {
      const more = countOf(fields[moreVolume]!, decimalPoint);
      if (!(more >= 0)) return 'the second part of the volume is not a count';
      this.values[this.valueRoles.indexOf('volume')]! += more;
    }
    this.symbol = text('symbol');
    if (this.symbol.length > longestSymbol) return `symbol is longer than ${longestSymbol} characters`;
    if (!isLegible(this.symbol)) return 'symbol has a letter that is not UTF-8; save the file as UTF-8';
    if (kind !== 'bars') return '';
    const [open, high, low, close] = this.values;
    return priceFault(open!, high!, low!, close!);
  }
}
