import { intervalText } from '../bars/interval.ts';
import { named } from '../intake/bar-interval.ts';
import type { IntakeChoices } from '../intake/choices.ts';
import { Collector, heldRows } from '../intake/collector.ts';
import { readable } from '../intake/contents.ts';
import { throwIfCancelled, type FinishedBars, type Hashed, type RecordResult } from '../intake/result.ts';
import { someOf } from '../intake/some-of.ts';
import type { ByteSource } from '../intake/source.ts';
import { verdictsOf } from '../intake/verdicts.ts';
import { toldBy, type ToldBySymbol } from './adjustments.ts';
import type { ImportOptions, ImportProgress } from './import.ts';
import { turnMs } from './breathe.ts';
import type { ResultKeeping } from './keep-result.ts';
import { leftOutList } from './lists.ts';
import { PageWriter } from './page-writer.ts';
import { readSources } from './read-sources.ts';
import { sharedBars } from './shared-bars.ts';
import { StagingArea } from './staging-area.ts';
import { importFailure } from './storage-error.ts';
import type { BarStore } from './store.ts';

/** Files that are still to be imported, and the splits and dividends that came with all. */
export interface LeftOver {
  readonly sources: readonly ByteSource[];
  readonly adjusting: readonly ByteSource[];
}

/** What was read of the files of one interval. It is gone when what is done with it is done. */
export interface ReadImport {
  /** Under which there may be staged rows, and the list of what was left out. */
  readonly id: string;
  readonly sources: readonly ByteSource[];
  readonly result: FinishedBars | (RecordResult & Hashed);
  readonly lists: PageWriter;
  /** Splits and dividends that came with the files; null where none did. */
  readonly told: ToldBySymbol | null;
  readonly over: LeftOver;
  readonly keeping: ResultKeeping;
}

/**
 * Reads, sorts and hashes files of one interval and does something with them. Throws the signal's reason when it was cancelled, or
 * advice; nothing of them is then stored.
 */
export async function withRead<T>(
  left: LeftOver,
  choices: IntakeChoices,
  store: BarStore,
  options: ImportOptions,
  use: (read: ReadImport) => Promise<T>,
): Promise<T> {
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
      return await use(await readUnder(id, left, choices, store, staging, { ...options, onProgress }));
    } catch (error) {
      await staging.settled();
      // A store that cannot even delete leaves chunks without a manifest: taken away at the next start.
      await store.discard(id).catch(() => undefined);
      const needed = read === 0 ? toRead : (staging.bytes * toRead) / read;
      throw importFailure(error, needed, await options.freeBytes?.().catch(() => undefined));
    }
  });
}

async function readUnder(
  id: string,
  { sources, adjusting: known }: LeftOver,
  choices: IntakeChoices,
  store: BarStore,
  staging: StagingArea,
  options: ImportOptions,
): Promise<ReadImport> {
  const { signal, onProgress, fitting } = options;
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
  const lists = new PageWriter(store, id);
  const keepLeftOut = (some: readonly Uint8Array[]) => lists.keep(leftOutList, some);
  const collector = new Collector(
    { staging, rows: options.heldRows ?? heldRows, breathe, keepLeftOut },
    choices.conflicts,
  );
  collector.skip(passed);
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
  const onBars = (stored: number): void => onProgress({ ...after, bars: stored, stage: 'storing' });
  return {
    ...{ id, sources, result, lists, told, over },
    keeping: { store, options, choices, told, pause, breathe, onBars },
  };
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
