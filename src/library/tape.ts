import type { Grid } from '../time/grid.ts';
import type { Instant } from '../time/instant.ts';
import { openChunk, type Chunk } from './chunk.ts';
import type { SymbolEntry } from './manifest.ts';
import type { BarReader } from './store.ts';

/** The bars of one symbol, session by session. */
export interface BarTape {
  /**
   * Makes the bars with starts in `[from, to)` ready, of a session with that grid. Null when they are already. Rejects when they
   * cannot be read.
   */
  seek(from: number, to: number, grid: Grid): Promise<unknown> | null;
  /** Calls back with each block that has bars in `[from, to)`, in time order. Only after `seek` of that range. */
  blocks(from: number, to: number, visit: (chunk: Chunk, block: number) => void): void;
}

/** The stored bars of one symbol, read forwards: the chunks around the place that is being read are open, the next one is on its way. */
export class Tape implements BarTape {
  private readonly store: BarReader;
  private readonly dataset: string;
  private readonly symbol: number;
  private readonly entry: SymbolEntry;
  private readonly open = new Map<number, Chunk>();
  private readonly coming = new Map<number, Promise<void>>();

  constructor(store: BarReader, dataset: string, symbol: number, entry: SymbolEntry) {
    this.store = store;
    this.dataset = dataset;
    this.symbol = symbol;
    this.entry = entry;
  }

  /**
   * Opens the chunks with bars in `[from, to)`, lets go of earlier ones and fetches the one after, unless that is some way off:
   * at the start of a run it would come before what is needed at once. Null when all is open already. Rejects when a chunk
   * cannot be read.
   */
  seek(from: number, to: number): Promise<unknown> | null {
    const { chunks } = this.entry;
    const waits: Promise<void>[] = [];
    let last = -1;
    for (let i = 0; i < chunks.length; i++) {
      if (chunks[i]!.to < from) {
        this.open.delete(i);
        continue;
      }
      if (chunks[i]!.from >= to) break;
      last = i;
      const wait = this.fetch(i);
      if (wait) waits.push(wait);
    }
    const open = chunks[last];
    if (open && last + 1 < chunks.length && to - open.from > (open.to - open.from) / 4)
      this.fetch(last + 1)?.catch(() => undefined);
    return waits.length === 0 ? null : Promise.all(waits);
  }

  blocks(from: number, to: number, visit: (chunk: Chunk, block: number) => void): void {
    const { chunks } = this.entry;
    for (let i = 0; i < chunks.length && chunks[i]!.from < to; i++) {
      if (chunks[i]!.to < from) continue;
      const chunk = this.open.get(i)!;
      for (let block = 0; block < chunk.blocks; block++)
        if (chunk.to[block]! >= from && chunk.from[block]! < (to as Instant)) visit(chunk, block);
    }
  }

  /** Whether any of its chunks can be read. */
  async readsAnything(): Promise<boolean> {
    for (let i = 0; i < this.entry.chunks.length; i++) {
      const read = await (this.fetch(i) ?? Promise.resolve()).then(
        () => true,
        () => false,
      );
      this.open.delete(i);
      if (read) return true;
    }
    return false;
  }

  private fetch(index: number): Promise<void> | null {
    if (this.open.has(index)) return null;
    const known = this.coming.get(index);
    if (known) return known;
    const coming = this.store
      .chunk(this.dataset, this.symbol, index)
      .then((bytes) => void this.open.set(index, openChunk(bytes)))
      .catch((error: unknown) => {
        const reason = error instanceof Error ? error.message : String(error);
        throw new Error(`The stored bars of ${this.entry.name} cannot be read: ${reason}`, { cause: error });
      })
      .finally(() => this.coming.delete(index));
    this.coming.set(index, coming);
    return coming;
  }
}
