import { unmarkedSymbol } from '../bars/csv-line.ts';
import type { DataKind } from '../bars/records.ts';
import { day } from '../time/instant.ts';
import { isNothing } from './cell.ts';
import { CarefulReader, longestSymbol } from './careful-reader.ts';
import type { Collector } from './collector.ts';
import { FileFault } from './file-fault.ts';
import type { Layout } from './layout.ts';
import { maxRecordBytes, priceRoles, valueRoles } from './layout.ts';
import { textOf } from './platform.ts';
import type { ColumnRole } from './preview.ts';
import { RecordScanner } from './record.ts';
import { isComment } from './sample.ts';
import { SymbolTable } from './symbol-table.ts';
import type { FileTally } from './tally.ts';
import { TimeReader } from './time-reader.ts';
import type { WideGroup } from './wide-table.ts';

/** 10^n, each exact. */
export const scales = Float64Array.from({ length: 23 }, (_, n) => Number(`1e${n}`));
export const maxMantissa = 9_007_199_254_740_991;

const mostValues = 5;
export const timeRole = 5;
export const dateRole = 6;
export const clockRole = 7;
export const symbolRole = 8;
const ignored = 9;

/**
 * Parses records from bytes into the rows of their symbols.
 *
 * Nearly all records are plain: fields without quotes, numbers of digits and at most one point. They are read in one pass,
 * and without allocating. A decimal is an integer below 2^53 divided by a power of ten up to 10^22; both are exact doubles,
 * so the quotient is the double nearest to the decimal, as `Number` gives it. At the first byte that is not plain, the
 * record is read again from its beginning by the careful way, which takes everything that is allowed and gives the reason
 * for everything else. A record gives the same values whichever way it takes.
 */
export abstract class FileParser<Rows> {
  /** The values of the current record, in the order of `valueRoles`; 0 where the file has no column. */
  protected readonly values = new Float64Array(mostValues);
  protected readonly time: TimeReader;
  protected readonly collector: Collector;
  protected readonly tally: FileTally;
  /** The line on which the current record begins, counted from 1. */
  protected line = 0;
  /** Lines up to the end of the record before it. */
  protected lines = 0;
  /** Records in front of the data that are still to come. */
  private headersLeft: number;
  /** Lines that begin with # are no records; a symbol may begin so. */
  private readonly hasComments: boolean;
  /** Index after the number that was read last. */
  private end = 0;
  /** There may be records that need not be read the careful way. */
  private readonly hasPlain: boolean;
  private readonly delimiter: number;
  /** The decimal point, less 48. */
  private readonly point: number;
  /** By value: the power of ten that it is divided by. */
  private readonly places: Uint8Array;
  private readonly stampMs: number;
  private readonly roles: Uint8Array;
  private readonly scanner: RecordScanner;
  private readonly carefulReader: CarefulReader;
  protected readonly symbols: SymbolTable<Rows>;
  protected readonly symbolOfFile: Rows | null;
  protected readonly layout: Layout;
  /** The symbols that stand side by side, each with its rows and what reads them. */
  private readonly groups: readonly {
    readonly rows: Rows;
    readonly reader: CarefulReader;
    readonly columns: number[];
  }[];

  constructor(layout: Layout, collector: Collector, tally: FileTally) {
    this.layout = layout;
    this.collector = collector;
    this.tally = tally;
    this.headersLeft = layout.headerRecords;
    this.hasComments = layout.roles[0] !== 'symbol';
    this.point = layout.decimalPoint.charCodeAt(0) - 48;
    this.places = Uint8Array.from(valueRoles[layout.kind], (role) =>
      priceRoles.includes(role) ? layout.pricePlaces : 0,
    );
    this.stampMs = layout.stampMs;
    this.delimiter = layout.delimiter.charCodeAt(0);
    this.roles = Uint8Array.from(layout.roles, (role) => roleNumber(layout.kind, role));
    this.time = new TimeReader(layout.time);
    this.scanner = new RecordScanner(layout.delimiter);
    this.carefulReader = new CarefulReader(layout, this.time);
    this.symbols = new SymbolTable((name) => this.rowsOfCell(name));
    this.groups = layout.groups.map(({ symbol, columns }) => ({
      rows: this.rowsOf(symbol),
      reader: new CarefulReader({ ...layout, roles: rolesOf(layout, columns) }, this.time),
      columns: [...columns.values()],
    }));
    this.symbolOfFile = layout.symbol === null ? null : this.rowsOf(layout.symbol);
    this.hasPlain = this.groups.length === 0 && layout.moreVolume === null && layout.ofInterval === null;
  }

