import { recordFields, type DataKind } from '../bars/records.ts';
import type { ColumnRole } from './preview.ts';

export type Delimiter = ',' | ';' | '\t' | '|';

export type UnixUnit = 's' | 'ms' | 'µs' | 'ns';

/** How the times of a file are written. */
export type TimeFormat =
  | { readonly kind: 'unix'; readonly unit: UnixUnit }
  /** Every time has an offset or `Z`. */
  | { readonly kind: 'offset' }
  /** A time without an offset is on the wall clock of that zone (IANA name). */
  | { readonly kind: 'wall'; readonly zone: string };

/** What the values of a record are, by what the file holds. */
export const valueRoles: Record<DataKind, readonly ColumnRole[]> = {
  bars: ['open', 'high', 'low', 'close', 'volume'],
  ...recordFields,
};

/** How the records of a file are read. */
export interface Layout {
  readonly kind: DataKind;
  readonly delimiter: Delimiter;
  /** The fields of the header, trimmed; null when the first record is data already. */
  readonly header: readonly string[] | null;
  /** By column. Each role at most once; `time`, or `date` and `clock`, and the prices of the kind are there. */
  readonly roles: readonly (ColumnRole | null)[];
  readonly time: TimeFormat;
  /** The symbol of all records; null when a column says it. */
  readonly symbol: string | null;
}

/** The longest record that is read. A bar has some hundred bytes; a longer one means that the file is something else. */
export const maxRecordBytes = 1_048_576;
