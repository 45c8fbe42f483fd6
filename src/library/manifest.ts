import type { DataKind } from '../bars/records.ts';
import type { Audit } from '../intake/audit.ts';
import type { FlagCounts } from '../intake/flag.ts';
import type { IntakeChoices } from '../intake/choices.ts';
import type { SkippedFile } from '../intake/skipped.ts';
import type { Instant } from '../time/instant.ts';

/** What is said here of bars is said of records in a dataset of quotes or ticks: counts, and times as starts. */
export interface SymbolEntry {
  readonly name: string;
  readonly bars: number;
  /** Start of the first and of the last bar. */
  readonly from: Instant;
  readonly to: Instant;
  /** The symbol's chunks in time order. */
  readonly chunks: readonly ChunkEntry[];
}

export interface ChunkEntry {
  /** Start of the first and of the last bar in it. */
  readonly from: Instant;
  readonly to: Instant;
  readonly bars: number;
  readonly bytes: number;
}

/** What a dataset is; stored last, by the transaction that makes the dataset exist. */
export interface Manifest {
  readonly version: 1;
  readonly id: string;
  readonly name: string;
  /** `sha256:` and 64 hex digits, as CONTRACT defines the dataset hash. */
  readonly sha256: string;
  /** What the dataset holds. Manifests of before there were others have none: theirs are bars. */
  readonly kind?: DataKind;
  /** The interval of bars; of quotes and ticks their kind. */
  readonly interval: string;
  readonly symbols: readonly SymbolEntry[];
  readonly bars: number;
  readonly from: Instant;
  readonly to: Instant;
  readonly bytes: number;
  readonly audits: readonly Audit[];
  /** How many pages each list has that belongs to the dataset (`src/library/store.ts`); older manifests do not have it. */
  readonly pages?: Readonly<Record<string, number>>;
  /** Flags by kind; they lie in the pages of `flags`. Older manifests do not have it. */
  readonly flags?: FlagCounts;
  /** What was chosen for the import; older manifests, and what was made here, do not have it. */
  readonly choices?: IntakeChoices;
  /** Files of folders and archives that were not read; older manifests do not have it. */
  readonly skipped?: readonly SkippedFile[];
  /** Epoch milliseconds of the import, by the clock of the machine. */
  readonly importedAt: number;
}
