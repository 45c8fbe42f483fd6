import { barColumns } from '../bars/columns.ts';
import { intervalText } from '../bars/interval.ts';
import { day } from '../time/instant.ts';
import type { Decision } from './audit.ts';
import { intervalOf } from './bar-interval.ts';
import type { IntakeChoices } from './choices.ts';
import { columnsOf } from './columns.ts';
import { decisionsOf } from './decisions.ts';
import { FileFault } from './file-fault.ts';
import { symbolOfName } from './file-name.ts';
import type { Format, Stamp } from './format.ts';
import { column, isOf } from './format.ts';
import { formats } from './formats.ts';
import { saysStart } from './header.ts';
import type { Layout, TimeFormat } from './layout.ts';
import { priceRoles } from './layout.ts';
import type { ColumnRole } from './preview.ts';
import { sampleBytes, sampleOf } from './sample.ts';
import type { Sample } from './sample.ts';
import type { TimeColumns } from './time-columns.ts';
import { timeColumnsOf } from './time-columns.ts';
import type { Told } from './told.ts';
import { guess, sure } from './told.ts';

/** What the beginning of a file says. */
export interface Sniffed {
  readonly layout: Layout;
  /** Index of the first byte after a byte order mark. */
  readonly start: number;
  /** The first records of data, by field, trimmed. */
  readonly rows: readonly (readonly string[])[];
  /** The names of the columns, or their roles and places where there is no header. */
  readonly names: readonly string[];
  /** How it came to that. */
  readonly decisions: readonly Decision[];
}

/** Columns that are in the file and not in the dataset. */
export function ignoredColumns({ layout, names }: Sniffed): string[] {
  return names.filter((_, i) => layout.roles[i] === null);
}

/** Throws an error with advice, without the file's name, when the text is no CSV of bars, quotes or ticks. */
export function sniff(fileName: string, bytes: Uint8Array, whole: boolean, choices: IntakeChoices): Sniffed {
  const text = sampleOf(bytes, whole);
  const format = formats.find((each) => isOf(each, text, fileName))!;
  const moreRecords = format.moreHeaderRecords ?? 0;
  const header = format.names?.(text) ?? text.header;
  const sample: Sample = { ...text, header, rows: text.rows.slice(moreRecords) };
  const { rows } = sample;
  if (rows.length === 0) throw rowless(whole);

  const decimalPoint = decimalPointOf(rows);
  const columns = columnsOf(format, sample, decimalPoint);
  const kind = columns.kind.value;
  const found = timeColumnsOf(sample, columns, {
    zone: choices.zone ?? choices.marketZone,
    order: format.dateOrder ?? null,
    day: format.day?.(fileName) ?? null,
  });
  const zone = zoneOf(format, sample, found, choices);
  const byRole = { ...columns.byRole, ...found.columns };
  const roles = Array.from({ length: (header ?? rows[0]!).length }, (): ColumnRole | null => null);
  for (const [role, at] of Object.entries(byRole) as [ColumnRole, number][]) roles[at] = role;

  const prices = priceRoles.flatMap((role) => (byRole[role] === undefined ? [] : column(rows, byRole[role])));
  const pricePlaces = format.pricePlaces?.(prices) ?? sure(0, 'prices are as they are written');
  const { stamp, stampMs } = kind === 'bars' ? stampOf(format, sample, found) : recordStamp(kind);
  const symbol = byRole.symbol === undefined ? symbolOf(format, text, fileName, choices) : null;
  const layout: Layout = {
    kind,
    delimiter: text.delimiter,
    headerRecords: text.headerRecords + moreRecords,
    header: text.header,
    roles,
    time: inZone(found.time.format, zone.value),
    stampMs,
    pricePlaces: pricePlaces.value,
    decimalPoint,
    symbol: symbol && symbol.value,
  };
  const names = namesOf(header, roles);
  const decisions = decisionsOf({ format, layout, names, columns, time: found.time, zone, pricePlaces, stamp, symbol });
  return { layout, start: text.start, rows, names, decisions };
}

function rowless(whole: boolean): FileFault {
  if (whole) return new FileFault('has a header and no bars under it');
  return new FileFault(
    `has a header and then no line end in its first ${sampleBytes / 1024} KB; it must be a CSV with one bar a line`,
  );
}

