import type { Manifest, Told } from './manifest.ts';

/** A chunk and its place: the symbol's in the manifest, and the chunk's among the symbol's. */
export interface PlacedChunk {
  readonly symbol: number;
  readonly chunk: number;
  readonly bytes: Uint8Array;
}

/** The symbol of chunks that hold rows of an import that runs; the commit takes them away. */
export const stagedSymbol = -1;

/** A page of what belongs to a dataset beside its bars, such as the records that were rejected, and its place in its list. */
export interface PlacedPage {
  readonly list: string;
  readonly page: number;
  readonly bytes: Uint8Array;
}

/** What a run needs of a store. */
export type BarReader = Pick<BarStore, 'all' | 'chunk'>;

/**
 * Where datasets are kept. Two stores exist: IndexedDB for the page, memory for the terminal and tests. A promise that
 * resolves means stored; one that rejects means that nothing of the call is stored.
 */
export interface BarStore {
  /** All datasets, by name. */
  list(): Promise<Manifest[]>;
  /** Those and the ones that others have replaced, which a run may still read. */
  all(): Promise<Manifest[]>;
  /** Keeps chunks of a dataset whose manifest is not stored yet, all or none of them. */
  putChunks(dataset: string, chunks: readonly PlacedChunk[]): Promise<void>;
  /** Reads a chunk; throws an error that names dataset, symbol and chunk when it is not there. */
  chunk(dataset: string, symbol: number, chunk: number): Promise<Uint8Array>;
  /** Keeps pages of a dataset whose manifest is not stored yet, all or none of them. They go with its chunks. */
  putPages(dataset: string, pages: readonly PlacedPage[]): Promise<void>;
  /** Gives a dataset that is stored a list of pages that it did not have, from page 0 on; returns its manifest with them. */
  addPages(dataset: string, list: string, pages: readonly Uint8Array[]): Promise<Manifest>;
  /** Reads a page; throws an error that names dataset, list and page when it is not there. */
  page(dataset: string, list: string, page: number): Promise<Uint8Array>;
  /**
   * Makes the dataset exist, and takes its staged chunks away. Its name is made free by ` 2`, ` 3`, … inside the same transaction when other bars have it; a
   * dataset of the same name and sha256 is returned instead, and nothing is stored twice.
   *
   * With `instead` it takes the name and the place of that dataset, which is not listed from then on; its chunks stay until they are
   * discarded. Throws when that dataset is not listed any more.
   */
  commit(manifest: Manifest, instead?: string): Promise<Manifest>;
  /** Throws when the name is empty, longer than 100 characters or taken. */
  rename(dataset: string, name: string): Promise<Manifest>;
  /** Tells of the dataset what is known besides its bars, each in place of what was told of it before. */
  describe(dataset: string, told: Told): Promise<Manifest>;
  /** Takes the dataset, its chunks and its pages away. */
  remove(dataset: string): Promise<void>;
  /** Takes away the chunks and pages that did not come to a manifest, and what was replaced; never a dataset that is listed. */
  discard(dataset: string): Promise<void>;
}
