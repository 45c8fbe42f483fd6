import { barColumns } from '../bars/columns.ts';
import { intervalText } from '../bars/interval.ts';
import { day, second } from '../time/instant.ts';
import { intervalOf } from './bar-interval.ts';
import { numberOf } from './cell.ts';
import type { IntakeChoices } from './choices.ts';
import type { Chosen } from './chosen.ts';
import { choicesFor, chosenOf, misfit } from './chosen.ts';
import { columnsOf } from './columns.ts';
import { decisionsOf } from './decisions.ts';
import { FileFault } from './file-fault.ts';
import { symbolOfName } from './file-name.ts';
import type { Format, Stamp } from './format.ts';
import { column, fits, isOf } from './format.ts';
import { formats } from './formats.ts';
import { saysStart } from './header.ts';
import type { Layout, TimeFormat } from './layout.ts';
import { priceRoles } from './layout.ts';
import type { ColumnRole, OpenDecision } from './preview.ts';
import { sampleBytes, sampleOf } from './sample.ts';
import type { Sample } from './sample.ts';
import { signatureOf } from './signature.ts';
import type { TimeColumns } from './time-columns.ts';
import { StepCounter } from './symbol-steps.ts';
import { timeColumnsOf } from './time-columns.ts';
import type { Told } from './told.ts';
import { chosen, guess, sure } from './told.ts';
import type { OpenQuestions, Verdict, Verdicts } from './verdict.ts';
import type { WideGroup } from './wide-table.ts';
import { groupsOf } from './wide-table.ts';

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
  readonly decisions: readonly OpenDecision[];
  readonly signature: string;
  /** The interval of the bars that was chosen, or that the file says, in milliseconds; null where neither is so. */
  readonly toldInterval: Told<number> | null;
  /** What the text leaves open about bars within a day; null where nothing is. */
  readonly open: Omit<OpenQuestions, 'intervalMs'> | null;
  /** Day and month may be the other way round. */
  readonly isOrderOpen: boolean;
  /** The times are days without a time of day. */
  readonly areDays: boolean;
  /** The times of the first records; NaN for one that cannot be read. */
  readonly instants: readonly number[];
}

/** Columns that are in the file and not in the dataset. */
export function ignoredColumns({ layout, names }: Sniffed): string[] {
  return names.filter((_, i) => layout.roles[i] === null);
}

/**
 * Throws an error with advice, without the file's name, when the text is no CSV of bars, quotes or ticks, or does not fit what was
 * chosen for it.
 */
