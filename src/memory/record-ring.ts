import { quoteFields, tickFields } from './layout.ts';
import type { Block } from './block.ts';
import { endRecord, recordsWritten, takeBack } from './protocol.ts';
import type { Words } from './words.ts';

/**
 * The session's latest quotes or ticks of each symbol: a ring of fixed capacity with a sequence number. What is overwritten is
 * the sequence less the capacity. Records are rows of Float64: quotes are time, bid, ask, bid size, ask size; ticks are time,
 * price, size. Reading allocates nothing. While others write, a reader of more than one record validates the epoch besides.
 */
export class RecordRing {
  readonly capacity: number;
  readonly fields: number;
  private readonly records: Float64Array;
  private readonly sequences: Int32Array;
  private readonly counters: Words;

  private constructor(records: Float64Array, sequences: Int32Array, counters: Words, capacity: number, fields: number) {
    this.records = records;
    this.sequences = sequences;
    this.counters = counters;
    this.capacity = capacity;
    this.fields = fields;
  }

  static quotes(block: Block): RecordRing {
    return new RecordRing(
      block.quoteRecords,
      block.quoteSequences,
      block.quoteCounters,
      block.layout.shape.quotes,
      quoteFields,
    );
  }

  static ticks(block: Block): RecordRing {
    return new RecordRing(
      block.tickRecords,
      block.tickSequences,
      block.tickCounters,
      block.layout.shape.ticks,
      tickFields,
    );
  }

  /** Records of the symbol in the session so far, those overwritten included. */
  count(symbol: number): number {
    return this.counters.load(symbol);
  }

  /** Adds a record of `fields` numbers. The coordinator alone. */
  put(symbol: number, record: ArrayLike<number>): void {
    const sequence = this.sequences[symbol]!;
    const at = (symbol * this.capacity + (sequence % this.capacity)) * this.fields;
    for (let i = 0; i < this.fields; i++) this.records[at + i] = record[i]!;
    endRecord(this.counters, symbol);
  }

  /** Begins a session, which has no records yet. The coordinator alone, while it rolls. */
  clear(): void {
    for (let s = 0; s < this.sequences.length; s++) takeBack(this.counters, s, this.sequences[s]!);
  }

  /** Copies the symbol's record with the sequence number (0 is the first) to `out`; false when it is not there any more, or not yet. */
  copy(symbol: number, sequence: number, out: Float64Array): boolean {
    if (sequence < 0 || sequence >= recordsWritten(this.counters, symbol)) return false;
    this.read(symbol, sequence, out, 0);
    // The record that comes next may be half written already, over the oldest one.
    return sequence > recordsWritten(this.counters, symbol) - this.capacity;
  }

  /** Copies the symbol's latest record to `out`; false when there is none yet. */
  latest(symbol: number, out: Float64Array): boolean {
    return this.copy(symbol, this.count(symbol) - 1, out);
  }

  /**
   * Copies the symbol's last n records to `out`, oldest first, `fields` numbers each; returns how many there are. The oldest
   * record of a full ring is left out: it may be being overwritten.
   */
  copyLast(symbol: number, n: number, out: Float64Array): number {
    const count = this.count(symbol);
    const copied = Math.max(0, Math.min(n, count, this.capacity - 1));
    for (let i = 0; i < copied; i++) this.read(symbol, count - copied + i, out, i * this.fields);
    return copied;
  }

  private read(symbol: number, sequence: number, out: Float64Array, to: number): void {
    const at = (symbol * this.capacity + (sequence % this.capacity)) * this.fields;
    for (let i = 0; i < this.fields; i++) out[to + i] = this.records[at + i]!;
  }
}
