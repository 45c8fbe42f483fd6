import type { RecordKind } from '../bars/records.ts';
import type { Audit } from './audit.ts';
import type { SymbolBars, SymbolRecords } from './series.ts';
import type { SkippedFile } from './skipped.ts';

/** The bars that the files of one import hold together. */
export interface IntakeResult {
  readonly kind: 'bars';
  /** At least one; by name in the order of UTF-16 code units. */
  readonly symbols: readonly SymbolBars[];
  /** The interval of the bars, such as `1m`, and in milliseconds. */
  readonly interval: string;
  readonly intervalMs: number;
  readonly bars: number;
  /** One a file, in the order in which they were read. */
  readonly audits: readonly Audit[];
  /** Files of folders and archives that were not read. */
  readonly skipped: readonly SkippedFile[];
}

/** What was read of bars: those of the first interval, and of each other one that symbols have, a dataset of its own. */
export interface FinishedBars extends IntakeResult, Hashed {
  readonly others: readonly (IntakeResult & Hashed)[];
}

/** The quotes or ticks that the files of one import hold together. */
export interface RecordResult {
  readonly kind: RecordKind;
  /** At least one; by name in the order of UTF-16 code units. */
  readonly symbols: readonly SymbolRecords[];
  readonly records: number;
  /** One a file, in the order in which they were read. */
  readonly audits: readonly Audit[];
  /** Files of folders and archives that were not read. */
  readonly skipped: readonly SkippedFile[];
}

/** What was read, by its content. */
export interface Hashed {
  /** The hash of the dataset, `sha256:` and 64 hex digits. */
  readonly sha256: string;
}

/** How far the reading of a file is. */
export interface ReadProgress {
  readonly file: string;
  /** Bytes read and all of them, on disk, before decompression. */
  readonly bytes: number;
  readonly totalBytes: number;
  /** Records taken so far. */
  readonly bars: number;
}

/** What intake needs of an AbortSignal. */
export interface CancelSignal {
  readonly aborted: boolean;
  readonly reason?: unknown;
}

/**
 * Lets the host do other things, such as take messages, and resolves soon after. Long work that reads nothing awaits it
 * about every ten milliseconds.
 */
export type Breathe = () => Promise<void>;

/** Throws the signal's reason when it was given. */
export function throwIfCancelled(signal: CancelSignal | undefined): void {
  if (signal?.aborted) throw signal.reason ?? new Error('The import was cancelled');
}