export function sniff(
  fileName: string,
  bytes: Uint8Array,
  whole: boolean,
  choices: IntakeChoices,
  verdicts: Verdicts,
): Sniffed {
  const plain = sampleOf(bytes, whole);
  const signature = signatureOf(formatOf(plain, fileName), plain);
  const wanted = chosenOf(choicesFor(choices, signature));
  const verdict = verdicts.get(signature) ?? null;
  const text = wanted.delimiter === null ? plain : sampleOf(bytes, whole, wanted.delimiter);
  const format = wanted.format === null ? formatOf(text, fileName) : chosenFormat(wanted.format, text);
  const wide = format.wide?.(text) ?? null;
  const groups = wide === null ? [] : groupsOf(wide);
  const moreRecords = wide?.moreHeaderRecords ?? 0;
  const header = wide?.names ?? format.names?.(text) ?? text.header;
  const sample: Sample = { ...text, header, rows: text.rows.slice(moreRecords) };
  const { rows } = sample;
  if (rows.length === 0) throw rowless(whole);

  const decimalPoint = wanted.decimalPoint === null ? decimalPointOf(sample) : chosen(wanted.decimalPoint);
  const columns = columnsOf(format, sample, decimalPoint.value, wanted.columns, groups[0] ?? null);
  const kind = columns.kind.value;
  const found = timeColumnsOf(sample, columns, {
    zone: wanted.zone ?? choices.marketZone,
    order: verdict?.dateOrder ?? format.dateOrder ?? null,
    day: format.day?.(fileName) ?? null,
    chosenOrder: wanted.dateOrder,
    chosenUnit: wanted.timeUnit,
  });
  const zone = zoneOf(format, sample, found, choices.marketZone, wanted.zone, verdict);
  const byRole = { ...columns.byRole, ...found.columns };
  const roles = Array.from({ length: (header ?? rows[0]!).length }, (): ColumnRole | null => null);
  for (const [role, at] of Object.entries(byRole) as [ColumnRole, number][]) roles[at] = role;
  for (const group of groups) for (const [role, at] of group.columns) roles[at] = role;

  const prices = priceRoles.flatMap((role) => (byRole[role] === undefined ? [] : column(rows, byRole[role])));
  if (prices.every((price) => Number.isNaN(numberOf(price, 0, decimalPoint.value)))) refusePoint(wanted, prices[0]!);
  const pricePlaces = placesOf(format, prices, wanted.priceScale);
  const { stamp, stampMs, isOpen } =
    kind === 'bars' ? stampOf(format, sample, found, wanted, verdict) : recordStamp(kind, wanted);
  const symbol = byRole.symbol === undefined ? symbolOf(format, text, fileName, wanted, groups) : null;
  const names = namesOf(header, roles);
  if (byRole.symbol !== undefined && wanted.symbol !== null)
    throw misfit('symbol', wanted.symbol, `column "${names[byRole.symbol]!}" has one for each record`);
  const layout: Layout = {
    kind,
    delimiter: text.delimiter,
    headerRecords: text.headerRecords + moreRecords,
    header: text.header,
    roles,
    time: inZone(found.time.format, zone.value),
    stampMs,
    pricePlaces: pricePlaces.value,
    decimalPoint: decimalPoint.value,
    symbol: symbol && symbol.value,
    marksFormulas: format.marksFormulas ?? false,
    groups: groups.length > 1 ? groups : [],
  };
  const decisions = decisionsOf({
    ...{
      sample,
      marketZone: choices.marketZone,
      layout,
      names,
      columns,
      zone,
      decimalPoint,
      pricePlaces,
      stamp,
      symbol,
    },
    format: wanted.format === null ? formatTold(format) : chosen(format),
    delimiter:
      wanted.delimiter === null
        ? sure(text.delimiter, 'it cuts the first line into the most columns that are known')
        : chosen(text.delimiter),
    time: found.time,
    isStampOpen: isOpen,
  });
  const { instants } = found.time;
  const areDays = kind === 'bars' && hasDaysAlone(sample, found);
  const isOrderOpen = found.time.order?.certainty === 'guess' && found.time.orders.length > 1;
  const isZoneOpen = zone.certainty !== 'sure';
  const isStampOpen = isOpen && stamp.certainty !== 'sure';
  const open =
    kind === 'bars' && !areDays && isOpen && (isZoneOpen || isStampOpen)
      ? {
          ...{ zone: zoneOfTimes(layout.time), stamp: stamp.value as Stamp },
          ...{ isZoneOpen, isStampOpen, marketZone: choices.marketZone },
        }
      : null;
  return {
    layout,
    start: text.start,
    rows,
    names,
    decisions,
    signature,
    ...{ open, isOrderOpen, areDays },
    toldInterval: wantedInterval(wanted) ?? format.interval?.(text) ?? null,
    instants,
  };
}

function formatOf(text: Sample, fileName: string): Format {
  return formats.find((each) => isOf(each, text, fileName))!;
}

function chosenFormat(format: Format, text: Sample): Format {
  if (fits(format, text)) return format;
  const fitting = formats.filter((each) => fits(each, text)).map(({ name }) => name);
  throw misfit('format', format.name, `it has the columns of ${fitting.join(', ')}`);
}

function formatTold(format: Format): Told<Format> {
  const { shownBy, looksLike } = format;
  return looksLike === undefined ? sure(format, shownBy) : guess(format, `${shownBy}; ${looksLike}`);
}

function refusePoint({ decimalPoint }: Chosen, price: string): void {
  if (decimalPoint !== null)
    throw misfit('decimalPoint', decimalPoint, `no price is a number then, such as "${price}"`);
}

