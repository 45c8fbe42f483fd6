import { recordFields, type DataKind } from '../bars/records.ts';
import type { DayText } from '../time/instant.ts';
import type { IntervalColumn } from './interval-column.ts';
import type { ColumnRole } from './preview.ts';
import type { WideGroup } from './wide-table.ts';

export const delimiters = [',', ';', '\t', '|'] as const;
export type Delimiter = (typeof delimiters)[number];

export const unixUnits = ['s', 'ms', 'µs', 'ns'] as const;
export type UnixUnit = (typeof unixUnits)[number];

/**
 * The order in which a date is written. `iso` is `YYYY-MM-DD`, also with `/` or `.`, and nothing else. The others may be
 * without zeros in front, compact (`20131007`, `131007`), or, with the year last, have a year of two digits.
 */
export type DateOrder = 'iso' | 'ymd' | 'dmy' | 'mdy';

interface WrittenTime {
  readonly order: DateOrder;
  /** Records are of days, and `24:00` is the end of theirs: it is read as the day itself, not as the next. */
  readonly ofDays?: boolean;
}

/** How the times of a file are written. */
export type TimeFormat =
  /** `digits` is what most have; a time of another magnitude is read in the unit of that. */
  | { readonly kind: 'unix'; readonly unit: UnixUnit; readonly digits: number }
  /** Every time has an offset or `Z`. */
  | ({ readonly kind: 'offset' } & WrittenTime)
  /** A time without an offset is on the wall clock of that zone (IANA name), which may stand behind it as a `word`. */
  | ({ readonly kind: 'wall'; readonly zone: string; readonly word: string | null } & WrittenTime)
  /** Milliseconds since the midnight of that day, on the wall clock of that zone. */
  | { readonly kind: 'midnight'; readonly zone: string; readonly day: DayText };

/** What the values of a record are, by what the file holds. */
export const valueRoles: Record<DataKind, readonly ColumnRole[]> = {
  bars: ['open', 'high', 'low', 'close', 'volume'],
  ...recordFields,
};

/** The values that are prices. */
export const priceRoles: readonly ColumnRole[] = ['open', 'high', 'low', 'close', 'bid', 'ask', 'price'];

/** How the records of a file are read. */
export interface Layout {
  readonly kind: DataKind;
  readonly delimiter: Delimiter;
  /** Records in front of the data: preamble, comments and header. Blank ones do not count. */
  readonly headerRecords: number;
  /** The fields of the header, trimmed; null when there is none. */
  readonly header: readonly string[] | null;
  /** By column. Each role at most once, unless symbols stand side by side; `time`, or `date` and `clock`, and the prices of the kind are there. */
  readonly roles: readonly (ColumnRole | null)[];
  /** The column of a count that is added to the volume, where that is cut in two; null where it is not. It has no role. */
  readonly moreVolume: number | null;
  /** The column that says how long each bar is; null where none does. */
  readonly ofInterval: IntervalColumn | null;
  readonly time: TimeFormat;
  /** Milliseconds from the start of a bar to its stamp: 0, or the interval where bars are stamped with their end. */
  readonly stampMs: number;
  /** Prices are divided by ten to this power. */
  readonly pricePlaces: number;
  readonly decimalPoint: '.' | ',';
  /** The symbol of all records; null when a column says it, or where several stand side by side. */
  readonly symbol: string | null;
  /** An apostrophe in front of a symbol in its column is no part of it. */
  readonly marksFormulas: boolean;
  /** The symbols whose bars stand side by side in each record; none where a record is one bar. Then `roles` are those of all. */
  readonly groups: readonly WideGroup[];
}

/** The longest record that is read. A bar has some hundred bytes; a longer one means that the file is something else. */
export const maxRecordBytes = 1_048_576;
