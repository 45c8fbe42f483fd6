import { FileFault } from './file-fault.ts';
import type { Delimiter } from './layout.ts';
import { namesKnown } from './header.ts';
import { textOf } from './platform.ts';
import { RecordScanner } from './record.ts';

/** Text that is looked at before a file is read. */
export const sampleBytes = 262_144;
/** Records of it that are looked at. */
const maxRecords = 1_000;
const delimiters: readonly Delimiter[] = [',', ';', '\t', '|'];

/** The first records of a file by field, blank ones left out. */
export interface Sample {
  readonly delimiter: Delimiter;
  readonly records: readonly (readonly string[])[];
  /** Index of the first byte after a byte order mark. */
  readonly start: number;
}

/**
 * Cuts the beginning of a text into records. `whole` says that it is all of it.
 * Throws an error that says what the file is when it is not a text with fields.
 */
export function sampleOf(bytes: Uint8Array, whole: boolean): Sample {
  if (bytes.length === 0) throw new FileFault('is empty; it must be a CSV with a header and bars');
  refuseOthers(bytes);
  const start = bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf ? 3 : 0;
  let text = bytes.subarray(start);
  if (text.indexOf(10) === -1) {
    const carriageReturn = text.indexOf(13);
    if (carriageReturn !== -1 && carriageReturn < text.length - 1)
      throw new FileFault('has lines that end in CR alone; they must end in LF or CR LF');
    if (!whole) {
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
  let best: { delimiter: Delimiter; score: number } = { delimiter: ',', score: 0 };
  for (const delimiter of delimiters) {
    const first = recordsOf(text, delimiter, 1)[0];
    if (!first) continue;
    const score = first.length > 1 ? 100 * namesKnown(first) + first.length : 0;
    if (score > best.score) best = { delimiter, score };
  }
  const records = recordsOf(text, best.delimiter, maxRecords);
  if (records.length === 0) throw new FileFault('holds no records; it must be a CSV with a header and bars');
  if (best.score === 0) {
    const line = records[0]!.join(' ').slice(0, 80);
    throw new FileFault(
      `is not a CSV of bars: its first line is "${line}", without a comma, semicolon, tab or | in it`,
    );
  }
  return { delimiter: best.delimiter, records, start };
}

function recordsOf(text: Uint8Array, delimiter: Delimiter, most: number): string[][] {
  const scanner = new RecordScanner(delimiter);
  const records: string[][] = [];
  for (let at = 0; records.length < most && scanner.scan(text, at, text.length); at = scanner.next) {
    const fields = scanner.malformed ? [] : scanner.split(scanner.text(text, at));
    if (fields.length > 1 || fields[0]) records.push(fields);
  }
  return records;
}

function refuseOthers(bytes: Uint8Array): void {
  let controls = 0;
  let zeros = 0;
  for (const byte of bytes) {
    if (byte === 0) zeros++;
    else if (byte < 32 && (byte < 9 || byte > 13)) controls++;
  }
  const invalid = textOf(bytes).split('\ufffd').length - 1;
  if (zeros > 0 || controls > bytes.length / 100 || invalid > 1 + bytes.length / 10) {
    throw new FileFault('is not a text but binary data; it must be a CSV, or one compressed with gzip');
  }
}
