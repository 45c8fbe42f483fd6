import type { Rows, Staging } from '../intake/staging.ts';
import { encodeColumns, openColumns } from './column-chunk.ts';
import type { BarStore, PlacedChunk } from './store.ts';
import { stagedSymbol } from './store.ts';

const magic = 0x4b435453;
/** Chunks of about this many bytes go into one transaction. */
const batchBytes = 1_000_000;

/** Rows of an import that runs, as chunks under its id. */
export class StagingArea implements Staging {
  /** Bytes that were kept so far. */
  bytes = 0;
  private readonly store: BarStore;
  private readonly id: string;
  private places = 0;
  private batch: PlacedChunk[] = [];
  private pendingBytes = 0;
  private storing: Promise<void> = Promise.resolve();

  constructor(store: BarStore, id: string) {
    this.store = store;
    this.id = id;
  }

  /** One batch is being stored while the next is encoded. Rejects when an earlier one could not be stored. */
  async keep({ columns, count }: Rows): Promise<number> {
    const bytes = encodeColumns(magic, columns, 0, count);
    const chunk = this.places++;
    this.batch.push({ symbol: stagedSymbol, chunk, bytes });
    this.pendingBytes += bytes.byteLength;
    this.bytes += bytes.byteLength;
    if (this.pendingBytes >= batchBytes) await this.flush();
    return chunk;
  }

  async read(place: number, rows: Rows): Promise<void> {
    if (this.batch.length > 0) await this.flush();
    await this.storing;
    const chunk = openColumns(magic, await this.store.chunk(this.id, stagedSymbol, place), rows.columns.length);
    chunk.decode(rows.columns);
    rows.count = chunk.count;
  }

  /** Resolves when nothing is on its way to the store any more, stored or not. */
  async settled(): Promise<void> {
    await this.storing.catch(() => undefined);
  }

  private async flush(): Promise<void> {
    const full = this.batch;
    this.batch = [];
    this.pendingBytes = 0;
    await this.storing;
    this.storing = this.store.putChunks(this.id, full);
    // Whoever awaits it next hears of a failure; until then it is not an unhandled one.
    this.storing.catch(() => undefined);
  }
}
