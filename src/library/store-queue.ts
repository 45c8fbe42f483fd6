import type { BarStore, PlacedChunk, PlacedPage } from './store.ts';

/** Chunks of about this many bytes go into one transaction. */
const batchBytes = 1_000_000;

/** Batches that are on their way at most. */
const mostBatches = 4;

/** Chunks and pages of a dataset on their way to the store: some batches are being stored while the next is made. */
export class StoreQueue {
  private readonly store: BarStore;
  private readonly id: string;
  private chunks: PlacedChunk[] = [];
  private pages: PlacedPage[] = [];
  private bytes = 0;
  /** Batches on their way, in their order. */
  private storing: Promise<void>[] = [];

  constructor(store: BarStore, id: string) {
    this.store = store;
    this.id = id;
  }

  /** Resolves when there is room for the next one. Rejects when an earlier one could not be stored. */
  async addChunk(chunk: PlacedChunk): Promise<void> {
    this.chunks.push(chunk);
    this.bytes += chunk.bytes.byteLength;
    if (this.bytes >= batchBytes) await this.send();
  }

  /** Goes with the chunks. */
  addPage(page: PlacedPage): void {
    this.pages.push(page);
    this.bytes += page.bytes.byteLength;
  }

  /** Resolves when all is stored. Rejects when something could not be. */
  async flush(): Promise<void> {
    if (this.chunks.length > 0 || this.pages.length > 0) await this.send();
    await Promise.all(this.storing);
  }

  /** Resolves when nothing is on its way any more, stored or not. */
  async settled(): Promise<void> {
    await Promise.allSettled(this.storing);
  }

  private async send(): Promise<void> {
    const { chunks, pages, store, id } = this;
    this.chunks = [];
    this.pages = [];
    this.bytes = 0;
    if (this.storing.length === mostBatches) {
      await this.storing[0];
      this.storing.shift();
    }
    const batch = (async () => {
      if (chunks.length > 0) await store.putChunks(id, chunks);
      if (pages.length > 0) await store.putPages(id, pages);
    })();
    // Whoever awaits it next hears of a failure; until then it is not an unhandled one.
    batch.catch(() => undefined);
    this.storing.push(batch);
  }
}
