import type { Adjustments } from '../bars/adjustment.ts';
import type { Audit } from '../intake/audit.ts';
import type { IntakeChoices } from '../intake/choices.ts';
import { Collector, heldRows } from '../intake/collector.ts';
import { contentsOf, readable } from '../intake/contents.ts';
import { readFile } from '../intake/read-file.ts';
import type { ReadProgress } from '../intake/result.ts';
import { throwIfCancelled } from '../intake/result.ts';
import type { SkippedFile } from '../intake/skipped.ts';
import { someOf } from '../intake/some-of.ts';
import type { ByteSource } from '../intake/source.ts';
import { verdictsOf } from '../intake/verdicts.ts';
import { coverageOf, type Coverage } from '../quality/coverage.ts';
import type { Calendar } from '../time/market-calendar.ts';
import {
  adjustmentsAlone,
  adjustmentsWith,
  keepAdjustments,
  keptOf,
  toldBy,
  type KeptAdjustments,
} from './adjustments.ts';
import type { Derived } from './derive-dataset.ts';
import { flagged } from './flagged.ts';
import type { KeepOptions } from './keep.ts';
import { keepUnder, turnMs } from './keep.ts';
import { leftOutList } from './lists.ts';
import { datasetName } from './names.ts';
import { sharedBars } from './shared-bars.ts';
import type { Manifest } from './manifest.ts';
import { PageWriter } from './page-writer.ts';
import { presencesOf } from './presence-pages.ts';
import { importFailure } from './storage-error.ts';
import { StagingArea } from './staging-area.ts';
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
  /** What became of files of splits and dividends. */
  readonly adjusted?: KeptAdjustments;
  /** Of bars, by the calendar that was asked about; null where none was, and of what has no slots. */
  readonly coverage: Coverage | null;
}

export interface ImportOptions extends Omit<KeepOptions, 'onBars' | 'choices' | 'pages' | 'flags'> {
  onProgress(progress: ImportProgress): void;
  /** Rows that are held in memory before they are staged; `heldRows` unless told. */
  heldRows?: number | undefined;
  /** The sessions by which what is missing is counted, and what is outside is flagged. */
  readonly market?: Calendar | undefined;
}

/**
 * Imports the files as one dataset, named after the first of them, or after the folder that it is in: reads, sorts, hashes, encodes, stores. Throws the
 * signal's reason when it was cancelled, or advice; the library is then as it was.
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
  const id = options.newId();
  const holding = options.holding ?? ((_, work) => work());
  return holding(id, async () => {
    const staging = new StagingArea(store, id);
    let [read, toRead] = [0, 0];
    const onProgress = (progress: ImportProgress) => {
      [read, toRead] = [progress.bytes, progress.totalBytes];
      options.onProgress(progress);
    };
    try {
      return await importUnder(id, sources, first.name, choices, store, staging, { ...options, onProgress });
    } catch (error) {
      await staging.settled();
      // A store that cannot even delete leaves chunks without a manifest: taken away at the next start.
      await store.discard(id).catch(() => undefined);
      const needed = read === 0 ? toRead : (staging.bytes * toRead) / read;
      throw importFailure(error, needed, await options.freeBytes?.().catch(() => undefined));
    }
  });
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

async function importUnder(
  id: string,
  sources: readonly ByteSource[],
  firstName: string,
  choices: IntakeChoices,
  store: BarStore,
  staging: StagingArea,
  options: ImportOptions,
): Promise<ImportSummary> {
  const { signal, onProgress } = options;
  const { files: taken, skipped: passed } = readable(sources);
  const totalBytes = taken.reduce((sum, { size }) => sum + size, 0);
  let turn = options.now();
  const pause = async () => {
    if (options.now() - turn < turnMs) return;
    await options.breathe();
    turn = options.now();
  };
  const breathe = async () => {
    await pause();
    throwIfCancelled(signal);
  };

  const looked = await someOf(taken);
  const verdicts = await verdictsOf(looked.files, choices, sharedBars(store), signal);
  const pages = new PageWriter(store, id);
  const keepLeftOut = (some: readonly Uint8Array[]) => pages.keep(leftOutList, some);
  const collector = new Collector(
    { staging, rows: options.heldRows ?? heldRows, breathe, keepLeftOut },
    choices.conflicts,
  );
  collector.skip(passed);
  const adjusting: ByteSource[] = [];
  let bytes = 0;
  let bars = 0;
  for (const source of taken) {
    const { files, skipped, adjustments } = await contentsOf(pausing(source, pause));
    collector.skip(skipped);
    if (adjustments) adjusting.push(adjustments);
    const unpackedBytes = files.reduce((sum, { size }) => sum + size, 0);
    const before = bytes;
    let read = 0;
    for (const file of files) {
      const barsBefore = bars;
      const report = (progress: ReadProgress) => {
        bytes = before + Math.round((source.size * (read + progress.bytes)) / unpackedBytes);
        bars = barsBefore + progress.bars;
        onProgress({ file: file.name, bytes, totalBytes, bars, stage: 'reading' });
      };
      await readFile(file, choices, collector, report, signal, verdicts);
      read += file.size;
    }
    bytes = before + source.size;
  }

  const after = { file: sources[sources.length - 1]!.name, bytes: totalBytes, totalBytes };
  onProgress({ ...after, bars, stage: 'sorting' });
  await options.breathe();
  throwIfCancelled(signal);
  const { kind } = collector;
  const result = kind === 'bars' ? await collector.finish(breathe) : await collector.finishRecords(kind, breathe);
  await keepLeftOut(collector.leftOut.take(true));
  const { market } = options;
  const told = adjusting.length > 0 ? await toldBy(adjusting) : null;
  const flags = result.kind === 'bars' ? await flagged(result, market ?? null, pages, breathe) : undefined;

  onProgress({ ...after, bars: 0, stage: 'storing' });
  await options.breathe();
  throwIfCancelled(signal);
  const stored = await keepUnder(id, result, result.sha256, datasetName(firstName.split('/')[0]!), store, {
    ...options,
    choices,
    pages: pages.counts,
    flags,
    adjustments: told && result.kind === 'bars' ? adjustmentsWith(told, result.symbols, undefined) : undefined,
    onBars: (stored) => onProgress({ ...after, bars: stored, stage: 'storing' }),
  });
  const isExisting = stored.id !== id;
  const before = stored.adjustments;
  const adjustments: Adjustments | undefined =
    told && isExisting ? adjustmentsWith(told, stored.symbols, before) : before;
  const manifest = adjustments === before ? stored : await store.describe(stored.id, { adjustments: adjustments! });
  const coverage =
    market && result.kind === 'bars'
      ? await coverageOf(market, await presencesOf(store, manifest, pause), pause)
      : null;
  return {
    ...{ manifest, existing: isExisting, audits: result.audits, skipped: result.skipped, coverage },
    ...(told && { adjusted: keptOf(told, [manifest]) }),
  };
}

/** The same file, with a pause between its slices. */
function pausing(source: ByteSource, pause: () => Promise<void>): ByteSource {
  return {
    ...source,
    async *open(from, to) {
      for await (const slice of source.open(from, to)) {
        yield slice;
        await pause();
      }
    },
  };
}
