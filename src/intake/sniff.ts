import { FileFault } from './file-fault.ts';
import { priceFault } from '../bars/price-fault.ts';
import { numberOf } from './cell.ts';
import type { IntakeChoices } from './choices.ts';
import type { NamedColumns } from './header.ts';
import { kindOfHeader, namedColumns, saysUtc } from './header.ts';
import { sampleBytes, sampleOf } from './sample.ts';
import type { Sample } from './sample.ts';
import { symbolOfName } from './file-name.ts';
import type { Layout } from './layout.ts';
import { valueRoles } from './layout.ts';
import type { ColumnRole } from './preview.ts';
import type { TimeSample } from './time-format.ts';
import { pairSample, timeSample } from './time-format.ts';

/** What the beginning of a file says, and how it came to that. */
export interface Sniffed {
  readonly layout: Layout;
  /** Index of the first byte after a byte order mark. */
  readonly start: number;
  /** The first records that are not the header, by field, trimmed. */
  readonly rows: readonly (readonly string[])[];
  readonly time: TimeSample;
  /** The time column's name says UTC. */
  readonly namedUtc: boolean;
  /** The header names quotes and trades in one. */
  readonly kindGuessed: boolean;
  /** A column that was taken by its place, or as the first of several of the same name. */
  readonly columnsGuessed: boolean;
  readonly symbolGuessed: boolean;
}

const prices = ['open', 'high', 'low', 'close'] as const;

/** Throws an error with advice, without the file's name, when the text is no CSV of bars, quotes or ticks. */
export function sniff(fileName: string, bytes: Uint8Array, whole: boolean, choices: IntakeChoices): Sniffed {
  const sample = sampleOf(bytes, whole);
  const first = sample.records[0]!;
  const hasHeader = first.filter((field) => !Number.isNaN(numberOf(field))).length < 2;
  const rows = hasHeader ? sample.records.slice(1) : sample.records;
  if (rows.length === 0 && !whole)
    throw new FileFault(
      `has a header and then no line end in its first ${sampleBytes / 1024} KB; it must be a CSV with one bar a line`,
    );
  if (rows.length === 0) throw new FileFault('has a header and no bars under it');
  return hasHeader ? named(fileName, sample, rows, choices) : unnamed(fileName, sample, choices);
}

function named(fileName: string, sample: Sample, rows: Sniffed['rows'], choices: IntakeChoices): Sniffed {
  const header = sample.records[0]!;
  const found = namedColumns(header);
  const list = header.map((name) => `"${name}"`).join(', ');
  const { kind, guess } = kindOfHeader(found);
  const roles: (ColumnRole | null)[] = header.map(() => null);
  const wanted: readonly ColumnRole[] = ['symbol', ...valueRoles[kind]];
  for (const [role, column] of found.columns) if (wanted.includes(role)) roles[column] = role;
  const missing = kind === 'bars' ? prices.filter((price) => !found.columns.has(price)) : [];
  if (missing.length > 0) {
    throw new FileFault(
      `has no column for ${missing.join(', ')}; its columns are ${list.slice(0, 300)}. Name them in its first line`,
    );
  }
  const { time, columns, namedUtc } = timeColumns(header, found, rows, choices, list);
  if (columns.length === 1) roles[columns[0]!] = 'time';
  else {
    roles[columns[0]!] = 'date';
    roles[columns[1]!] = 'clock';
  }
  return {
    ...symbolChoice(fileName, found.columns.has('symbol'), choices, (symbol) => ({
      kind,
      delimiter: sample.delimiter,
      header,
      roles,
      time: time.format,
      symbol,
    })),
    start: sample.start,
    rows,
    time,
    namedUtc,
    kindGuessed: guess,
    columnsGuessed: found.ambiguous.some((role) => wanted.includes(role)) || header[columns[0]!] === '',
  };
}

