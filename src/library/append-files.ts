import { intervalMs } from '../bars/interval.ts';
import type { IntakeChoices } from '../intake/choices.ts';
import type { ByteSource } from '../intake/source.ts';
import type { Calendar } from '../time/market-calendar.ts';
import { adjustmentsAlone, adjustmentsOf, toldOf } from './adjustments.ts';
import { coverageOf } from '../quality/coverage.ts';
import { appendDataset } from './derive-dataset.ts';
import { adjust, importFiles, type ImportOptions, type ImportSummary } from './import.ts';
import type { Manifest } from './manifest.ts';
import { missingDataset } from './memory-store.ts';
import { presencesOf } from './presence-pages.ts';
import type { BarStore, PlacedChunk, PlacedPage } from './store.ts';

export interface AppendOptions extends ImportOptions {
  /** By whose sessions bars are missing or suspicious, and in whose zone those of a day have their dates. */
  readonly market: Calendar;
}

/**
 * Imports files into a dataset that is here: they are read as any import, and their bars are merged with its own into a new version
 * under the same name; the summary has the audits of the files that were added. Until that is stored the dataset is as it was; nothing changes where it has all of the bars already. Throws as
 * `importFiles` does.
 */
export async function appendFiles(
  target: string,
  sources: readonly ByteSource[],
  choices: IntakeChoices,
  store: BarStore,
  options: AppendOptions,
): Promise<ImportSummary> {
  const into = (await store.list()).find(({ id }) => id === target);
  if (!into) throw missingDataset(target);
  const alone = await adjustmentsAlone(sources);
  if (alone) return adjust(alone, [into], store);
  const aside = new AsideStore(store);
  const { holding } = options;
  let end = (): void => undefined;
  const merged = new Promise<void>((resolve) => (end = resolve));
  try {
    const summary = await importFiles(sources, choices, aside, {
      ...options,
      // What is missing or suspicious is that of all bars together.
      market: undefined,
      fitting: fittingOf(into),
      // What was imported is not swept away as long as it is merged.
      holding:
        holding &&
        ((id, work) =>
          new Promise((resolve, reject) => {
            void holding(id, async () => {
              await work().then(resolve, reject);
              await merged;
            }).catch(reject);
          })),
    });
    const last = sources.at(-1)!.name;
    const derived = await appendDataset(into, summary.manifest, choices.conflicts, store, {
      ...options,
      onBars: (bars) => options.onProgress({ file: last, bytes: 0, totalBytes: 0, bars, stage: 'storing' }),
    });
    const told = summary.manifest.adjustments;
    // Where nothing was added, no manifest was written with them.
    const manifest =
      told && derived.existing
        ? await store.describe(target, { adjustments: adjustmentsOf({ ...toldOf(into.adjustments), ...toldOf(told) }) })
        : derived.manifest;
    const coverage =
      (manifest.kind ?? 'bars') === 'bars'
        ? await coverageOf(options.market, await presencesOf(store, manifest, options.breathe), options.breathe)
        : null;
    return { ...summary, manifest, existing: derived.existing, derived, coverage };
  } finally {
    await aside.clear();
    end();
  }
}

/** The interval that bars must have to be added; undefined where it takes none. */
function fittingOf({ name, interval }: Manifest): ImportOptions['fitting'] {
  const ms = intervalMs(interval);
  return ms === undefined ? undefined : { name, intervalMs: ms };
}

/** A store in which nothing comes to be listed: what is committed is handed back, for somebody to read it, until it is cleared. */
class AsideStore implements BarStore {
  private readonly store: BarStore;
  private readonly ids = new Set<string>();

  constructor(store: BarStore) {
    this.store = store;
  }

  async list(): Promise<Manifest[]> {
    return [];
  }

  async all(): Promise<Manifest[]> {
    return [];
  }

  putChunks(dataset: string, chunks: readonly PlacedChunk[]): Promise<void> {
    this.ids.add(dataset);
    return this.store.putChunks(dataset, chunks);
  }

  chunk(dataset: string, symbol: number, chunk: number): Promise<Uint8Array> {
    return this.store.chunk(dataset, symbol, chunk);
  }

  putPages(dataset: string, pages: readonly PlacedPage[]): Promise<void> {
    this.ids.add(dataset);
    return this.store.putPages(dataset, pages);
  }

  page(dataset: string, list: string, page: number): Promise<Uint8Array> {
    return this.store.page(dataset, list, page);
  }

  addPages(dataset: string): Promise<Manifest> {
    return Promise.reject(missingDataset(dataset));
  }

  async commit(manifest: Manifest): Promise<Manifest> {
    return manifest;
  }

  rename(dataset: string): Promise<Manifest> {
    return Promise.reject(missingDataset(dataset));
  }

  describe(dataset: string): Promise<Manifest> {
    return Promise.reject(missingDataset(dataset));
  }

  remove(dataset: string): Promise<void> {
    return this.store.discard(dataset);
  }

  discard(dataset: string): Promise<void> {
    return this.store.discard(dataset);
  }

  /** Takes away what was put aside. */
  async clear(): Promise<void> {
    for (const id of this.ids) await this.store.discard(id).catch(() => undefined);
  }
}
