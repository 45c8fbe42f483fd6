import type { Decision } from './audit.ts';
import type { Certainty } from './told.ts';

/** A value that a decision may have instead. */
export interface Alternative {
  /** What is chosen for it, as in `LayoutChoices`. */
  readonly value: string;
  /** For people. */
  readonly label: string;
}

/** A decision that the user may change by its `choice`, where it has one. */
export interface OpenDecision extends Decision {
  readonly certainty: Certainty;
  /** What would be chosen to leave it as it is, as in `LayoutChoices`; the empty text where there is no choice. */
  readonly current: string;
  /**
   * What may be chosen, `current` among them. Of `zone` the likeliest, any other IANA name may be too; of `symbol` none, any text may be;
   * of `columns` the roles that each column may have, of which `LayoutChoices` has a list.
   */
  readonly alternatives: readonly Alternative[];
}

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
  readonly decisions: readonly OpenDecision[];
  /** Names the layout: files that are laid out alike have the same, before anything is chosen. Choices are kept by it. */
  readonly signature: string;
  /** Columns that are in the file and not in the dataset. */
  readonly ignoredColumns: readonly string[];
  /** The one symbol of the file; null when a column says it for each record. */
  readonly symbol: string | null;
  /** The intervals of its bars, in milliseconds, where they are clear: each becomes a dataset of its own. */
  readonly intervals: readonly number[];
  /** Times are written without a zone, so that the zone is a choice. */
  readonly needsZone: boolean;
}

/** `date` and `clock` are one time in two columns; the rest of the roles are the values of bars, quotes or ticks. */
export const columnRoles = [
  ...(['time', 'date', 'clock', 'symbol'] as const),
  ...(['open', 'high', 'low', 'close', 'volume'] as const),
  ...(['bid', 'ask', 'bidSize', 'askSize'] as const),
  ...(['price', 'size'] as const),
];
export type ColumnRole = (typeof columnRoles)[number];
