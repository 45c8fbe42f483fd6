import type { Manifest } from '../library/manifest.ts';
import type { BarReader } from '../library/store.ts';

/** Bytes of chunks that are kept; some fifty million bars. */
const mostBytes = 256e6;

/** Reads each chunk of a store once and keeps it as long as there is room, for runs over the same bars that follow each other. */
export class KeptBars implements BarReader {
  private readonly store: BarReader;
  private readonly chunks = new Map<string, Promise<Uint8Array>>();
  private manifests: Promise<Manifest[]> | undefined;
  private bytes = 0;

  constructor(store: BarReader) {
    this.store = store;
  }

  all(): Promise<Manifest[]> {
    this.manifests ??= this.store.all();
    return this.manifests;
  }

  async chunk(dataset: string, symbol: number, chunk: number): Promise<Uint8Array> {
    const key = `${symbol}/${chunk}/${dataset}`;
    const known = this.chunks.get(key);
    if (known) return known;
    const reading = this.store.chunk(dataset, symbol, chunk);
    this.chunks.set(key, reading);
    try {
      const { byteLength } = await reading;
      this.bytes += byteLength;
      if (this.bytes > mostBytes) this.forget(key, byteLength);
    } catch {
      // The next run tries again; this one is told by the promise.
      this.chunks.delete(key);
    }
    return reading;
  }

  private forget(key: string, byteLength: number): void {
    this.chunks.delete(key);
    this.bytes -= byteLength;
  }
}
