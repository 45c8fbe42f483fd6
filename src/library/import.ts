import type { Audit } from '../intake/audit.ts';
import type { IntakeChoices } from '../intake/choices.ts';
import type { SkippedFile } from '../intake/skipped.ts';
import type { ByteSource } from '../intake/source.ts';
import type { Coverage } from '../quality/coverage.ts';
import type { Calendar } from '../time/market-calendar.ts';
import { adjustmentsAlone, keepAdjustments, keptOf, type KeptAdjustments } from './adjustments.ts';
import type { Derived } from './derive-dataset.ts';
import type { KeepOptions } from './keep.ts';
import { keepApart, keepResult } from './keep-result.ts';
import type { Manifest } from './manifest.ts';
import { datasetName } from './names.ts';
import { withRead, type LeftOver, type ReadImport } from './read-import.ts';
import type { BarStore } from './store.ts';

/** How far an import is. `totalBytes` are bytes on disk, before decompression. */
export interface ImportProgress {
  readonly file: string;
  readonly bytes: number;
  readonly totalBytes: number;
  readonly bars: number;
  readonly stage: 'reading' | 'sorting' | 'storing';
}

/** What an import came to. */
export interface ImportSummary {
  readonly manifest: Manifest;
  /** The same bars were here already under this name; nothing was stored. */
  readonly existing: boolean;
  readonly audits: readonly Audit[];
  /** Files of folders and archives that were not read. */
  readonly skipped: readonly SkippedFile[];
  /** What became of the bars of the dataset that the files were added to, and of theirs. */
  readonly derived?: Derived;
  /** Of files with bars of other intervals, each of which became a dataset of its own. */
  readonly others?: readonly ImportSummary[];
  /** What became of files of splits and dividends. */
  readonly adjusted?: KeptAdjustments;
  /** Of bars, by the calendar that was asked about; null where none was, and of what has no slots. */
  readonly coverage: Coverage | null;
}

export interface ImportOptions extends Omit<KeepOptions, 'onBars' | 'choices' | 'pages' | 'flags'> {
  onProgress(progress: ImportProgress): void;
  /** Rows that are held in memory before they are staged; `heldRows` unless told. */
  heldRows?: number | undefined;
  /** The interval that bars must have, in milliseconds, and the dataset that has it; without one that of the first clear file counts. */
  fitting?: { readonly name: string; readonly intervalMs: number } | undefined;
  /** The sessions by which what is missing is counted, and what is outside is flagged. */
  readonly market?: Calendar | undefined;
}

/**
 * Imports the files as one dataset, named after the first of them, or after the folder that it is in: reads, sorts, hashes, encodes, stores.
 * Files whose bars have clearly another interval than the first ones become a dataset of their own for each interval, afterwards; so do
 * symbols of other intervals within files.
 * Throws the signal's reason when it was cancelled, or advice; the library is then as it was, but for datasets of intervals that were
 * finished, which the advice names.
 */
export async function importFiles(
  sources: readonly ByteSource[],
  choices: IntakeChoices,
  store: BarStore,
  options: ImportOptions,
): Promise<ImportSummary> {
  const [first] = sources;
  if (!first) throw new Error('there was no file to import; choose one or more');
  const alone = await adjustmentsAlone(sources);
  if (alone) return adjust(alone, await store.list(), store);
  const done: ImportSummary[] = [];
  let left: LeftOver = { sources, adjusting: [] };
  while (left.sources.length > 0) {
    try {
      left = await withRead(left, choices, store, options, (read) => keepRead(read, done));
    } catch (error) {
      const stored = done.filter(({ existing }) => !existing).map(({ manifest }) => `"${manifest.name}"`);
      if (stored.length > 0 && error instanceof Error) error.message += `; ${stored.join(', ')} was stored before`;
      throw error;
    }
  }
  const [summary, ...others] = done;
  return others.length > 0 ? { ...summary!, others } : summary!;
}

/** Keeps the splits and dividends of files that have nothing else with datasets that are here. */
export async function adjust(
  files: readonly ByteSource[],
  datasets: readonly Manifest[],
  store: BarStore,
): Promise<ImportSummary> {
  const { manifest, kept } = await keepAdjustments(files, datasets, store);
  return { manifest, existing: true, audits: [], skipped: [], coverage: null, adjusted: kept };
}

/** Imports what was read: the first interval's bars, and those of each other one that symbols have, as datasets that join those that are done. */
async function keepRead(read: ReadImport, done: ImportSummary[]): Promise<LeftOver> {
  const { id, sources, result, lists, told, over } = read;
  const [name, ...within] = sources[0]!.name.split('/');
  const base = datasetName(name!);
  const place = done.length;
  // Before the first: its commit takes away what is staged, which may be theirs.
  for (const apart of result.kind === 'bars' ? result.others : [])
    done.push(await keepApart(apart, `${base} ${apart.interval}`, { id, lists }, read.keeping));
  // Those of a folder, or an archive, would have the name of the first ones.
  const ending = place > 0 && within.length > 0 && result.kind === 'bars' ? ` ${result.interval}` : '';
  const kept = await keepResult(id, result, base + ending, lists, read.keeping);
  const adjusted = told && [kept, ...done.slice(place)].map(({ manifest }) => manifest);
  done.splice(place, 0, adjusted ? { ...kept, adjusted: keptOf(told, adjusted) } : kept);
  return over;
}
