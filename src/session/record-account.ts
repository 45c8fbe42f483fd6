import type { RecordKind } from '../bars/records.ts';
import { Mix } from './mix.ts';

/** Quotes and ticks of one symbol in a session, and those of that day outside it. */
export interface RecordCounts {
  readonly quotes: number;
  readonly ticks: number;
  readonly outside: number;
}

/** Counts and digests the quotes and ticks that a session delivers. */
export class RecordAccount {
  private readonly quotes: Int32Array;
  private readonly ticks: Int32Array;
  private readonly outside: Int32Array;
  private mix = new Mix();
  /** A record with what it is, and the same as words. */
  private readonly row = new Float64Array(6);
  private readonly rowWords = new Int32Array(this.row.buffer);
  private readonly mixed = new Int32Array(4);

  constructor(symbols: number) {
    this.quotes = new Int32Array(symbols);
    this.ticks = new Int32Array(symbols);
    this.outside = new Int32Array(symbols);
  }

  /** A record was delivered: time and four values, those that its kind has not being 0. */
  delivered(kind: RecordKind, symbol: number, record: Float64Array): void {
    (kind === 'quotes' ? this.quotes : this.ticks)[symbol]!++;
    this.row[0] = symbol * 2 + (kind === 'quotes' ? 0 : 1);
    this.row.set(record, 1);
    this.mix.words(this.rowWords, 0, 12);
  }

  /** So many records of the symbol lay outside the session. */
  skipped(symbol: number, records: number): void {
    this.outside[symbol]! += records;
  }

  /** Four words that digest the session's records so far, in the order of delivery. */
  digest(): Int32Array {
    this.mix.digest(this.mixed);
    return this.mixed;
  }

  /** Closes the account of a session, by symbol, and begins the next one. */
  close(): RecordCounts[] {
    const counts = Array.from(this.quotes, (quotes, s) => ({
      quotes,
      ticks: this.ticks[s]!,
      outside: this.outside[s]!,
    }));
    this.mix = new Mix();
    for (const each of [this.quotes, this.ticks, this.outside]) each.fill(0);
    return counts;
  }
}
