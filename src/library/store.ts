import type { Manifest } from './manifest.ts';

/** Where datasets are kept. Two stores exist: IndexedDB for the page, memory for the terminal and tests. */
export interface BarStore {
  /** All datasets, by name. */
  list(): Promise<Manifest[]>;
  /** Keeps one chunk of a dataset whose manifest is not stored yet. */
  putChunk(dataset: string, symbol: number, chunk: number, bytes: Uint8Array): Promise<void>;
  /** Reads a chunk; throws an error that names dataset, symbol and chunk when it is not there. */
  chunk(dataset: string, symbol: number, chunk: number): Promise<Uint8Array>;
  /**
   * Makes the dataset exist. Its name is made free by ` 2`, ` 3`, … inside the same transaction when other bars have it; a
   * dataset of the same name and sha256 is returned instead, and nothing is stored twice.
   */
  commit(manifest: Manifest): Promise<Manifest>;
  /** Throws when the name is empty, longer than 100 characters or taken. */
  rename(dataset: string, name: string): Promise<Manifest>;
  /** Takes the dataset and its chunks away. */
  remove(dataset: string): Promise<void>;
  /** Takes away the chunks of an import that did not come to its manifest. */
  discard(dataset: string): Promise<void>;
}
