import { proxy } from 'comlink';
import type { IntakeChoices } from '../intake/choices.ts';
import type { Flag } from '../intake/flag.ts';
import type { SessionRules } from '../time/session-calendar.ts';
import type { ChosenFile } from './chosen-file.ts';
import type { ImportPreview } from './import-preview.ts';
import { importLock, readsLock } from './between-tabs.ts';
import { breathe } from './breathe.ts';
import { createDatasetWork, type Alone } from './dataset-work.ts';
import { fileSource } from './file-source.ts';
import type { ImportProgress, ImportSummary } from './import.ts';
import type { SampleName } from '../sample/identity.ts';
import { sampleNames } from '../sample/identity.ts';
import type { KeepOptions } from './keep.ts';
import type { LeftOutRow, ListPart, ListQuery } from './lists.ts';
import type { Manifest } from './manifest.ts';
import { MemoryStore } from './memory-store.ts';
import { storageState } from './storage-state.ts';
import type { BarStore } from './store.ts';

/** What the service asks of its surroundings, so that a test can stand in for them. */
export interface LibrarySurroundings {
  now(): number;
  newId(): string;
  readonly locks: Promise<LockManager | undefined>;
  readonly storage: StorageManager | undefined;
  changed(): void;
}

/** At most this often does long work say how far it is. */
const progressMs = 50;

export type LibraryService = ReturnType<typeof createLibraryService>;

/** The library as the page sees it, over comlink. Every failure is an error whose message is meant for the user. */
export function createLibraryService(store: BarStore, surroundings: LibrarySurroundings) {
  const { now, newId, locks, storage, changed } = surroundings;
  let running: { readonly what: string; readonly controller: AbortController } | undefined;

  /** The files that the page has given. */
  let given: readonly ChosenFile[] = [];
  const sources = () => given.map(fileSource);

  const keeping: KeepOptions = {
    now,
    newId,
    breathe,
    async freeBytes() {
      const { usedBytes, quotaBytes } = await storageState(storage);
      return usedBytes === undefined || quotaBytes === undefined ? undefined : Math.max(0, quotaBytes - usedBytes);
    },
    async holding(id, work) {
      const manager = await locks;
      return manager ? manager.request(importLock(id), work) : work();
    },
  };

  const alone: Alone = async (what, onProgress, work) => {
    if (running) throw new Error(`Another ${running.what} is running; wait for it or cancel it`);
    const controller = new AbortController();
    running = { what, controller };
    let last = -Infinity;
    let lastStage = '';
    try {
      return await work(controller.signal, (progress, stage = '') => {
        if (stage === lastStage && now() - last < progressMs) return;
        last = now();
        lastStage = stage;
        void Promise.resolve(onProgress(progress)).catch(() => undefined);
      });
    } finally {
      running = undefined;
    }
  };

  /** Where the browser has no locks nobody knows who reads; a run that does fails when it needs more, and says so. */
  async function unread(id: string, work: () => Promise<void>): Promise<void> {
    const manager = await locks;
    return manager ? manager.request(readsLock(id), work) : work();
  }

  return {
    /** All datasets, by name. */
    list: (): Promise<Manifest[]> => store.list(),

    /**
     * Takes files that the next preview and import are of, from the given place on; those that follow a place are given anew. They come
     * some at a time, as a message with thousands keeps the page's thread busy for as long as they take to be copied.
     */
    giveFiles(files: readonly ChosenFile[], from: number): void {
      given = [...given.slice(0, from), ...files];
    },

    /** What intake makes of the given files from their beginnings. */
    async preview(choices: IntakeChoices): Promise<ImportPreview> {
      const files = sources();
      const [{ previewFiles }, { sharedBars }] = await Promise.all([
        import('./import-preview.ts'),
        import('./shared-bars.ts'),
      ]);
      return previewFiles(files, choices, sharedBars(store));
    },

    /**
     * Imports the given files as one dataset. Throws advice, and leaves the library as it was, when that does not succeed or is
     * cancelled. What is missing is counted by the sessions of the market. One import at a time.
     */
    importFiles(
      choices: IntakeChoices,
      onProgress: (progress: ImportProgress) => void,
      market?: SessionRules,
    ): Promise<ImportSummary> {
      const files = sources();
      return alone('import', onProgress, async (signal, tell) => {
        const [{ importFiles }, { calendarOrNone }] = await Promise.all([
          import('./import.ts'),
          import('./calendar-or-none.ts'),
        ]);
        const summary = await importFiles(files, choices, store, {
          ...{ ...keeping, signal, onProgress: (progress: ImportProgress) => tell(progress, progress.stage) },
          market: market && calendarOrNone(market),
        });
        if (!summary.existing || summary.adjusted) changed();
        return summary;
      });
    },

    /** Cancels the import, or the other long work, that runs; its call throws. */
    cancel(): void {
      running?.controller.abort(new Error(`The ${running.what} was cancelled; the library is as it was`));
    },

    ...createDatasetWork(store, { keeping, sources, alone, unread, changed }),

    /** What `keepSample` would store of the sample. It is made and looked at in memory; nothing is stored. */
    async previewSample(): Promise<Manifest[]> {
      const { keepSample } = await import('./keep-sample.ts');
      return keepSample(sampleNames, new MemoryStore(), { now, newId, breathe });
    },

    /** Stores the named datasets of the sample, and returns them or those of the same bars that are stored already. */
    async keepSample(names: readonly SampleName[]): Promise<Manifest[]> {
      const { keepSample } = await import('./keep-sample.ts');
      try {
        return await keepSample(names, store, keeping);
      } finally {
        changed();
      }
    },

    /** Records that were left out of a dataset, and what is suspicious about its bars. */
    async leftOut(query: ListQuery): Promise<ListPart<LeftOutRow>> {
      const { leftOutPart } = await import('./lists.ts');
      return leftOutPart(store, query);
    },

    async flags(query: ListQuery): Promise<ListPart<Flag>> {
      const { flagsPart } = await import('./lists.ts');
      return flagsPart(store, query);
    },

    /** The records that were left out, as a CSV. */
    async leftOutCsv(dataset: string): Promise<Blob> {
      const { leftOutCsv } = await import('./lists.ts');
      return leftOutCsv(store, dataset);
    },

    /** The map of what is there of a dataset and what is not. Whoever asks lets it go. */
    async openMap(id: string) {
      const { openMap } = await import('./quality-map.ts');
      return proxy(await openMap(store, id, breathe));
    },

    async rename(id: string, name: string): Promise<Manifest> {
      const manifest = await store.rename(id, name);
      changed();
      return manifest;
    },

    async remove(id: string): Promise<void> {
      await store.remove(id);
      changed();
    },

    storage: () => storageState(storage),
  };
}
