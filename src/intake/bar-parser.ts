import { FileFault } from './file-fault.ts';
import { CarefulReader, longestSymbol } from './careful-reader.ts';
import type { Collector } from './collector.ts';
import type { Layout } from './layout.ts';
import { maxRecordBytes } from './layout.ts';
import { textOf } from './platform.ts';
import { RecordScanner } from './record.ts';
import type { SymbolRows } from './symbol-rows.ts';
import { SymbolTable } from './symbol-table.ts';
import type { FileTally } from './tally.ts';
import { RepeatedHour } from './repeated-hour.ts';
import { TimeNote, TimeReader } from './time-reader.ts';

/** 10^n, each exact. */
const scales = Float64Array.from({ length: 23 }, (_, n) => Number(`1e${n}`));
const maxMantissa = 9_007_199_254_740_991;

const roleNumbers = { open: 0, high: 1, low: 2, close: 3, volume: 4, time: 5, date: 6, clock: 7, symbol: 8 } as const;
const ignored = 9;

/**
 * Parses records from bytes into the rows of their symbols.
 *
 * Nearly all records are plain: fields without quotes, numbers of digits and at most one point. They are read in one pass,
 * and without allocating. A decimal is an integer below 2^53 divided by a power of ten up to 10^22; both are exact doubles,
 * so the quotient is the double nearest to the decimal, as `Number` gives it. At the first byte that is not plain, the
 * record is read again from its beginning by the careful way, which takes everything that is allowed and gives the reason
 * for everything else. A record gives the same bar whichever way it takes.
 */
export class BarParser {
  /** Lines before the current record. */
  private line = 0;
  private headerSeen: boolean;
  /** Index after the number that was read last. */
  private end = 0;
  private readonly delimiter: number;
  private readonly roles: Uint8Array;
  private readonly values = new Float64Array(5);
  private readonly time: TimeReader;
  private readonly scanner: RecordScanner;
  private readonly carefulReader: CarefulReader;
  private readonly symbols: SymbolTable;
  /** By symbol: the repeated hour that its last record was in. */
  private readonly hours = new Map<SymbolRows, RepeatedHour>();
  private readonly symbolOfFile: SymbolRows | null;
  private readonly layout: Layout;
  private readonly collector: Collector;
  private readonly tally: FileTally;

  constructor(layout: Layout, collector: Collector, tally: FileTally) {
    this.layout = layout;
    this.collector = collector;
    this.tally = tally;
    this.headerSeen = layout.header === null;
    this.delimiter = layout.delimiter.charCodeAt(0);
    this.roles = Uint8Array.from(layout.roles, (role) => (role === null ? ignored : roleNumbers[role]));
    this.time = new TimeReader(layout.time);
    this.scanner = new RecordScanner(layout.delimiter);
    this.carefulReader = new CarefulReader(layout.roles, this.time);
    this.symbols = new SymbolTable(collector);
    this.symbolOfFile = layout.symbol === null ? null : collector.symbol(layout.symbol);
  }

  /**
   * Parses the records in `bytes[from, limit)`; the byte before `limit` is a line feed. Returns the index of the first
   * record that is not complete, or `limit`. Throws when a record is longer than `maxRecordBytes`.
   */
  parse(bytes: Uint8Array, from: number, limit: number): number {
    let at = from;
    while (at < limit) {
      let next = this.headerSeen ? this.plain(bytes, at) : 0;
      if (next === 0) next = this.careful(bytes, at, limit);
      if (next === 0) return at;
      at = next;
    }
    return at;
  }

  /** The error for a record that goes on for longer than a bar can. */
  tooLong(): FileFault {
    return new FileFault(
      `has a record of more than ${maxRecordBytes.toLocaleString('en-US')} bytes from line ${this.line + 1} on; ` +
        'a bar has some hundred. A line end may be missing there, or a quote that is never closed',
    );
  }

  /** Counts what is left at the end of the file, the last line feed being added: a quote was not closed. */
  rejectRest(bytes: Uint8Array, from: number, limit: number): void {
    this.tally.records++;
    this.tally.reject(this.line + 1, 'a quote is not closed', textOf(bytes.subarray(from, limit)).trimEnd());
  }

  /** Gives the records that were kept to their symbols; to be called when the file has ended. */
  finish(): void {
    for (const rows of this.hours.keys()) this.releaseHour(rows, NaN);
  }