  /** The rows of a symbol; of bars of another length than the file's, in milliseconds, rows of their own. */
  protected abstract rowsOf(symbol: string, otherMs?: number): Rows;

  /** Whether values that are numbers and not negative are those of a record; the careful way gives the reason if not. */
  protected abstract isSound(values: Float64Array): boolean;

  /** Takes the record of `values`; `time.note` says what is worth knowing of its time. */
  protected abstract take(rows: Rows, time: number): void;

  /** To be called when the file has ended. */
  abstract finish(): void;

  /**
   * Parses the records in `bytes[from, limit)`; the byte before `limit` is a line feed. Returns the index of the first
   * record that is not complete, or `limit`. Throws when a record is longer than `maxRecordBytes`.
   */
  parse(bytes: Uint8Array, from: number, limit: number): number {
    let at = from;
    while (at < limit) {
      const isPlain = this.headersLeft === 0 && this.hasPlain;
      if (isPlain) at = this.run(bytes, at, limit);
      if (at === limit) return at;
      let next = isPlain ? this.plain(bytes, at) : 0;
      if (next === 0) next = this.careful(bytes, at, limit);
      if (next === 0) return at;
      at = next;
    }
    return at;
  }

  /** Takes as many records as there is a faster way for; returns the first that was not taken. */
  protected abstract run(bytes: Uint8Array, at: number, limit: number): number;

  /** Counts records that were taken the faster way. */
  protected countTaken(records: number): void {
    this.lines += records;
    this.tally.records += records;
    this.tally.taken += records;
  }

  /** The error for a record that goes on for longer than one can. */
  tooLong(): FileFault {
    return new FileFault(
      `has a record of more than ${maxRecordBytes.toLocaleString('en-US')} bytes from line ${this.lines + 1} on; ` +
        'a bar has some hundred. A line end may be missing there, or a quote that is never closed',
    );
  }

  /** Counts what is left at the end of the file, the last line feed being added: a quote was not closed. */
  rejectRest(bytes: Uint8Array, from: number, limit: number): void {
    this.tally.records++;
    const text = textOf(bytes.subarray(from, limit)).trimEnd();
    const lines = text.split('\n').length;
    const swallowed =
      lines === 1 ? '' : `; the ${lines.toLocaleString('en-US')} lines from it to the end are one record`;
    this.tally.reject(this.lines + 1, `a quote is not closed${swallowed}`, text);
  }

  /** The rows of the symbol that a cell names. */
  private rowsOfCell(cell: string, otherMs?: number): Rows {
    return this.rowsOf(this.layout.marksFormulas ? unmarkedSymbol(cell) : cell, otherMs);
  }

  private rowsOfOther(cell: string, otherMs: number): Rows {
    const { symbol } = this.layout;
    return symbol === null ? this.rowsOfCell(cell, otherMs) : this.rowsOf(symbol, otherMs);
  }

  /** What bars of a length are stamped with, after their start; the date of a day is that of the session. */
  private stampOf(lengthMs: number): number {
    return this.stampMs === 0 || lengthMs >= day ? 0 : lengthMs;
  }

  /** Takes a record that is plain and right; returns the index after it, or 0 when it is not. */
  private plain(b: Uint8Array, start: number): number {
    const { roles, values, time, delimiter, places } = this;
    const last = roles.length - 1;
    let rows = this.symbolOfFile;
    let instant = NaN;
    let dateAt = 0;
    let dateEnd = 0;
    let clockAt = 0;
    let clockEnd = 0;
    let p = start;
    for (let column = 0; column <= last; column++) {
      while (b[p] === 32) p++;
      const role = roles[column]!;
      if (role < mostValues) {
        const value = this.decimal(b, p, places[role]!);
        if (value !== value) return 0;
        values[role] = value;
        p = this.end;
      } else if (role === timeRole) {
        instant = time.read(b, p);
        if (instant !== instant) return 0;
        p = time.end;
      } else {
        const field = p;
        for (let c = b[p]!; c !== delimiter && c !== 10 && c !== 13; c = b[++p]!) if (c === 34) return 0;
        if (role === dateRole) {
          dateAt = field;
          dateEnd = p;
        } else if (role === clockRole) {
          clockAt = field;
          clockEnd = p;
        } else if (role === symbolRole) {
          if (p === field || p - field > longestSymbol || !isLetter(b[field]!) || !isLetter(b[p - 1]!)) return 0;
          rows = this.symbols.find(b, field, p);
          if (rows === null) return 0;
        }
      }
      if (column < last && b[p++] !== delimiter) return 0;
    }
    if (b[p] === 13) p++;
    if (b[p++] !== 10) return 0;
    if (clockEnd > 0) {
      instant = time.readPair(b, dateAt, clockAt);
      if (instant !== instant || time.end !== clockEnd || time.dateEnd !== dateEnd) return 0;
    }
    if (!this.isSound(values)) return 0;
    if (p - start > maxRecordBytes) return 0;
    this.line = ++this.lines;
    this.tally.records++;
    this.take(rows!, instant - this.stampMs);
    return p;
  }

