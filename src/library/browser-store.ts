import type { IndexedDbStore } from './indexeddb-store.ts';
import type { Manifest, Told } from './manifest.ts';
import { MemoryStore } from './memory-store.ts';
import type { BarStore, PlacedChunk, PlacedPage } from './store.ts';

/** The datasets of this browser: in IndexedDB, or where it cannot be opened at first, in memory as long as the worker lives. */
export class BrowserStore implements BarStore {
  /** Why the datasets are in memory alone; undefined where they are kept. */
  readonly refusal: Promise<string | undefined>;
  private readonly chosen: Promise<BarStore>;

  constructor(kept: IndexedDbStore) {
    this.refusal = kept.opened().then(
      () => undefined,
      (error: unknown) => (error instanceof Error ? error.message : String(error)),
    );
    this.chosen = this.refusal.then((refusal) => (refusal === undefined ? kept : new MemoryStore()));
  }

  async list(): Promise<Manifest[]> {
    return (await this.chosen).list();
  }

  async all(): Promise<Manifest[]> {
    return (await this.chosen).all();
  }

  async putChunks(dataset: string, chunks: readonly PlacedChunk[]): Promise<void> {
    return (await this.chosen).putChunks(dataset, chunks);
  }

  async chunk(dataset: string, symbol: number, chunk: number): Promise<Uint8Array> {
    return (await this.chosen).chunk(dataset, symbol, chunk);
  }

  async putPages(dataset: string, pages: readonly PlacedPage[]): Promise<void> {
    return (await this.chosen).putPages(dataset, pages);
  }

  async addPages(dataset: string, list: string, pages: readonly Uint8Array[]): Promise<Manifest> {
    return (await this.chosen).addPages(dataset, list, pages);
  }

  async page(dataset: string, list: string, page: number): Promise<Uint8Array> {
    return (await this.chosen).page(dataset, list, page);
  }

  async commit(manifest: Manifest, instead?: string): Promise<Manifest> {
    return (await this.chosen).commit(manifest, instead);
  }

  async rename(dataset: string, name: string): Promise<Manifest> {
    return (await this.chosen).rename(dataset, name);
  }

  async describe(dataset: string, told: Told): Promise<Manifest> {
    return (await this.chosen).describe(dataset, told);
  }

  async remove(dataset: string): Promise<void> {
    return (await this.chosen).remove(dataset);
  }

  async discard(dataset: string): Promise<void> {
    return (await this.chosen).discard(dataset);
  }
}
