import { barColumns } from '../bars/columns.ts';
import { isLetter, maxMantissa, roleNumber, scales, symbolRole, timeRole, dateRole } from './file-parser.ts';
import { maxRecordBytes, type Layout } from './layout.ts';
import { longestSymbol } from './careful-reader.ts';
import { originOf } from './origin.ts';
import type { FiledBars, SymbolRows } from './symbol-rows.ts';
import type { SymbolTable } from './symbol-table.ts';
import type { TimeReader } from './time-reader.ts';
import { TimeTemplate } from './time-template.ts';
import { UnixTimes } from './unix-times.ts';

/** Bytes after the beginning of a record that may be looked at, whatever they are. */
export const lookedAtBehind = 80;
/** Numbers of up to nine digits fit into a word. */
const wordDigits = 9;
/** Ten to a higher power is not exact. */
const mostPlaces = 22;
const noColumns: FiledBars = { ...barColumns(0), origins: new Float64Array(0) };
/** After so many attempts without a record the faster way rests, for as many records, and then for twice as many. */
const patience = 8;
const longestRest = 4_096;

/**
 * Takes bars from bytes straight into the columns of their symbols, as long as each record is plain, in every part the way that
 * `FileParser` reads it: times that are like the one before or whole Unix times, numbers of at most nine digits on each side
 * of the point, no spaces and no quotes. It stops before the first record that is not, without having taken any of it.
 *
 * Where open, high, low, close and volume stand in this order, as they do in nearly all files, each has code of its own, which is
 * the same for all: the processor foresees the length of each by itself, and nothing asks which it is. That makes it a third faster;
 * functions would take that back.
 */
export class BarRun {
  /** Bars taken by the last run, and those among them that came before an earlier one of their symbol. */
  taken = 0;
  outOfOrder = 0;
  private readonly roles: Uint8Array;
  /** The column of the open, where high, low and close follow it; -1 where they do not. And whether the volume follows those. */
  private readonly quartet: number;
  private readonly volumeFollows: boolean;
  private readonly delimiter: number;
  private readonly point: number;
  private readonly pricePlaces: number;
  private readonly stampMs: number;
  private readonly time: TimeReader;
  private readonly template = new TimeTemplate();
  private readonly unix: UnixTimes | null;
  private readonly symbols: SymbolTable<SymbolRows>;
  private readonly symbolOfFile: SymbolRows | null;
  private failures = 0;
  private rest = 0;

  constructor(layout: Layout, time: TimeReader, symbols: SymbolTable<SymbolRows>, symbolOfFile: SymbolRows | null) {
    this.roles = Uint8Array.from(layout.roles, (role) => roleNumber('bars', role));
    this.quartet = this.roles.findIndex((_, i) => [0, 1, 2, 3].every((role) => this.roles[i + role] === role));
    this.volumeFollows = this.quartet >= 0 && this.roles[this.quartet + 4] === 4;
    this.delimiter = layout.delimiter.charCodeAt(0);
    this.point = layout.decimalPoint.charCodeAt(0) ^ 48;
    this.pricePlaces = layout.pricePlaces;
    this.stampMs = layout.stampMs;
    this.time = time;
    this.unix = layout.time.kind === 'unix' ? new UnixTimes(layout.time) : null;
    this.symbols = symbols;
    this.symbolOfFile = symbolOfFile;
  }

  /**
   * Takes what it can of the records in `b[from, limit)`, which are of that file and begin on that line of it; returns the first that
   * it did not take.
   */
  run(b: Uint8Array, from: number, limit: number, file: number, line: number): number {
    this.taken = 0;
    this.outOfOrder = 0;
    if (this.rest > 0) {
      this.rest--;
      return from;
    }
    const next = this.take(b, from, Math.min(limit, b.length - lookedAtBehind), file, line);
    if (this.taken > 0) this.failures = 0;
    else if (++this.failures >= patience) this.rest = Math.min(this.failures, longestRest);
    return next;
  }