  /** A number of digits and at most one point, over 10^`scale`; NaN when there is none or when it is not exact this way. */
  private decimal(b: Uint8Array, at: number, scale: number): number {
    let p = at;
    let mantissa = b[p]! - 48;
    if (mantissa >>> 0 > 9) return NaN;
    let digit = b[++p]! - 48;
    while (digit >>> 0 <= 9) {
      mantissa = mantissa * 10 + digit;
      digit = b[++p]! - 48;
    }
    let places = scale;
    if (digit === this.point) {
      const point = p;
      digit = b[++p]! - 48;
      while (digit >>> 0 <= 9) {
        mantissa = mantissa * 10 + digit;
        digit = b[++p]! - 48;
      }
      places += p - point - 1;
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
    const line = (this.line = this.lines + 1);
    this.lines += scanner.lines;
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
        tally.headers++;
        return scanner.next;
      }
      if (this.groups.length > 0) {
        this.sideBySide(fields, line, text);
        return scanner.next;
      }
      const reason = carefulReader.read(fields);
      if (reason !== '') tally.reject(line, reason, text);
      else {
        const { symbol, otherMs, instant } = carefulReader;
        this.values.set(carefulReader.values);
        if (carefulReader.lacksVolume) tally.volumeless++;
        if (otherMs === 0) this.take(this.symbolOfFile ?? this.rowsOfCell(symbol), instant - this.stampMs);
        else this.take(this.rowsOfOther(symbol, otherMs), instant - this.stampOf(otherMs));
      }
    }
    return scanner.next;
  }

  /** Takes a record of several bars, which counts as many; a symbol that has none in it counts as blank. */
  private sideBySide(fields: readonly string[], line: number, text: string): void {
    const { tally, groups } = this;
    tally.records += groups.length - 1;
    for (const { rows, reader, columns } of groups) {
      if (columns.every((column) => isNothing(fields[column] ?? ''))) {
        tally.blanks++;
        continue;
      }
      const reason = reader.read(fields);
      if (reason !== '') tally.reject(line, reason, text);
      else {
        this.values.set(reader.values);
        if (reader.lacksVolume) tally.volumeless++;
        this.take(rows, reader.instant - this.stampMs);
      }
    }
  }

  /** The records in front of the data, comments between them, and the same header again. */
  private isHeader(fields: readonly string[]): boolean {
    if (this.headersLeft > 0) {
      this.headersLeft--;
      return true;
    }
    if (this.hasComments && isComment(fields)) return true;
    const { header } = this.layout;
    return header !== null && fields.length === header.length && fields.every((field, i) => field === header[i]);
  }
}

/** The roles of the time and of one of the symbols that stand side by side. */
function rolesOf({ roles }: Layout, columns: WideGroup['columns']): (ColumnRole | null)[] {
  const own = roles.map(
    (role) => (role === 'time' || role === 'date' || role === 'clock' ? role : null) as ColumnRole | null,
  );
  for (const [role, column] of columns) own[column] = role;
  return own;
}

export function roleNumber(kind: DataKind, role: ColumnRole | null): number {
  if (role === null) return ignored;
  if (role === 'time') return timeRole;
  if (role === 'date') return dateRole;
  if (role === 'clock') return clockRole;
  return role === 'symbol' ? symbolRole : valueRoles[kind].indexOf(role);
}

/** ASCII above the space: such a byte at both ends of a name leaves nothing to trim. */
export function isLetter(byte: number): boolean {
  return byte > 32 && byte < 127;
}
