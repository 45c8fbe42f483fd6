import { FileFault } from './file-fault.ts';
import type { Delimiter } from './layout.ts';
import { delimiters } from './layout.ts';
import { numberOf } from './cell.ts';
import { isAscii } from './encoding.ts';
import { namesKnown } from './header.ts';
import { textOf } from './platform.ts';
import { RecordScanner } from './record.ts';

/** Text that is looked at before a file is read. */
export const sampleBytes = 262_144;
/** Records of it that are looked at, and those in which a header is looked for, comments apart. */
const maxRecords = 1_000;
const looked = 30;

/** The first records of a file by field, blank ones left out, and what stands in front of them. */
export interface Sample {
  readonly delimiter: Delimiter;
  /** Delimiters that cut the first records into columns. */
  readonly cutting: readonly Delimiter[];
  /** Records in front of the data, the header included. */
  readonly headerRecords: number;
  /** Those in front of the header. */
  readonly preamble: readonly (readonly string[])[];
  /** The fields of the header, trimmed; null when there is none. */
  readonly header: readonly string[] | null;
  /** The records of data, trimmed, without comments. */
  readonly rows: readonly (readonly string[])[];
  /** Index of the first byte after a byte order mark. */
  readonly start: number;
}

const json =
  'is JSON, and bars are read from CSV and Parquet; a set-up is loaded by Set-up, the report of a run by Compare runs';

/** Whether a record is a comment. A symbol may begin like one, so the caller knows that the first column holds none. */
export function isComment(fields: readonly string[]): boolean {
  return fields[0]!.startsWith('#');
}

/**
 * Cuts the beginning of a text into records, at the delimiter that makes the most of it or at the one that was `chosen`. `whole` says
 * that it is all of it.
 * Throws an error that says what the file is when it is not a text with fields.
 */
export function sampleOf(bytes: Uint8Array, whole: boolean, chosen: Delimiter | null = null): Sample {
  if (bytes.length === 0) throw new FileFault('is empty; it must be a CSV with a header and bars');
  refuseOthers(bytes);
  const start = bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf ? 3 : 0;
  let text = bytes.subarray(start);
  const isJson = beginsAsJson(text);
  if (text.indexOf(10) === -1) {
    const carriageReturn = text.indexOf(13);
    if (carriageReturn !== -1 && carriageReturn < text.length - 1)
      throw new FileFault('has lines that end in CR alone; they must end in LF or CR LF');
    if (!whole) {
      if (isJson) throw new FileFault(json);
      throw new FileFault(
        `has no line end in its first ${sampleBytes / 1024} KB; it must be a CSV with one bar a line`,
      );
    }
  }
  if (whole && text[text.length - 1] !== 10) {
    text = new Uint8Array(bytes.length - start + 1);
    text.set(bytes.subarray(start));
    text[text.length - 1] = 10;
  }
  const cuts = delimiters.map((delimiter) => cutOf(delimiter, recordsOf(text, delimiter, looked)));
  const best =
    cuts.find(({ delimiter }) => delimiter === chosen) ??
    cuts.reduce((one, other) => (other.score > one.score ? other : one));
  // One name may be a text in it.
  if (isJson && best.known < 2) throw new FileFault(json);
  const records = recordsOf(text, best.delimiter, maxRecords);
  if (records.length === 0) throw new FileFault('holds no records; it must be a CSV with a header and bars');
  if ((!whole || records.length === maxRecords) && records.every(isComment))
    throw new FileFault(
      `has nothing but comments in its first ${records.length} lines; its header and bars must begin within the first ` +
        `${maxRecords} lines and ${sampleBytes / 1024} KB`,
    );
  if (best.score === 0) {
    const line = records[0]!.join(' ').slice(0, 80);
    throw new FileFault(
      `is not a CSV of bars: its first line is "${line}", without a comma, semicolon, tab or | in it`,
    );
  }
  const { delimiter, preamble, hasHeader } = best;
  const headerRecords = hasHeader ? preamble + 1 : preamble;
  const rows = records.slice(headerRecords).filter((fields) => !isComment(fields));
  const cutting = cuts.filter(({ score }) => score > 0).map((cut) => cut.delimiter);
  const header = hasHeader ? records[preamble]! : null;
  return { delimiter, cutting, headerRecords, preamble: records.slice(0, preamble), header, rows, start };
}

