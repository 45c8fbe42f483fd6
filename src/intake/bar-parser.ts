import { BarRun } from './bar-run.ts';
import type { Collector } from './collector.ts';
import { FileParser } from './file-parser.ts';
import type { Layout } from './layout.ts';
import { originOf } from './origin.ts';
import { RepeatedHour } from './repeated-hour.ts';
import type { SymbolRows } from './symbol-rows.ts';
import type { FileTally } from './tally.ts';
import { TimeNote } from './time-reader.ts';

/** Parses bars. */
export class BarParser extends FileParser<SymbolRows> {
  /** By symbol: the repeated hour that its last record was in. */
  private readonly hours = new Map<SymbolRows, RepeatedHour>();

  /** The faster way; null where day and time of day do not stand side by side in that order. */
  private readonly bars: BarRun | null;

  constructor(layout: Layout, collector: Collector, tally: FileTally) {
    super(layout, collector, tally);
    const { roles } = layout;
    const isRunning = roles.includes('time') || roles.indexOf('clock') === roles.indexOf('date') + 1;
    this.bars = isRunning ? new BarRun(layout, this.time, this.symbols, this.symbolOfFile) : null;
  }

  /** Gives the records that were kept to their symbols. */
  finish(): void {
    for (const rows of this.hours.keys()) this.releaseHour(rows, NaN);
  }

  protected rowsOf(symbol: string, otherMs?: number): SymbolRows {
    return this.collector.symbol(symbol, otherMs);
  }

  protected isSound(values: Float64Array): boolean {
    const open = values[0]!;
    const high = values[1]!;
    const low = values[2]!;
    const close = values[3]!;
    return low > 0 && low <= open && low <= close && high >= open && high >= close;
  }

  protected take(rows: SymbolRows, start: number): void {
    const { tally, time, values } = this;
    const open = values[0]!;
    const high = values[1]!;
    const low = values[2]!;
    const close = values[3]!;
    const volume = values[4]!;
    const origin = originOf(this.collector.file, this.line);
    tally.taken++;
    if (time.note !== 0) tally.note(time.note);
    if ((time.note & TimeNote.repeated) !== 0) {
      this.hourOf(rows, start).add(origin, start, open, high, low, close, volume);
      return;
    }
    if (this.hours.size > 0) this.releaseHour(rows, start);
    tally.outOfOrder += rows.append(origin, start, open, high, low, close, volume);
  }

  protected override run(bytes: Uint8Array, at: number, limit: number): number {
    if (this.bars === null || this.hours.size > 0) return at;
    const next = this.bars.run(bytes, at, limit, this.collector.file, this.lines + 1);
    this.countTaken(this.bars.taken);
    this.tally.outOfOrder += this.bars.outOfOrder;
    return next;
  }

  /** The repeated hour that a record of a symbol belongs to. */
  private hourOf(rows: SymbolRows, start: number): RepeatedHour {
    const open = this.hours.get(rows);
    if (open?.covers(start)) return open;
    if (open) this.releaseHour(rows, start);
    const hour = new RepeatedHour(rows, this.collector.file, this.time.repeatedAfter);
    this.hours.set(rows, hour);
    return hour;
  }

  private releaseHour(rows: SymbolRows, after: number): void {
    const hour = this.hours.get(rows);
    if (!hour) return;
    this.hours.delete(rows);
    const { reading, outOfOrder } = hour.release(after);
    this.tally.noteRepeated(reading, hour.count);
    this.tally.outOfOrder += outOfOrder;
  }
}
