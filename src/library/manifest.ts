import type { Adjustments } from '../bars/adjustment.ts';
import type { Instruments } from '../bars/instrument.ts';
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

/** A dataset whose bars are in one that was made of it. */
export interface Source {
  /** The name that it had. */
  readonly name: string;
  readonly sha256: string;
  /** How many of the bars are its own. */
  readonly bars: number;
}

/** How a dataset was made of others. */
export interface Making {
  readonly how: 'append' | 'union' | 'cut' | 'repair';
  /** Where its bars come from: datasets that were imported, in the order of precedence in which they came to it. */
  readonly sources: readonly Source[];
  /** Bars that several of what it was made of had: equal ones, and others, of which the first in the order was taken. */
  readonly duplicates: number;
  readonly conflicts: number;
  /** Of a repair: the calendar, its slots, and those of them that had no bar before. */
  readonly repair?: { readonly calendar: string; readonly expected: number; readonly missing: number };
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
  /** Records that were left out of one that was made of others, with bars of those that contradict each other; of others the audits count them. */
  readonly leftOut?: number;
  /** How many pages each list has that belongs to the dataset (`src/library/store.ts`); older manifests do not have it. */
  readonly pages?: Readonly<Record<string, number>>;
  /** Flags by kind; they lie in the pages of `flags`. Older manifests do not have it. */
  readonly flags?: FlagCounts;
  /** What was chosen for the import; older manifests, and what was made here, do not have it. */
  readonly choices?: IntakeChoices;
  /** Files of folders and archives that were not read; older manifests do not have it. */
  readonly skipped?: readonly SkippedFile[];
  /** How it was made of other datasets; those of an import have none. Its pages `origins` say where each bar came from. */
  readonly making?: Making;
  /** What is known of its symbols besides their bars; no part of its hash. */
  readonly instruments?: Instruments;
  /** Splits and dividends of its symbols; no part of its hash, and its bars are as they were traded. */
  readonly adjustments?: Adjustments;
  /** The dataset whose place it took. */
  readonly replaces?: string;
  /** It is not listed any more: that dataset took its place. Its chunks are there for runs that read them. */
  readonly replacedBy?: string;
  /** Epoch milliseconds of the import, by the clock of the machine. */
  readonly importedAt: number;
}

/** What is told of a dataset besides its bars; null takes splits and dividends away. */
export interface Told {
  readonly instruments?: Instruments;
  readonly adjustments?: Adjustments | null;
}

/** A dataset with what was told of it. */
export function described(manifest: Manifest, told: Told): Manifest {
  const { adjustments, ...rest } = { ...manifest, ...told };
  return adjustments ? { ...rest, adjustments } : rest;
}

/** How many records were left out of a dataset. */
export function leftOutCount({ leftOut, audits }: Pick<Manifest, 'leftOut' | 'audits'>): number {
  return leftOut ?? audits.reduce((sum, { conflicts, rejected }) => sum + conflicts + rejected, 0);
}

/** Whether a dataset is there for everybody, and not only for runs that began before another took its place. */
export function isListed({ replacedBy }: Manifest): boolean {
  return replacedBy === undefined;
}
