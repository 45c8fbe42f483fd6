import type { RecordKind } from '../bars/records.ts';
import type { Collector } from './collector.ts';
import { FileParser } from './file-parser.ts';
import type { Layout } from './layout.ts';
import type { RecordRows } from './record-rows.ts';
import type { FileTally } from './tally.ts';
import { TimeNote } from './time-reader.ts';

/**
 * Parses quotes or ticks. Equal ones are not duplicates: two trades of one price in one millisecond are two trades.
 *
 * A quote whose ask is below its bid is taken and counted: markets are crossed for some milliseconds a day (4.2 on average for
 * the stocks of the S&P 500, https://microntec.org/locked-crossed-and-barrel-nasdaq), and who plays such data wants to see it.
 */
export class QuoteTickParser extends FileParser<RecordRows> {
  private readonly kind: RecordKind;
  private readonly prices: number;

  constructor(layout: Layout, kind: RecordKind, collector: Collector, tally: FileTally) {
    super(layout, collector, tally);
    this.kind = kind;
    this.prices = kind === 'quotes' ? 2 : 1;
  }

  finish(): void {
    // Records go to their symbols one by one; nothing is kept back.
  }

  /** There is none for records. */
  protected run(_bytes: Uint8Array, at: number): number {
    return at;
  }

  protected rowsOf(symbol: string): RecordRows {
    return this.collector.records(symbol, this.collector.kind as RecordKind);
  }

  protected isSound(values: Float64Array): boolean {
    for (let i = 0; i < this.prices; i++) if (!(values[i]! > 0)) return false;
    return true;
  }

  protected take(rows: RecordRows, time: number): void {
    const { tally, values, collector } = this;
    const { note, repeatedAfter } = this.time;
    tally.taken++;
    if (note !== 0) tally.note(note);
    const repeated = (note & TimeNote.repeated) !== 0;
    const at = repeated ? rows.inRepeatedHour(collector.file, time, repeatedAfter) : time;
    if (repeated) tally.noteRepeated('likely', 1);
    else rows.secondHour = false;
    if (this.kind === 'quotes' && values[1]! < values[0]!) tally.crossed++;
    tally.outOfOrder += rows.append(collector.file, at, values);
  }
}
