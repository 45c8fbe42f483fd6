import type { RecordColumns, RecordKind } from '../bars/records.ts';
import type { SymbolEntry } from './manifest.ts';
import { openRecordChunk } from './record-chunk.ts';
import type { BarReader } from './store.ts';

/** The stored quotes or ticks of one symbol, read forwards a record at a time; the chunk after the open one is on its way. */
export class RecordTape {
  readonly kind: RecordKind;
  /** The open chunk, and the row of the record that is next; past the last row when `fill` has to open another one. */
  columns: RecordColumns | null = null;
  row = 0;
  private readonly store: BarReader;
  private readonly dataset: string;
  private readonly symbol: number;
  private readonly entry: SymbolEntry;
  /** The chunk after the open one. */
  private next = 0;
  private coming: Promise<RecordColumns> | null = null;

  constructor(store: BarReader, dataset: string, symbol: number, entry: SymbolEntry, kind: RecordKind) {
    this.store = store;
    this.dataset = dataset;
    this.symbol = symbol;
    this.entry = entry;
    this.kind = kind;
  }

  /** Whether the next record is known: `time` says when it is, Infinity after the last one. */
  get filled(): boolean {
    return (this.columns !== null && this.row < this.columns.count) || this.next === this.entry.chunks.length;
  }

  get time(): number {
    return this.columns !== null && this.row < this.columns.count ? this.columns.time[this.row]! : Infinity;
  }

  /** Opens the chunk with the next record. Rejects, naming the symbol, when it cannot be read. */
  async fill(): Promise<void> {
    if (this.filled) return;
    this.columns = await (this.coming ?? this.read(this.next));
    this.row = 0;
    this.next++;
    this.coming = null;
    if (this.next === this.entry.chunks.length) return;
    this.coming = this.read(this.next);
    // Whoever awaits it hears of a failure; until then it is not an unhandled one.
    this.coming.catch(() => undefined);
  }

  /** Goes to the first record at or after a time. */
  async seek(from: number): Promise<void> {
    const { chunks } = this.entry;
    let chunk = 0;
    while (chunk < chunks.length && chunks[chunk]!.to < from) chunk++;
    if (this.columns === null || chunk !== this.next - 1) {
      this.columns = null;
      if (chunk !== this.next) this.coming = null;
      this.next = chunk;
      await this.fill();
    }
    if (this.columns !== null) this.row = firstFrom(this.columns, from);
  }

  private async read(chunk: number): Promise<RecordColumns> {
    try {
      return openRecordChunk(await this.store.chunk(this.dataset, this.symbol, chunk), this.kind);
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error);
      throw new Error(`The stored ${this.kind} of ${this.entry.name} cannot be read: ${reason}`, { cause: error });
    }
  }
}

/** The first row at or after a time; the count when there is none. */
function firstFrom({ time, count }: RecordColumns, at: number): number {
  let low = 0;
  let high = count;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (time[middle]! < at) low = middle + 1;
    else high = middle;
  }
  return low;
}
