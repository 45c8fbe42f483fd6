import { intervalText } from '../bars/interval.ts';
import type { Audit } from '../intake/audit.ts';
import { named } from '../intake/bar-interval.ts';
import type { IntakeChoices } from '../intake/choices.ts';
import { Collector, heldRows } from '../intake/collector.ts';
import { readable } from '../intake/contents.ts';
import { throwIfCancelled, type FinishedBars } from '../intake/result.ts';
import type { SkippedFile } from '../intake/skipped.ts';
import { someOf } from '../intake/some-of.ts';
import type { ByteSource } from '../intake/source.ts';
import { verdictsOf } from '../intake/verdicts.ts';
import type { Coverage } from '../quality/coverage.ts';
import type { Calendar } from '../time/market-calendar.ts';
import { adjustmentsAlone, keepAdjustments, keptOf, toldBy, type KeptAdjustments } from './adjustments.ts';
import type { Derived } from './derive-dataset.ts';
import type { KeepOptions } from './keep.ts';
import { turnMs } from './keep.ts';
import { keepApart, keepResult } from './keep-result.ts';
import { leftOutList } from './lists.ts';
import { datasetName } from './names.ts';
import { sharedBars } from './shared-bars.ts';
import type { Manifest } from './manifest.ts';
import { PageWriter } from './page-writer.ts';
import { readSources } from './read-sources.ts';
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
      left = await importOne(left, choices, store, options, done);
    } catch (error) {
      const stored = done.filter(({ existing }) => !existing).map(({ manifest }) => `"${manifest.name}"`);
      if (stored.length > 0 && error instanceof Error) error.message += `; ${stored.join(', ')} was stored before`;
      throw error;
    }
  }
  const [summary, ...others] = done;
  return others.length > 0 ? { ...summary!, others } : summary!;
}

/** Files that are still to be imported, and the splits and dividends that came with all. */
interface LeftOver {
  readonly sources: readonly ByteSource[];
  readonly adjusting: readonly ByteSource[];
}

/** Imports the files of one interval, and symbols of others that are in them, as datasets that join those that are done; the first files' own comes first. Returns what is left. */
async function importOne(
  left: LeftOver,
  choices: IntakeChoices,
  store: BarStore,
  options: ImportOptions,
  done: ImportSummary[],
): Promise<LeftOver> {
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
      return await importUnder(id, left, choices, store, staging, { ...options, onProgress }, done);
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
  { sources, adjusting: known }: LeftOver,
  choices: IntakeChoices,
  store: BarStore,
  staging: StagingArea,
  options: ImportOptions,
  done: ImportSummary[],
): Promise<LeftOver> {
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
  const { fitting } = options;
  const { bars, aside, adjusting } = await readSources(taken, {
    ...{ choices, collector, verdicts, signal, pause, intervalMs: fitting?.intervalMs ?? null },
    onProgress: (file, bytes, read) => onProgress({ file, bytes, totalBytes, bars: read, stage: 'reading' }),
  });
  const [other] = aside;
  if (other && fitting)
    throw new Error(
      `${other.file.name} has bars of ${intervalText(other.intervalMs)}, "${fitting.name}" has bars of ${intervalText(fitting.intervalMs)}; import it as a dataset of its own`,
    );
  const over: LeftOver = { sources: aside.map(({ file }) => file), adjusting: [...known, ...adjusting] };

  const after = { file: sources[sources.length - 1]!.name, bytes: totalBytes, totalBytes };
  onProgress({ ...after, bars, stage: 'sorting' });
  await options.breathe();
  throwIfCancelled(signal);
  const { kind } = collector;
  const result = kind === 'bars' ? await collector.finish(breathe) : await collector.finishRecords(kind, breathe);
  await keepLeftOut(collector.leftOut.take(true));
  if (fitting && result.kind === 'bars') refuseApart(result, fitting.name);
  const told = over.adjusting.length > 0 ? await toldBy(over.adjusting) : null;
  onProgress({ ...after, bars: 0, stage: 'storing' });
  await options.breathe();
  throwIfCancelled(signal);
  const [name, ...within] = sources[0]!.name.split('/');
  const base = datasetName(name!);
  const keeping = {
    ...{ store, options, choices, told, pause, breathe },
    onBars: (stored: number) => onProgress({ ...after, bars: stored, stage: 'storing' }),
  };
  const place = done.length;
  // Before the first: its commit takes away what is staged, which may be theirs.
  for (const apart of result.kind === 'bars' ? result.others : [])
    done.push(await keepApart(apart, `${base} ${apart.interval}`, { id, lists: pages }, keeping));
  // Those of a folder, or an archive, would have the name of the first ones.
  const ending = place > 0 && within.length > 0 && result.kind === 'bars' ? ` ${result.interval}` : '';
  const kept = await keepResult(id, result, base + ending, pages, keeping);
  const adjusted = told && [kept, ...done.slice(place)].map(({ manifest }) => manifest);
  done.splice(place, 0, adjusted ? { ...kept, adjusted: keptOf(told, adjusted) } : kept);
  return over;
}

/** Throws where symbols have other intervals than those of a dataset that they would be added to. */
function refuseApart({ others }: FinishedBars, name: string): void {
  const [apart] = others;
  if (!apart) return;
  const symbols = named(apart.symbols.map((symbol) => symbol.name));
  throw new Error(
    `the files have symbols of several intervals, such as bars of ${apart.interval} of ${symbols}, which cannot be added to "${name}"; import them as datasets of their own`,
  );
}