/** The names of a file's columns, or their roles and places where it has no header. */
function namesOf(header: readonly string[] | null, roles: Layout['roles']): string[] {
  return roles.map((role, i) => (header ? header[i]! : role) || `column ${i + 1}`);
}

/** A comma where more of the numbers have one than a point. */
function decimalPointOf(rows: Sample['rows']): '.' | ',' {
  const cells = rows.slice(0, 100).flat();
  const withComma = cells.filter((cell) => /^\d+(?:\.\d{3})*,\d+$/.test(cell)).length;
  const withPoint = cells.filter((cell) => /^\d+\.\d+$/.test(cell)).length;
  return withComma > withPoint ? ',' : '.';
}

/**
 * The zone of the times: as chosen, else as the text says, else as the format has it, else the market's. Evidence from the
 * calendar belongs between the text and the format.
 */
function zoneOf(format: Format, sample: Sample, { time, namedUtc }: TimeColumns, choices: IntakeChoices): Told<string> {
  if (time.format.kind === 'unix') return sure('UTC', 'Unix times count from 1970 in UTC');
  if (time.format.kind === 'offset') return sure('in the text', 'every time has an offset or Z');
  if (choices.zone !== null) return sure(choices.zone, 'chosen');
  const word = time.format.kind === 'wall' ? time.format.word : null;
  if (word !== null) return sure(word, 'it stands behind every time');
  if (namedUtc) return sure('UTC', "the column's name says so");
  const byFormat = format.zone?.(sample);
  return byFormat ?? guess(choices.marketZone, "the times have no offset; the market's zone was taken");
}

function inZone(format: TimeFormat, zone: string): TimeFormat {
  return format.kind === 'wall' || format.kind === 'midnight' ? { ...format, zone } : format;
}

/** A bar's stamp, and the milliseconds from its start to it. */
interface StampFound {
  readonly stamp: Told<string>;
  readonly stampMs: number;
}

function recordStamp(kind: string): StampFound {
  return { stamp: sure('instant', `${kind} are of one moment`), stampMs: 0 };
}

/**
 * Whether bars are stamped with their start or their end: as the format or the column's name says, else the start. Evidence
 * from the calendar belongs in front of the format. Days have no such question: their date is that of the session.
 */
function stampOf(format: Format, sample: Sample, { columns, time }: TimeColumns): StampFound {
  const name = columns.time === undefined ? undefined : sample.header?.[columns.time];
  const byFormat = format.stamp?.(sample);
  if (byFormat?.value === 'end') {
    const { ms, decision } = stepOf(time.instants);
    if (ms >= day) return { stamp: sure('start', 'the records are of days'), stampMs: 0 };
    const reason = `${byFormat.reason}; ${intervalText(ms)} was taken off: ${decision.reason}`;
    return { stamp: { value: 'end', reason, guess: byFormat.guess || decision.guess }, stampMs: ms };
  }
  if (name !== undefined && saysStart(name))
    return { stamp: sure('start', `the column is called "${name}"`), stampMs: 0 };
  const unsaid = 'the text does not say whether times are starts or ends; most files have starts';
  return { stamp: byFormat ?? guess<Stamp>('start', unsaid), stampMs: 0 };
}

/** The interval of the records of a sample. */
function stepOf(instants: readonly number[]): ReturnType<typeof intervalOf> {
  const starts = [...new Set(instants)].filter((ms) => !Number.isNaN(ms)).sort((a, b) => a - b);
  const columns = { ...barColumns(0), start: Float64Array.from(starts), count: starts.length };
  return intervalOf([{ name: 'the first records', columns }]);
}

function symbolOf(format: Format, text: Sample, fileName: string, choices: IntakeChoices): Told<string> {
  if (choices.symbol !== null) return sure(choices.symbol, 'chosen');
  const byFormat = format.symbol?.(text, fileName);
  if (byFormat) return byFormat;
  const { symbol, guess: isGuess } = symbolOfName(fileName);
  return { value: symbol, reason: 'the name of the file begins with it', guess: isGuess };
}