/** What a delimiter makes of the beginning of a text. */
interface Cut {
  readonly delimiter: Delimiter;
  /** Records in front of the header or, where there is none, of the data. */
  readonly preamble: number;
  readonly hasHeader: boolean;
  /** Names in the header that are known. */
  readonly known: number;
  /** More the more it makes of it; 0 when it cuts nothing. */
  readonly score: number;
}

/**
 * The header is the first record with the most names that are known; without any, the first record if it is not of numbers.
 * Data without a header begins where records have as many fields as most.
 */
function cutOf(delimiter: Delimiter, records: readonly (readonly string[])[]): Cut {
  const known = records.map((fields) => (isData(fields) || fields.length < 2 ? 0 : namesKnown(fields)));
  const most = Math.max(0, ...known);
  const isNoComment = (fields: readonly string[]): boolean => !isComment(fields);
  const usual = commonestOf(records.filter(isNoComment).map((fields) => fields.length));
  const firstUsual = records.findIndex((fields) => isNoComment(fields) && fields.length === usual);
  const firstData = records.findIndex(isData);
  const preamble = most > 0 ? known.indexOf(most) : firstUsual > 0 && firstData === firstUsual ? firstUsual : 0;
  const fields = records[preamble];
  if (!fields) return { delimiter, preamble: 0, hasHeader: false, known: 0, score: 0 };
  const score = fields.length > 1 ? 100 * most + fields.length : 0;
  return { delimiter, preamble, hasHeader: !isData(fields), known: most, score };
}

/** The first of those that are there most often; 0 without any. */
function commonestOf(lengths: readonly number[]): number {
  const counts = new Map<number, number>();
  for (const length of lengths) counts.set(length, (counts.get(length) ?? 0) + 1);
  let [commonest, most] = [0, 0];
  for (const [length, count] of counts) if (count > most) [commonest, most] = [length, count];
  return commonest;
}

/** Headers are not of numbers; one that is may be a column's name. */
function isData(fields: readonly string[]): boolean {
  return fields.filter((field) => !Number.isNaN(numberOf(field, 0, field.includes(',') ? ',' : '.'))).length > 1;
}

/** The first records, until `most` of them are no comments. */
function recordsOf(text: Uint8Array, delimiter: Delimiter, most: number): string[][] {
  const scanner = new RecordScanner(delimiter);
  const records: string[][] = [];
  let left = most;
  for (let at = 0; left > 0 && records.length < maxRecords && scanner.scan(text, at, text.length); at = scanner.next) {
    const fields = scanner.malformed ? [] : scanner.split(scanner.text(text, at));
    if (fields.length < 2 && !fields[0]) continue;
    records.push(fields);
    if (!isComment(fields)) left--;
  }
  return records;
}

function refuseOthers(bytes: Uint8Array): void {
  let controls = 0;
  let zeros = 0;
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  // Going over them with an iterator leaves ten times as much behind as there are.
  for (let at = 0; at < bytes.length; at += 4) {
    const word = at + 4 <= bytes.length ? view.getInt32(at) : 0;
    // Mostly none of four bytes is below 32.
    if (((word - 0x20202020) & ~word & 0x80808080) === 0) continue;
    for (let i = at; i < at + 4 && i < bytes.length; i++) {
      const byte = bytes[i]!;
      if (byte === 0) zeros++;
      else if (byte < 9 || (byte > 13 && byte < 32)) controls++;
    }
  }
  const invalid = isAscii(bytes) ? 0 : textOf(bytes).split('\ufffd').length - 1;
  if (zeros > 0 || controls > bytes.length / 100 || invalid > 1 + bytes.length / 10) {
    throw new FileFault('is not a text but binary data; it must be a CSV, plain or in a gzip or zip, or Parquet');
  }
}

/** A line of JSON may also stand in front of a header; then it is no more than that. */
function beginsAsJson(text: Uint8Array): boolean {
  return /^\s*[[{]\s*(?:["[\]{}]|-?\d)/.test(textOf(text.subarray(0, 256)));
}
