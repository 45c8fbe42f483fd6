import { packedPage } from './packed-page.ts';
import type { BarStore } from './store.ts';

/** Keeps pages of lists that belong to a dataset, packed, as they come. */
export class PageWriter {
  /** Pages by list so far. */
  readonly counts: Record<string, number> = {};
  private readonly store: BarStore;
  private readonly id: string;

  constructor(store: BarStore, id: string) {
    this.store = store;
    this.id = id;
  }

  /** Keeps the next pages of a list. Rejects when they cannot be stored. */
  async keep(list: string, pages: readonly Uint8Array[]): Promise<void> {
    if (pages.length === 0) return;
    const first = this.counts[list] ?? 0;
    this.counts[list] = first + pages.length;
    const packed = await Promise.all(pages.map(packedPage));
    await this.store.putPages(
      this.id,
      packed.map((bytes, i) => ({ list, page: first + i, bytes })),
    );
  }
}
