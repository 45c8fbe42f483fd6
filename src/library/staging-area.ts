import type { Rows, Staging } from '../intake/staging.ts';
import { encodeColumns, openColumns } from './column-chunk.ts';
import { StoreQueue } from './store-queue.ts';
import type { BarStore } from './store.ts';
import { stagedSymbol } from './store.ts';

const magic = 0x4b435453;

/** Rows of an import that runs, as chunks under its id. */
export class StagingArea implements Staging {
  /** Bytes that were kept so far. */
  bytes = 0;
  private readonly store: BarStore;
  private readonly id: string;
  private readonly queue: StoreQueue;
  private places = 0;

  constructor(store: BarStore, id: string) {
    this.store = store;
    this.id = id;
    this.queue = new StoreQueue(store, id);
  }

  /** Rejects when an earlier one could not be stored. */
  async keep({ columns, count }: Rows): Promise<number> {
    const bytes = encodeColumns(magic, columns, 0, count);
    const chunk = this.places++;
    this.bytes += bytes.byteLength;
    await this.queue.addChunk({ symbol: stagedSymbol, chunk, bytes });
    return chunk;
  }

  async read(place: number, rows: Rows): Promise<void> {
    await this.queue.flush();
    const chunk = openColumns(magic, await this.store.chunk(this.id, stagedSymbol, place), rows.columns.length);
    chunk.decode(rows.columns);
    rows.count = chunk.count;
  }

  /** Resolves when nothing is on its way to the store any more, stored or not. */
  settled(): Promise<void> {
    return this.queue.settled();
  }
}
