import type { Decision } from './audit.ts';

/** What intake makes of a file from its beginning, before anything is imported. */
export interface FilePreview {
  readonly file: string;
  /** Bytes on disk. */
  readonly size: number;
  /** The names of the columns as the file has them; without a header, the names that were guessed. */
  readonly headers: readonly string[];
  /** By column: what it is taken for; null when it is kept out of the dataset. */
  readonly columns: readonly (ColumnRole | null)[];
  /** The first records (at most 8) by field, as they were read. */
  readonly rows: readonly (readonly string[])[];
  readonly decisions: readonly Decision[];
  /** Columns that are in the file and not in the dataset. */
  readonly ignoredColumns: readonly string[];
  /** The one symbol of the file; null when a column says it for each record. */
  readonly symbol: string | null;
  /** Times are written without a zone, so that the zone is a choice. */
  readonly needsZone: boolean;
}

/** `date` and `clock` are one time in two columns; the rest of the roles are the values of bars, quotes or ticks. */
export type ColumnRole =
  | ('time' | 'date' | 'clock' | 'symbol')
  | ('open' | 'high' | 'low' | 'close' | 'volume')
  | ('bid' | 'ask' | 'bidSize' | 'askSize')
  | ('price' | 'size');