  private take(b: Uint8Array, from: number, limit: number, file: number, line: number): number {
    const powers = scales;
    const { roles, quartet, volumeFollows, delimiter, point, pricePlaces, stampMs, template, unix, symbols, time } =
      this;
    const view = new DataView(b.buffer, b.byteOffset, b.byteLength);
    const pricePowers = powers.subarray(pricePlaces);
    const stop = delimiter ^ 48;
    const last = roles.length - 1;
    let rows = this.symbolOfFile;
    let current: SymbolRows | null = null;
    let columns: FiledBars | null = null;
    let { start, open, high, low, close, volume, origins } = noColumns;
    const firstOrigin = originOf(file, line);
    let row = 0;
    let capacity = 0;
    let previous = NaN;
    let latest = NaN;
    let taken = 0;
    let outOfOrder = 0;
    let at = from;
    let first = 0;
    let n = 0;
    let digit = 0;
    let places = 0;
    let pointAt = 0;
    records: while (at < limit) {
      let p = at;
      let instant = NaN;
      let o = 0;
      let h = 0;
      let l = 0;
      let c = 0;
      let v = 0;
      for (let column = 0; column <= last; column++) {
        const role = roles[column]!;
        if (column === quartet) {
          // NaN among prices fails their check below.
          first = p;
          n = b[p]! ^ 48;
          if (n > 9) break records;
          for (digit = b[++p]! ^ 48; digit <= 9; digit = b[++p]! ^ 48) n = (Math.imul(n, 10) + digit) | 0;
          places = 0;
          if (digit === point) {
            pointAt = p;
            for (digit = b[++p]! ^ 48; digit <= 9; digit = b[++p]! ^ 48) n = (Math.imul(n, 10) + digit) | 0;
            places = p - pointAt - 1;
          }
          o = p - first > wordDigits ? this.long(b, first, p, pricePlaces + places) : n / pricePowers[places]!;
          if (digit !== stop) break records;
          p++;
          first = p;
          n = b[p]! ^ 48;
          if (n > 9) break records;
          for (digit = b[++p]! ^ 48; digit <= 9; digit = b[++p]! ^ 48) n = (Math.imul(n, 10) + digit) | 0;
          places = 0;
          if (digit === point) {
            pointAt = p;
            for (digit = b[++p]! ^ 48; digit <= 9; digit = b[++p]! ^ 48) n = (Math.imul(n, 10) + digit) | 0;
            places = p - pointAt - 1;
          }
          h = p - first > wordDigits ? this.long(b, first, p, pricePlaces + places) : n / pricePowers[places]!;
          if (digit !== stop) break records;
          p++;
          first = p;
          n = b[p]! ^ 48;
          if (n > 9) break records;
          for (digit = b[++p]! ^ 48; digit <= 9; digit = b[++p]! ^ 48) n = (Math.imul(n, 10) + digit) | 0;
          places = 0;
          if (digit === point) {
            pointAt = p;
            for (digit = b[++p]! ^ 48; digit <= 9; digit = b[++p]! ^ 48) n = (Math.imul(n, 10) + digit) | 0;
            places = p - pointAt - 1;
          }
          l = p - first > wordDigits ? this.long(b, first, p, pricePlaces + places) : n / pricePowers[places]!;
          if (digit !== stop) break records;
          p++;
          first = p;
          n = b[p]! ^ 48;
          if (n > 9) break records;
          for (digit = b[++p]! ^ 48; digit <= 9; digit = b[++p]! ^ 48) n = (Math.imul(n, 10) + digit) | 0;
          places = 0;
          if (digit === point) {
            pointAt = p;
            for (digit = b[++p]! ^ 48; digit <= 9; digit = b[++p]! ^ 48) n = (Math.imul(n, 10) + digit) | 0;
            places = p - pointAt - 1;
          }
          c = p - first > wordDigits ? this.long(b, first, p, pricePlaces + places) : n / pricePowers[places]!;
          if (volumeFollows) {
            if (digit !== stop) break records;
            p++;
            first = p;
            n = b[p]! ^ 48;
            if (n > 9) break records;
            for (digit = b[++p]! ^ 48; digit <= 9; digit = b[++p]! ^ 48) n = (Math.imul(n, 10) + digit) | 0;
            places = 0;
            if (digit === point) {
              pointAt = p;
              for (digit = b[++p]! ^ 48; digit <= 9; digit = b[++p]! ^ 48) n = (Math.imul(n, 10) + digit) | 0;
              places = p - pointAt - 1;
            }
            v = p - first > wordDigits ? this.long(b, first, p, places) : n / powers[places]!;
            if (v !== v) break records;
            column++;
          }
          column += 3;
        } else if (role < timeRole) {
          first = p;
          n = b[p]! ^ 48;
          if (n > 9) break records;
          for (digit = b[++p]! ^ 48; digit <= 9; digit = b[++p]! ^ 48) n = (Math.imul(n, 10) + digit) | 0;
          places = role < 4 ? pricePlaces : 0;
          if (digit === point) {
            pointAt = p;
            for (digit = b[++p]! ^ 48; digit <= 9; digit = b[++p]! ^ 48) n = (Math.imul(n, 10) + digit) | 0;
            places += p - pointAt - 1;
          }
          const value = p - first > wordDigits ? this.long(b, first, p, places) : n / powers[places]!;
          if (value !== value) break records;
          if (role === 0) o = value;
          else if (role === 1) h = value;
          else if (role === 2) l = value;
          else if (role === 3) c = value;
          else v = value;
        } else if (role === timeRole || role === dateRole) {
          if (unix !== null) {
            if (!unix.read(b, view, p)) break records;
            instant = unix.instant;
            p += unix.length;
          } else {
            const ms = template.read(b, view, p);
            if (ms >= 0) {
              instant = template.base + ms;
              p += template.length;
            } else {
              const found = role === timeRole ? time.read(b, p) : this.pair(b, p);
              if (found !== found || time.note !== 0) break records;
              template.learn(b, view, p, time.end, found, time);
              instant = template.instant;
              p = time.end;
            }
          }
          if (role === dateRole) column++;
        } else if (role === symbolRole) {
          const field = p;
          for (let byte = b[p]!; byte !== delimiter && byte !== 10 && byte !== 13; byte = b[++p]!)
            if (byte === 34) break records;
          if (p === field || p - field > longestSymbol || !isLetter(b[field]!) || !isLetter(b[p - 1]!)) break records;
          rows = symbols.find(b, field, p);
          if (rows === null) break records;
        } else {
          for (let byte = b[p]!; byte !== delimiter && byte !== 10 && byte !== 13; byte = b[++p]!)
            if (byte === 34) break records;
        }
        if (column < last && b[p++] !== delimiter) break records;
      }
      if (b[p] === 13) p++;
      if (b[p++] !== 10 || p - at > maxRecordBytes) break;
      if (!(l > 0 && l <= o && l <= c && h >= o && h >= c)) break;
      if (rows !== current || row === capacity) {
        if (current !== null) {
          columns!.count = row;
          current.last = current.lastHere = previous;
          current.latest = latest;
        }
        current = rows!;
        columns = current.room(file);
        ({ start, open, high, low, close, volume, origins } = columns);
        row = columns.count;
        capacity = start.length;
        previous = current.lastHere;
        latest = current.latest;
      }
      instant -= stampMs;
      start[row] = instant;
      open[row] = o;
      high[row] = h;
      low[row] = l;
      close[row] = c;
      volume[row] = v;
      origins[row] = firstOrigin + taken;
      if (!(instant > previous)) current!.ordered = false;
      previous = instant;
      if (instant < latest) outOfOrder++;
      else latest = instant;
      row++;
      taken++;
      at = p;
    }
    if (current !== null) {
      columns!.count = row;
      current.last = current.lastHere = previous;
      current.latest = latest;
    }
    this.taken = taken;
    this.outOfOrder = outOfOrder;
    return at;
  }

  /** The decimal of digits and at most one point in `b[from, end)` over 10^`places`; NaN when it is not exact this way. */
  private long(b: Uint8Array, from: number, end: number, places: number): number {
    let mantissa = 0;
    for (let p = from; p < end; p++) {
      const digit = b[p]! ^ 48;
      if (digit !== this.point) mantissa = mantissa * 10 + digit;
    }
    return mantissa <= maxMantissa && places <= mostPlaces ? mantissa / scales[places]! : NaN;
  }

  /** The instant of a day and the time of day in the field after it. */
  private pair(b: Uint8Array, dateAt: number): number {
    let clockAt = dateAt;
    while (b[clockAt] !== this.delimiter && b[clockAt] !== 10) clockAt++;
    const instant = this.time.readPair(b, dateAt, clockAt + 1);
    return this.time.dateEnd === clockAt && b[clockAt] === this.delimiter ? instant : NaN;
  }
}
