import type { DataKind } from '../bars/records.ts';
import { day } from '../time/instant.ts';
import { blockLimit, chunksOf, type EncodedChunk } from './encode.ts';
import { mostRecords, recordChunksOf } from './record-chunk.ts';
import { barsOf, GrowingRows, recordsOf, type Rows } from './rows.ts';

/** Rows that are held before chunks are made of them: several chunks, a few megabytes. */
const heldRows = 65_536;

/**
 * Makes chunks of the rows of one symbol, which come in pieces of any length: the same chunks as of all rows at once. It holds few
 * rows.
 */
export class ChunkStream {
  private readonly kind: DataKind;
  private readonly intervalMs: number;
  private readonly held: GrowingRows;
  private limit = heldRows;

  /** `intervalMs` is that of bars; of records it does not matter. */
  constructor(kind: DataKind, intervalMs: number, columns: number) {
    this.kind = kind;
    this.intervalMs = intervalMs;
    this.held = new GrowingRows(columns, heldRows);
  }

  /** Takes rows; yields the chunks that are complete. */
  *add(rows: Rows): Generator<EncodedChunk> {
    const { held } = this;
    held.add(rows);
    if (held.count < this.limit) return;
    let made = 0;
    let last: EncodedChunk | undefined;
    for (const chunk of this.chunksOf(this.complete())) {
      if (last) yield last;
      made += chunk.bars;
      last = chunk;
    }
    // More days may come to the last chunk of bars; those of records have their number.
    if (last && this.kind === 'bars') made -= last.bars;
    else if (last) yield last;
    held.drop(made);
    // What has not become a chunk yet is not tried again with each piece.
    this.limit = held.count + heldRows;
  }

  /** Yields the last chunks; the stream is then ready for the rows of another symbol. */
  *end(): Generator<EncodedChunk> {
    yield* this.chunksOf(this.held.count);
    this.held.drop(this.held.count);
    this.limit = heldRows;
  }

  /** How many of the rows are in blocks that no later row can belong to. */
  private complete(): number {
    const { columns, count } = this.held;
    if (this.kind !== 'bars') return count - (count % mostRecords);
    const start = columns[0]!;
    const last = start[count - 1]!;
    const daily = this.intervalMs >= day;
    let complete = count;
    while (complete > 0 && blockLimit(start[complete - 1]!, daily) > last) complete--;
    return complete;
  }

  private chunksOf(count: number): Iterable<EncodedChunk> {
    const rows = { columns: this.held.columns, count };
    return this.kind === 'bars' ? chunksOf(barsOf(rows), this.intervalMs) : recordChunksOf(recordsOf(rows));
  }
}
