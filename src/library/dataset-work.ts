import type { Instruments } from '../bars/instrument.ts';
import { instrumentFault } from '../bars/instrument.ts';
import type { CancelSignal } from '../intake/result.ts';
import type { IntakeChoices } from '../intake/choices.ts';
import type { ByteSource } from '../intake/source.ts';
import type { SessionRules } from '../time/session-calendar.ts';
import type { ToldBySymbol } from './adjustments.ts';
import type { ChosenFile } from './chosen-file.ts';
import type { Derivation, Derived } from './derive-dataset.ts';
import type { ExportFormat } from './export-dataset.ts';
import { fileSource } from './file-source.ts';
import type { ImportProgress, ImportSummary } from './import.ts';
import type { KeepOptions } from './keep.ts';
import type { Manifest } from './manifest.ts';
import { missingDataset } from './memory-store.ts';
import type { OpenedWorkspace } from './open-workspace.ts';
import { originRuns, originsList, type OriginRun } from './origins.ts';
import type { BarStore } from './store.ts';
import type { PageKeeps } from './workspace.ts';

/** How far long work is: bars that are done, and those that there are where that is known. */
export interface WorkProgress {
  readonly bars: number;
  readonly totalBars: number | null;
}

/** Runs one long work at a time, which can be cancelled and says how far it is: at once where its stage is another, else now and then. */
export type Alone = <T, Progress>(
  what: string,
  onProgress: (progress: Progress) => void,
  work: (signal: CancelSignal, tell: (progress: Progress, stage?: string) => void) => Promise<T>,
) => Promise<T>;

/** What the work needs of the service. */
export interface WorkSurroundings {
  readonly keeping: KeepOptions;
  /** The files that the page has given. */
  sources(): ByteSource[];
  readonly alone: Alone;
  /** Runs something when no run reads a dataset any more. */
  unread(id: string, work: () => Promise<void>): Promise<void>;
  changed(): void;
}

/** What is done with datasets that are here, over comlink. Every failure is an error whose message is meant for the user. */
export function createDatasetWork(store: BarStore, { keeping, sources, alone, unread, changed }: WorkSurroundings) {
  async function find(id: string): Promise<Manifest> {
    const manifest = (await store.list()).find((each) => each.id === id);
    if (!manifest) throw missingDataset(id);
    return manifest;
  }

  /** Takes away what was replaced, when no run reads it any more. */
  function letGo(manifest: Manifest): void {
    const { replaces } = manifest;
    if (replaces !== undefined) void unread(replaces, () => store.discard(replaces)).catch(() => undefined);
  }

  return {
    /** Adds the bars of the given files to a dataset that is here; dates and sessions are those of the market. */
    appendFiles(
      target: string,
      choices: IntakeChoices,
      onProgress: (progress: ImportProgress) => void,
      market: SessionRules,
    ): Promise<ImportSummary> {
      const files = sources();
      return alone('import', onProgress, async (signal, tell) => {
        const [{ appendFiles }, { sessionCalendar }] = await Promise.all([
          import('./append-files.ts'),
          import('../time/session-calendar.ts'),
        ]);
        const appended = await appendFiles(target, files, choices, store, {
          ...{ ...keeping, signal, market: sessionCalendar(market) },
          onProgress: (progress) => tell(progress, progress.stage),
        });
        if (!appended.existing || appended.adjusted) changed();
        if (!appended.existing) letGo(appended.manifest);
        return appended;
      });
    },

    /** Makes a dataset of others; dates and sessions are those of the market. */
    derive: (order: Derivation, market: SessionRules, onProgress: (progress: WorkProgress) => void): Promise<Derived> =>
      alone(order.how, onProgress, async (signal, tell) => {
        const [{ deriveDataset }, { sessionCalendar }] = await Promise.all([
          import('./derive-dataset.ts'),
          import('../time/session-calendar.ts'),
        ]);
        const derived = await deriveDataset(order, store, {
          ...{ ...keeping, signal, market: sessionCalendar(market) },
          onBars: (bars: number) => tell({ bars, totalBars: null }),
        });
        if (!derived.existing) changed();
        return derived;
      }),

    /** Where the bars of a symbol come from, by its place in the manifest; empty where the dataset was imported. */
    async origins(id: string, symbol: number): Promise<OriginRun[]> {
      const { pages } = await find(id);
      return pages?.[originsList] === undefined ? [] : originRuns(await store.page(id, originsList, symbol));
    },

    /** Tells of symbols what is known besides their bars. Throws advice where that cannot be. */
    async describe(id: string, instruments: Instruments): Promise<Manifest> {
      for (const [symbol, each] of Object.entries(instruments)) {
        const fault = instrumentFault(each);
        if (fault !== '') throw new Error(`${symbol}: ${fault}`);
      }
      const manifest = await store.describe(id, { instruments });
      changed();
      return manifest;
    },

    /** Keeps these splits and dividends with a dataset, in place of those that it knew; where there are none it knows none. */
    async tellAdjustments(id: string, told: ToldBySymbol): Promise<Manifest> {
      const { adjustmentsOf } = await import('./adjustments.ts');
      const manifest = await store.describe(id, {
        adjustments: Object.keys(told).length > 0 ? adjustmentsOf(told) : null,
      });
      changed();
      return manifest;
    },

    /** The dataset as a file; it is made a chunk at a time. */
    exportDataset: (id: string, format: ExportFormat, onProgress: (progress: WorkProgress) => void): Promise<Blob> =>
      alone('export', onProgress, async (signal, tell) => {
        const { exportBlob } = await import('./export-dataset.ts');
        const manifest = await find(id);
        const tellBars = (bars: number) => tell({ bars, totalBars: manifest.bars });
        return exportBlob(manifest, format, store, { ...keeping, signal, onBars: tellBars });
      }),

    /** Everything that is kept as one file: all datasets, and what the page keeps. */
    saveWorkspace: (kept: PageKeeps, onProgress: (progress: WorkProgress) => void): Promise<Blob> =>
      alone('saving of the workspace', onProgress, async (signal, tell) => {
        const [{ workspaceOf }, { blobOf }] = await Promise.all([import('./workspace.ts'), import('./blob-of.ts')]);
        const manifests = await store.list();
        const totalBars = manifests.reduce((sum, { bars }) => sum + bars, 0);
        const pieces = workspaceOf(manifests, kept, store, (bars) => tell({ bars, totalBars }));
        return blobOf(pieces, 'application/zip', { ...keeping, signal });
      }),

    /** Stores the datasets of a workspace that are not here yet, and gives back what it has of the page. */
    openWorkspace: (file: ChosenFile, onProgress: (progress: WorkProgress) => void): Promise<OpenedWorkspace> =>
      alone('opening of the workspace', onProgress, async (signal, tell) => {
        const { openWorkspace } = await import('./open-workspace.ts');
        const onBars = (bars: number) => tell({ bars, totalBars: null });
        const opened = await openWorkspace(fileSource(file), store, { ...keeping, signal, onBars });
        if (opened.datasets.some(({ existing }) => !existing)) changed();
        return opened;
      }),
  };
}