function placesOf(format: Format, prices: readonly string[], wanted: number | null): Told<number> {
  if (wanted !== null) return chosen(wanted);
  return format.pricePlaces?.(prices) ?? sure(0, 'prices are as they are written');
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

/** A comma where more of the numbers have one as such than a point. */
function decimalPointOf({ rows, delimiter }: Sample): Told<'.' | ','> {
  const cells = rows.slice(0, 100).flat();
  const count = (pattern: RegExp) => cells.filter((cell) => pattern.test(cell)).length;
  // Three digits behind a comma may be thousands, which are quoted where commas delimit.
  const unclear = count(/^\d{1,3},\d{3}$/);
  const withComma = count(/^\d+(?:\.\d{3})*,\d+$/) - unclear;
  const withPoint = count(/^\d+(?:,\d{2,3})*\.\d+$/);
  const areThousands = delimiter === ',' || withPoint > count(/^\d{1,3}\.\d{3}$/);
  return withComma + (areThousands ? 0 : unclear) > withPoint
    ? sure(',', 'more numbers have a comma than a point')
    : sure('.', 'more numbers have a point than a comma');
}

/**
 * The zone of the times: as the text says, else as chosen, else as the format has it for sure, else as the verdict of the calendar has
 * it, else as the format mostly has it, else the market's.
 */
function zoneOf(
  format: Format,
  sample: Sample,
  { time, namedZone }: TimeColumns,
  marketZone: string,
  wanted: string | null,
  verdict: Verdict | null,
): Told<string> {
  if (time.format.kind === 'unix') {
    refuseZone(wanted, 'the times are Unix times, which count in UTC');
    return sure('UTC', 'Unix times count from 1970 in UTC');
  }
  if (time.format.kind === 'offset') {
    refuseZone(wanted, 'every time has an offset or Z');
    return sure('in the text', 'every time has an offset or Z');
  }
  if (wanted !== null) return chosen(wanted);
  const word = time.format.kind === 'wall' ? time.format.word : null;
  if (word !== null) return sure(word, 'it stands behind every time');
  if (namedZone !== undefined) return sure(namedZone, "the column's name says so");
  const byFormat = format.zone?.(sample);
  if (verdict?.zone && byFormat?.certainty !== 'sure') return verdict.zone;
  return byFormat ?? guess(marketZone, "the times have no offset; the market's zone was taken");
}

function refuseZone(wanted: string | null, why: string): void {
  if (wanted !== null) throw misfit('zone', wanted, `${why}, so that there is none to choose`);
}

/** The zone on whose clock times are; null for instants. */
function zoneOfTimes(time: TimeFormat): string | null {
  return time.kind === 'wall' || time.kind === 'midnight' ? time.zone : null;
}

/** Whether the first times are dates, or have a time of day that is always midnight in a column of its own. */
function hasDaysAlone({ rows }: Sample, { columns, time }: TimeColumns): boolean {
  if (time.format.kind === 'unix' || time.format.kind === 'midnight') return false;
  const { clock } = columns;
  if (clock !== undefined) return column(rows, clock).every((text) => /^[0:.]*$/.test(text));
  return column(rows, columns.time!).every((text) => !/[:T]/.test(text) && !/\d{9}|\d{8}\s+\d/.test(text));
}

function inZone(format: TimeFormat, zone: string): TimeFormat {
  return format.kind === 'wall' || format.kind === 'midnight' ? { ...format, zone } : format;
}

/** A bar's stamp, and the milliseconds from its start to it. */
interface StampFound {
  readonly stamp: Told<string>;
  readonly stampMs: number;
  /** It may be chosen. */
  readonly isOpen: boolean;
}

function recordStamp(kind: string, { stamp, intervalMs }: Chosen): StampFound {
  const why = `${kind} are of one moment, so that there is none to choose`;
  if (stamp !== null) throw misfit('stamp', stamp, why);
  if (intervalMs !== null) throw misfit('interval', intervalText(intervalMs), why);
  return { stamp: sure('instant', `${kind} are of one moment`), stampMs: 0, isOpen: false };
}

/**
 * Whether bars are stamped with their start or their end: as chosen, as the format or the column's name says, else the start. The
 * verdict of the calendar comes before what a format mostly has. Days have no such question: their date is that of the session.
 */
function stampOf(
  format: Format,
  sample: Sample,
  { columns, time }: TimeColumns,
  wanted: Chosen,
  verdict: Verdict | null,
): StampFound {
  const closest = closestOf(time.instants);
  // One record tells nothing.
  const isOpen = closest < day || closest === Infinity;
  refuseInterval(wanted.intervalMs, closest);
  if (wanted.stamp === 'end' && !isOpen)
    throw misfit('stamp', 'end', 'the records are of days, whose date is that of the session');
  const name = columns.time === undefined ? undefined : sample.header?.[columns.time];
  const mostly = format.stamp?.(sample);
  const byEvidence = mostly?.certainty !== 'sure' && isOpen ? verdict?.stamp : null;
  const byFormat = wanted.stamp === null ? (byEvidence ?? mostly) : chosen(wanted.stamp);
  if (byFormat?.value === 'end') {
    if (!isOpen) return { stamp: sure('start', 'the records are of days'), stampMs: 0, isOpen };
    const { told } = intervalOfFirst(time.instants, wantedInterval(wanted), false);
    const reason = `${byFormat.reason}; ${intervalText(told.value)} was taken off: ${told.reason}`;
    const certainty = told.certainty === 'guess' ? 'guess' : byFormat.certainty;
    return { stamp: { value: 'end', reason, certainty }, stampMs: told.value, isOpen };
  }
  if (wanted.stamp === null && name !== undefined && saysStart(name))
    return { stamp: sure('start', `the column is called "${name}"`), stampMs: 0, isOpen };
  const unsaid = 'the text does not say whether times are starts or ends; most files have starts';
  return { stamp: byFormat ?? guess<Stamp>('start', unsaid), stampMs: 0, isOpen };
}

function wantedInterval({ intervalMs }: Chosen): Told<number> | null {
  return intervalMs === null ? null : chosen(intervalMs);
}

/** The shortest step from one time to another; Infinity without any. */
function closestOf(instants: readonly number[]): number {
  const sorted = instants.filter((ms) => !Number.isNaN(ms)).sort((a, b) => a - b);
  return sorted.reduce(
    (least, ms, i) => (ms > sorted[i - 1]! ? Math.min(least, ms - sorted[i - 1]!) : least),
    Infinity,
  );
}

function refuseInterval(wanted: number | null, closest: number): void {
  if (wanted === null || wanted <= closest) return;
  const apart = closest % second === 0 ? intervalText(closest) : `${closest} ms`;
  throw misfit('interval', intervalText(wanted), `of the first bars there are some that are ${apart} apart`);
}

/** The interval of the first bars, and how close their times are. */
export function intervalOfFirst(
  instants: readonly number[],
  said: Told<number> | null,
  areDays: boolean,
): { readonly told: Told<number>; readonly closest: number } {
  const closest = closestOf(instants);
  if (said !== null) return { told: said, closest };
  const starts = [...new Set(instants)].filter((ms) => !Number.isNaN(ms)).sort((a, b) => a - b);
  const counter = new StepCounter();
  counter.add({ ...barColumns(0), start: Float64Array.from(starts), count: starts.length });
  const all = new Map<number, number>();
  const { ms, decision } = intervalOf([counter.sum('the first records', all)], all, null, areDays);
  return { told: { value: ms, reason: decision.reason, certainty: decision.guess ? 'guess' : 'sure' }, closest };
}

function symbolOf(
  format: Format,
  text: Sample,
  fileName: string,
  wanted: Chosen,
  groups: readonly WideGroup[],
): Told<string> | null {
  if (groups.length > 1) {
    if (wanted.symbol === null) return null;
    throw misfit('symbol', wanted.symbol, `there are ${groups.length} side by side, which the header names`);
  }
  if (wanted.symbol !== null) return chosen(wanted.symbol);
  if (groups[0]) return sure(groups[0].symbol, 'the header names it');
  const byFormat = format.symbol?.(text, fileName);
  if (byFormat) return byFormat;
  const { symbol, guess: isGuess } = symbolOfName(fileName);
  const reason = 'the name of the file begins with it';
  return isGuess ? guess(symbol, reason) : sure(symbol, reason);
}
