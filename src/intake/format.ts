import type { DayText } from '../time/instant.ts';
import type { ColumnRole } from './preview.ts';
import type { Sample } from './sample.ts';
import type { Told } from './told.ts';
import type { WideTable } from './wide-table.ts';

/** Whether the time of a bar is its start or its end. */
export type Stamp = 'start' | 'end';

/** The columns of a layout by role. */
export type ColumnsByRole = Partial<Record<ColumnRole, number>>;

/**
 * A layout that a vendor or a program writes: how it is known, and what is known of it besides its text. What a format
 * leaves out is found as in any CSV: columns by their names, times by how they read, a symbol in the file's name.
 */
export interface Format {
  readonly name: string;
  /** What shows it, for people. */
  readonly shownBy: string;
  /** The names that its header begins with, in lower case; any of several headers. */
  readonly headers?: readonly (readonly string[])[];
  /** The fields of its records where there is no header; any of several shapes. */
  readonly records?: readonly (readonly RegExp[])[];
  /** What must hold besides. */
  readonly when?: (sample: Sample, fileName: string) => boolean;
  /** Whose files look the same, where the text does not tell. */
  readonly looksLike?: string;
  /** The names of the columns, where they are not those of the header. */
  readonly names?: (sample: Sample) => readonly string[] | null;
  /** The table where the bars of several symbols stand side by side, or the header has several records. */
  readonly wide?: (sample: Sample) => WideTable | null;
  /** Columns that are not found by their names; -1 for a role that has none. Where there is no header, all of them. */
  readonly columns?: (sample: Sample) => ColumnsByRole;
  /** The column of a count that is added to the volume; null where there is none. */
  readonly moreVolume?: (sample: Sample) => number | null;
  /** Which of day and month comes first, where the year does not. */
  readonly dateOrder?: Told<'dmy' | 'mdy'>;
  /** The day whose midnight the times count milliseconds from. Throws where the name of the file does not say it. */
  readonly day?: (fileName: string) => DayText;
  /** The zone of times without an offset; undefined where nothing is known of it. */
  readonly zone?: (sample: Sample) => Told<string> | undefined;
  /** Whether bars are stamped with their start or their end; undefined where nothing is known of it. */
  readonly stamp?: (sample: Sample) => Told<Stamp> | undefined;
  /** The interval of its bars in milliseconds; null where nothing is known of it. */
  readonly interval?: (sample: Sample) => Told<number> | null;
  /** An apostrophe in front of a symbol keeps spreadsheets from taking it for a formula, and is no part of it. */
  readonly marksFormulas?: boolean;
  /** Prices are divided by ten to this power. */
  readonly pricePlaces?: (prices: readonly string[]) => Told<number>;
  /** The symbol of all records; null where the file's name says it as any does. */
  readonly symbol?: (sample: Sample, fileName: string) => Told<string> | null;
}

/** Columns in the order of the file; null for those that are left out. */
export function inOrder(...roles: readonly (ColumnRole | null)[]): ColumnsByRole {
  return Object.fromEntries(roles.flatMap((role, column) => (role === null ? [] : [[role, column]])));
}

/** The names of a header, written as in the first line of a file. */
export function header(line: string): readonly string[] {
  return line.toLowerCase().split(/[,;\t|]\s*/);
}

/** Fields of records. */
export const field = {
  whole: /^\d+$/,
  decimal: /^-?\d+(?:[.,]\d+)?(?:e[+-]?\d+)?$/i,
  unixSeconds: /^\d{9,10}$/,
  unix: /^\d{9,19}$/,
  clock: /^\d{1,2}:\d\d(?::\d\d)?$/,
} as const;

/** The four prices of a bar in a record. */
export const fourPrices: readonly RegExp[] = Array.from({ length: 4 }, () => field.decimal);

/** Most of the records of a sample, so that damaged ones do not matter. */
const most = 0.9;
const lookedAt = 50;

/** Whether a sample is of that format. */
export function isOf(format: Format, sample: Sample, fileName: string): boolean {
  return fits(format, sample) && (format.when === undefined || format.when(sample, fileName));
}

/** Whether a sample has the header or the records of that format, so that it can be read as such. */
export function fits({ headers, records }: Format, sample: Sample): boolean {
  const isShaped = sample.header
    ? headers?.some((names) => begins(sample.header!, names))
    : records?.some((fields) => areLike(sample.rows, fields));
  return isShaped ?? !(headers ?? records);
}

function begins(header: readonly string[], names: readonly string[]): boolean {
  return names.every((name, i) => header[i]?.toLowerCase() === name);
}

function areLike(rows: Sample['rows'], record: readonly RegExp[]): boolean {
  const looked = rows.slice(0, lookedAt);
  const isLike = (row: readonly string[]) =>
    row.length === record.length && record.every((pattern, i) => pattern.test(row[i]!));
  return looked.length > 0 && looked.filter(isLike).length >= most * looked.length;
}

/** The fields of a column in a sample. */
export function column(rows: Sample['rows'], at: number): string[] {
  return rows.map((row) => row[at] ?? '');
}