  /** Takes a record that is plain and right; returns the index after it, or 0 when it is not. */
  private plain(b: Uint8Array, start: number): number {
    const { roles, values, time, delimiter } = this;
    const last = roles.length - 1;
    let rows = this.symbolOfFile;
    let instant = NaN;
    let dateAt = 0;
    let clockAt = 0;
    let clockEnd = 0;
    let p = start;
    values[4] = 0;
    for (let column = 0; column <= last; column++) {
      while (b[p] === 32) p++;
      const role = roles[column]!;
      if (role < 5) {
        const value = this.decimal(b, p);
        if (value !== value) return 0;
        values[role] = value;
        p = this.end;
      } else if (role === 5) {
        instant = time.read(b, p);
        if (instant !== instant) return 0;
        p = time.end;
      } else {
        const field = p;
        for (let c = b[p]!; c !== delimiter && c !== 10 && c !== 13; c = b[++p]!) if (c === 34) return 0;
        if (role === 6) {
          if (p - field !== 10) return 0;
          dateAt = field;
        } else if (role === 7) {
          clockAt = field;
          clockEnd = p;
        } else if (role === 8) {
          if (p === field || p - field > longestSymbol || !isLetter(b[field]!) || !isLetter(b[p - 1]!)) return 0;
          rows = this.symbols.find(b, field, p);
        }
      }
      if (column < last && b[p++] !== delimiter) return 0;
    }
    if (b[p] === 13) p++;
    if (b[p++] !== 10) return 0;
    if (clockEnd > 0) {
      instant = time.readPair(b, dateAt, clockAt);
      if (instant !== instant || time.end !== clockEnd) return 0;
    }
    const open = values[0]!;
    const high = values[1]!;
    const low = values[2]!;
    const close = values[3]!;
    if (!(low > 0 && low <= open && low <= close && high >= open && high >= close)) return 0;
    if (p - start > maxRecordBytes) return 0;
    this.line++;
    this.tally.records++;
    this.take(rows!, instant, open, high, low, close, values[4]!);
    return p;
  }

  /** A number of digits and at most one point; NaN when there is none or when it is not exact this way. */
  private decimal(b: Uint8Array, at: number): number {
    let p = at;
    let mantissa = b[p]! - 48;
    if (mantissa >>> 0 > 9) return NaN;
    let digit = b[++p]! - 48;
    while (digit >>> 0 <= 9) {
      mantissa = mantissa * 10 + digit;
      digit = b[++p]! - 48;
    }
    let places = 0;
    if (digit === -2) {
      const point = p;
      digit = b[++p]! - 48;
      while (digit >>> 0 <= 9) {
        mantissa = mantissa * 10 + digit;
        digit = b[++p]! - 48;
      }
      places = p - point - 1;
    }
    if (mantissa > maxMantissa || places > 22) return NaN;
    this.end = p;
    return mantissa / scales[places]!;
  }

  /** Counts a record of any kind; returns the index after it, or 0 when it does not end before `limit`. */
  private careful(b: Uint8Array, start: number, limit: number): number {
    const { scanner, tally, carefulReader } = this;
    if (!scanner.scan(b, start, limit)) return 0;
    if (scanner.next - start > maxRecordBytes) throw this.tooLong();
    const line = this.line + 1;
    this.line += scanner.lines;
    tally.records++;
    const text = scanner.text(b, start);
    if (scanner.malformed) tally.reject(line, 'text follows a closing quote', text);
    else {
      const fields = scanner.split(text);
      if (fields.length === 1 && fields[0] === '') {
        tally.blanks++;
        return scanner.next;
      }
      if (this.isHeader(fields)) {
        this.headerSeen = true;
        tally.headers++;
        return scanner.next;
      }
      const reason = carefulReader.read(fields);
      if (reason !== '') tally.reject(line, reason, text);
      else {
        const rows = this.symbolOfFile ?? this.collector.symbol(carefulReader.symbol);
        const { start, open, high, low, close, volume } = carefulReader;
        this.take(rows, start, open, high, low, close, volume);
      }
    }
    return scanner.next;
  }

  private take(
    rows: SymbolRows,
    start: number,
    open: number,
    high: number,
    low: number,
    close: number,
    volume: number,
  ): void {
    const { tally, time } = this;
    tally.taken++;
    if (time.note !== 0) tally.note(time.note);
    if ((time.note & TimeNote.repeated) !== 0) {
      this.hourOf(rows, start).add(start, open, high, low, close, volume);
      return;
    }
    if (this.hours.size > 0) this.releaseHour(rows, start);
    tally.outOfOrder += rows.append(this.collector.file, start, open, high, low, close, volume);
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

  /** The first record of a file that has a header, and the same again between bars. */
  private isHeader(fields: readonly string[]): boolean {
    const { header } = this.layout;
    if (header === null || !this.headerSeen) return !this.headerSeen;
    return fields.length === header.length && fields.every((field, i) => field === header[i]);
  }
}

/** ASCII above the space: such a byte at both ends of a name leaves nothing to trim. */
function isLetter(byte: number): boolean {
  return byte > 32 && byte < 127;
}
