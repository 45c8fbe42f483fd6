import { intervalText } from '../bars/interval.ts';
import { numberOf } from './cell.ts';
import type { IntakeChoices } from './choices.ts';
import type { Chosen } from './chosen.ts';
import { choicesFor, chosenOf } from './chosen.ts';
import { columnsOf } from './columns.ts';
import { decisionsOf } from './decisions.ts';
import { FileFault } from './file-fault.ts';
import { symbolOfName } from './file-name.ts';
import type { Format, Stamp } from './format.ts';
import { column, fits, isOf } from './format.ts';
import { formats } from './formats.ts';
import type { Layout, TimeFormat } from './layout.ts';
import { priceRoles } from './layout.ts';
import { misfit } from './misfit.ts';
import type { ColumnRole, OpenDecision } from './preview.ts';
import { sampleBytes, sampleOf } from './sample.ts';
import type { Sample } from './sample.ts';
import { signatureOf } from './signature.ts';
import { intervalColumnOf, lengthOf, type IntervalColumn } from './interval-column.ts';
import { recordStamp, stampOf, wantedInterval } from './stamp-of.ts';
import type { TimeColumns } from './time-columns.ts';
import { timeColumnsOf } from './time-columns.ts';
import type { Told } from './told.ts';
import { chosen, guess, sure } from './told.ts';
import type { OpenQuestions, Verdicts } from './verdict.ts';
import type { WideGroup } from './wide-table.ts';
import { bidOf, groupsOf } from './wide-table.ts';
import { zoneOf, zoneOfTimes } from './zone-of.ts';

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
  return names.filter((_, i) => layout.roles[i] === null && i !== layout.moreVolume && i !== layout.ofInterval?.column);
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
  const symbolGroups = wide === null ? [] : groupsOf(wide);
  const bid = wide === null ? null : bidOf(symbolGroups, wide.names);
  const groups = bid ? [] : symbolGroups;
  const moreRecords = wide?.moreHeaderRecords ?? 0;
  const header = (bid ? undefined : wide?.names) ?? format.names?.(text) ?? text.header;
  const all: Sample = { ...text, header, rows: text.rows.slice(moreRecords) };
  if (all.rows.length === 0) throw rowless(whole);
  const ofInterval = wide === null ? intervalColumnOf(all, wanted.intervalMs) : null;
  const sample = ofInterval === null ? all : { ...all, rows: rowsOf(all, ofInterval) };
  const { rows } = sample;

  const decimalPoint = wanted.decimalPoint === null ? decimalPointOf(sample) : chosen(wanted.decimalPoint);
  const columns = columnsOf(format, sample, decimalPoint.value, wanted.columns, groups[0] ?? null, bid);
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
    moreVolume: byRole.volume === undefined || wanted.columns !== null ? null : (format.moreVolume?.(sample) ?? null),
    ofInterval: kind === 'bars' ? ofInterval : null,
    time: ofDays(inZone(found.time.format, zone.value), found.time.endsDay && !isOpen),
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
  const { order, orders } = found.time;
  const isOrderOpen = order?.certainty === 'guess' && order.value !== 'ymd' && orders.length > 1;
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
    toldInterval: wantedInterval(wanted) ?? intervalSaid(layout) ?? format.interval?.(text) ?? null,
    instants,
  };
}

/** The records of the taken length; all where the first ones have none of it. */
function rowsOf({ rows }: Sample, { column: at, takenMs }: IntervalColumn): Sample['rows'] {
  const taken = rows.filter((row) => lengthOf(row[at] ?? '') === takenMs);
  return taken.length > 0 ? taken : rows;
}

function intervalSaid({ ofInterval }: Layout): Told<number> | null {
  if (ofInterval === null) return null;
  const { name, takenMs, isAlone, othersMs } = ofInterval;
  const lengths = othersMs.map(intervalText).join(' and ');
  const others = isAlone
    ? `those of ${lengths} are left out`
    : `those of ${lengths} become ${othersMs.length > 1 ? 'datasets' : 'a dataset'} of their own`;
  return sure(takenMs, `column "${name}" says it${othersMs.length > 0 ? `; ${others}` : ''}`);
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

/** The same, of days whose records are stamped with their end where they are. */
function ofDays(format: TimeFormat, areDays: boolean): TimeFormat {
  return areDays && (format.kind === 'wall' || format.kind === 'offset') ? { ...format, ofDays: true } : format;
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
