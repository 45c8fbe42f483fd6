import { quoteFields, tickFields } from './layout.ts';
import type { Block } from './block.ts';
import { endRecord, recordsWritten } from './protocol.ts';
import { SharedWords, type Words } from './words.ts';

/**
 * The session's latest quotes or ticks of each symbol: a ring of fixed capacity with a sequence number. What is overwritten is
 * the sequence less the capacity. Records are rows of Float64: quotes are time, bid, ask, bid size, ask size; ticks are time,
 * price, size.
 */
export class RecordRing {
  readonly capacity: number;
  readonly fields: number;
  private readonly records: Float64Array;
  private readonly sequences: Int32Array;
  private readonly counters: Words;

  private constructor(records: Float64Array, sequences: Int32Array, capacity: number, fields: number) {
    this.records = records;
    this.sequences = sequences;
    this.counters = new SharedWords(sequences);
    this.capacity = capacity;
    this.fields = fields;
  }

  static quotes(block: Block): RecordRing {
    return new RecordRing(block.quoteRecords, block.quoteSequences, block.layout.shape.quotes, quoteFields);
  }

  static ticks(block: Block): RecordRing {
    return new RecordRing(block.tickRecords, block.tickSequences, block.layout.shape.ticks, tickFields);
  }

  /** Records of the symbol so far, those overwritten included. */
  sequence(symbol: number): number {
    return this.counters.load(symbol);
  }

  /** Adds a record of `fields` numbers. The coordinator alone. */
  put(symbol: number, record: ArrayLike<number>): void {
    const sequence = this.sequences[symbol]!;
    const at = (symbol * this.capacity + (sequence % this.capacity)) * this.fields;
    for (let i = 0; i < this.fields; i++) this.records[at + i] = record[i]!;
    endRecord(this.counters, symbol);
  }

  /** Copies the symbol's record with the sequence number (0 is the first) to `out`; false when it is not there any more, or not yet. */
  copy(symbol: number, sequence: number, out: Float64Array): boolean {
    if (sequence < 0 || sequence >= recordsWritten(this.counters, symbol)) return false;
    const at = (symbol * this.capacity + (sequence % this.capacity)) * this.fields;
    for (let i = 0; i < this.fields; i++) out[i] = this.records[at + i]!;
    // The record that comes next may be half written already, over the oldest one.
    return sequence > recordsWritten(this.counters, symbol) - this.capacity;
  }
}