/** Without a header, only bars that are plainly time, open, high, low, close and volume are taken. */
function unnamed(fileName: string, sample: Sample, choices: IntakeChoices): Sniffed {
  const rows = sample.records;
  const first = rows[0]!;
  const time = timeSample(column(rows, 0), wallZone(choices, false));
  const isBar = (row: readonly string[]): boolean => {
    const [open, high, low, close] = [1, 2, 3, 4].map((i) => numberOf(row[i] ?? ''));
    return open! > 0 && priceFault(open!, high!, low!, close!) === '' && !Number.isNaN(open! + high! + low! + close!);
  };
  const bars = rows.filter(isBar).length;
  if (first.length < 5 || time.readable * 10 < rows.length * 9 || bars * 10 < rows.length * 9) {
    throw new FileFault(
      `has no header that names its columns: its first line is "${first.join(sample.delimiter).slice(0, 80)}". ` +
        'Put a line such as timestamp,open,high,low,close,volume in front',
    );
  }
  const volumes = column(rows, 5).filter((text) => numberOf(text) >= 0).length;
  const known: ColumnRole[] = ['time', ...prices];
  if (volumes * 10 >= rows.length * 9) known.push('volume');
  return {
    ...symbolChoice(fileName, false, choices, (symbol) => ({
      kind: 'bars',
      delimiter: sample.delimiter,
      header: null,
      roles: first.map((_, i) => known[i] ?? null),
      time: time.format,
      symbol,
    })),
    start: sample.start,
    rows,
    time,
    namedUtc: false,
    kindGuessed: false,
    columnsGuessed: true,
  };
}

function symbolChoice(
  fileName: string,
  hasColumn: boolean,
  choices: IntakeChoices,
  layoutWith: (symbol: string | null) => Layout,
): Pick<Sniffed, 'layout' | 'symbolGuessed'> {
  if (hasColumn) return { layout: layoutWith(null), symbolGuessed: false };
  if (choices.symbol !== null) return { layout: layoutWith(choices.symbol), symbolGuessed: false };
  const { symbol, guess } = symbolOfName(fileName);
  return { layout: layoutWith(symbol), symbolGuessed: guess };
}

/** The columns of the time: one, or a day and a time of day. A time that says its zone is preferred to one that does not. */
function timeColumns(
  header: readonly string[],
  found: NamedColumns,
  rows: Sniffed['rows'],
  choices: IntakeChoices,
  list: string,
): { time: TimeSample; columns: readonly number[]; namedUtc: boolean } {
  const sampled = found.times.map((at) => {
    const namedUtc = saysUtc(header[at]!);
    return { columns: [at], namedUtc, time: timeSample(column(rows, at), wallZone(choices, namedUtc)) };
  });
  const part = ({ time }: { time: TimeSample }) => (time.readable === 0 ? 0 : time.readable / time.count);
  const readable = sampled.filter((each) => part(each) > 0).sort((a, b) => part(b) - part(a));
  const explicit = readable.find((each) => each.time.format.kind !== 'wall' && part(each) > 0.5);
  if (explicit) return explicit;
  const { date, clock } = found;
  const isDay = (text: string) => /^\d{4}([-/.])\d\d\1\d\d$/.test(text);
  if (date >= 0 && clock >= 0 && date !== clock && column(rows, date).some(isDay)) {
    const namedUtc = saysUtc(header[date]!) || saysUtc(header[clock]!);
    const time = pairSample(column(rows, date), column(rows, clock), wallZone(choices, namedUtc));
    if (time.readable > 0) return { time, columns: [date, clock], namedUtc };
    throw unreadableTime(`columns "${header[date]}" and "${header[clock]}"`, time);
  }
  if (readable[0]) return readable[0];
  if (sampled[0]) throw unreadableTime(`column "${header[sampled[0].columns[0]!]}"`, sampled[0].time);
  throw new FileFault(`has no column for the time; its columns are ${list.slice(0, 300)}. Name one of them timestamp`);
}

function unreadableTime(what: string, time: TimeSample): FileFault {
  return new FileFault(
    `has times in ${what} that cannot be read, such as "${time.unreadable ?? ''}"; they must be ISO 8601, ` +
      'YYYY-MM-DD HH:MM:SS, or Unix seconds, milliseconds, microseconds or nanoseconds',
  );
}

function wallZone(choices: IntakeChoices, namedUtc: boolean): string {
  return choices.zone ?? (namedUtc ? 'UTC' : choices.marketZone);
}

function column(rows: Sniffed['rows'], at: number): string[] {
  return rows.map((row) => row[at] ?? '');
}
