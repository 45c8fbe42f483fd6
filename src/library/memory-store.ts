import { described, isListed, type Manifest, type Told } from './manifest.ts';
import { byName, checkedName, placeOf } from './names.ts';
import { stagedSymbol, type BarStore, type PlacedChunk, type PlacedPage } from './store.ts';

/** Datasets in memory, for as long as the store is held. */
export class MemoryStore implements BarStore {
  private readonly datasets = new Map<string, Manifest>();
  private readonly chunks = new Map<string, Map<string, Uint8Array>>();
  private readonly pages = new Map<string, Map<string, Uint8Array>>();

  async list(): Promise<Manifest[]> {
    return (await this.all()).filter(isListed).sort(byName);
  }

  async all(): Promise<Manifest[]> {
    return [...this.datasets.values()];
  }

  async putChunks(dataset: string, chunks: readonly PlacedChunk[]): Promise<void> {
    let own = this.chunks.get(dataset);
    if (!own) this.chunks.set(dataset, (own = new Map()));
    for (const { symbol, chunk, bytes } of chunks) own.set(`${symbol}/${chunk}`, bytes);
  }

  async putPages(dataset: string, pages: readonly PlacedPage[]): Promise<void> {
    let own = this.pages.get(dataset);
    if (!own) this.pages.set(dataset, (own = new Map()));
    for (const { list, page, bytes } of pages) own.set(`${list}/${page}`, bytes);
  }

  async addPages(dataset: string, list: string, pages: readonly Uint8Array[]): Promise<Manifest> {
    const manifest = this.datasets.get(dataset);
    if (!manifest) throw missingDataset(dataset);
    await this.putPages(
      dataset,
      pages.map((bytes, page) => ({ list, page, bytes })),
    );
    const known = { ...manifest, pages: { ...manifest.pages, [list]: pages.length } };
    this.datasets.set(dataset, known);
    return known;
  }

  async page(dataset: string, list: string, page: number): Promise<Uint8Array> {
    const bytes = this.pages.get(dataset)?.get(`${list}/${page}`);
    if (!bytes) throw missingPage(dataset, list, page);
    return bytes;
  }

  async chunk(dataset: string, symbol: number, chunk: number): Promise<Uint8Array> {
    const bytes = this.chunks.get(dataset)?.get(`${symbol}/${chunk}`);
    if (!bytes) throw missingChunk(dataset, symbol, chunk);
    return bytes;
  }

  async commit(manifest: Manifest, instead?: string): Promise<Manifest> {
    const replaced = instead === undefined ? undefined : await this.listed(instead);
    const answer = placeOf(manifest, await this.list(), replaced);
    if ('existing' in answer) {
      this.clear(manifest.id);
      return answer.existing;
    }
    const chunks = this.chunks.get(manifest.id);
    for (const key of chunks?.keys() ?? []) if (key.startsWith(`${stagedSymbol}/`)) chunks!.delete(key);
    this.datasets.set(manifest.id, answer.placed);
    if (replaced) this.datasets.set(replaced.id, { ...replaced, replacedBy: manifest.id });
    return answer.placed;
  }

  async rename(dataset: string, name: string): Promise<Manifest> {
    const renamed = { ...(await this.listed(dataset)), name: checkedName(dataset, name, await this.list()) };
    this.datasets.set(dataset, renamed);
    return renamed;
  }

  async describe(dataset: string, told: Told): Promise<Manifest> {
    const manifest = described(await this.listed(dataset), told);
    this.datasets.set(dataset, manifest);
    return manifest;
  }

  async remove(dataset: string): Promise<void> {
    this.datasets.delete(dataset);
    this.clear(dataset);
  }

  async discard(dataset: string): Promise<void> {
    const manifest = this.datasets.get(dataset);
    if (!manifest || !isListed(manifest)) await this.remove(dataset);
  }

  private async listed(dataset: string): Promise<Manifest> {
    const manifest = this.datasets.get(dataset);
    if (!manifest || !isListed(manifest)) throw missingDataset(dataset);
    return manifest;
  }

  private clear(dataset: string): void {
    this.chunks.delete(dataset);
    this.pages.delete(dataset);
  }
}

export function missingChunk(dataset: string, symbol: number, chunk: number): Error {
  return new Error(
    `chunk ${chunk} of symbol ${symbol} of dataset ${dataset} is not in the library any more: it may have been deleted in another tab`,
  );
}

export function missingPage(dataset: string, list: string, page: number): Error {
  return new Error(
    `page ${page} of the ${list} of dataset ${dataset} is not in the library any more: it may have been deleted in another tab`,
  );
}

export function missingDataset(dataset: string): Error {
  return new Error(`dataset ${dataset} is not in the library; it may have been deleted in another tab`);
}
