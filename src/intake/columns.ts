import { priceFault } from '../bars/price-fault.ts';
import type { DataKind } from '../bars/records.ts';
import { countOf, isNothing, numberOf } from './cell.ts';
import { FileFault } from './file-fault.ts';
import type { ColumnsByRole, Format } from './format.ts';
import { column, inOrder } from './format.ts';
import type { NamedColumns } from './header.ts';
import { kindOfHeader, namedColumns } from './header.ts';
import { valueRoles } from './layout.ts';
import { misfit } from './misfit.ts';
import type { ColumnRole } from './preview.ts';
import type { Sample } from './sample.ts';
import type { Told } from './told.ts';
import { chosen, guess, likely, sure } from './told.ts';
import type { WideGroup } from './wide-table.ts';

const prices = ['open', 'high', 'low', 'close'] as const;
/** Part of a sample from which on it counts as all of it. */
const nearly = 0.9;

/** What the columns of a file are. */
export interface Columns {
  readonly kind: Told<DataKind>;
  /** All but those of the time, unless the format says them. */
  readonly byRole: ColumnsByRole;
  /** How they are known. */
  readonly known: Told<null>;
  /** What the header names; null without one. */
  readonly named: NamedColumns | null;
  /** What is made of a column for the volume that has few; null where there is nothing to say. */
  readonly volume: Told<string> | null;
}

/**
 * The columns as they were chosen, by the format, by the names in the header, or, without either, by what they hold.
 * Throws an error with advice when a price has no column.
 */
export function columnsOf(
  format: Format,
  sample: Sample,
  point: '.' | ',',
  roles: readonly (ColumnRole | null)[] | null,
  firstOfWide: WideGroup | null,
  bid: WideGroup | null,
): Columns {
  const { rows } = sample;
  if (firstOfWide !== null) return wideOf(sample, firstOfWide, roles);
  if (roles !== null) return chosenOf(sample, roles);
  if (bid !== null)
    return { ...wideOf(sample, bid, null), known: guess(null, 'bids and asks stand side by side; the bids are taken') };
  const columns = sample.header
    ? namedOf(format, sample, sample.header)
    : format.columns
      ? orderedOf(format.name, within(format.columns(sample), rows[0]!.length))
      : unnamedOf(sample, point);
  const { volume } = columns.byRole;
  if (volume === undefined) return columns;
  const texts = column(rows, volume);
  const told = texts.filter((text) => countOf(text, point) >= 0).length;
  const few = (1 - nearly) * rows.length;
  if (told > few) return columns;
  const words = texts.filter((text) => !isNothing(text));
  if (words.length - told > few) {
    const byRole = Object.fromEntries(Object.entries(columns.byRole).filter(([role]) => role !== 'volume'));
    return { ...columns, byRole, volume: guess('0', `the column for the volume holds none, but "${words[0]!}"`) };
  }
  // What is traded thinly has its volumes further on.
  const name = sample.header?.[volume] ?? String(volume + 1);
  const reason = `${told === 0 ? 'none' : told} of the first ${rows.length} records ${told === 1 ? 'has' : 'have'} one; 0 is taken where it is empty`;
  return { ...columns, volume: (told === 0 ? guess : likely)(`column ${name}`, reason) };
}

/** Those of the first symbol; the others have theirs beside them. */
function wideOf({ header }: Sample, { columns }: WideGroup, roles: readonly (ColumnRole | null)[] | null): Columns {
  if (roles !== null) throw misfit('columns', roles.join(','), 'the header names them by symbol');
  return {
    kind: kindTold('bars'),
    byRole: Object.fromEntries(columns),
    known: sure(null, 'by the names in the header'),
    named: namedColumns(header!.map((name, i) => ([...columns.values()].includes(i) ? '' : name))),
    volume: null,
  };
}

function chosenOf({ header, rows }: Sample, roles: readonly (ColumnRole | null)[]): Columns {
  const width = (header ?? rows[0]!).length;
  if (roles.length > width) throw misfit('columns', roles.join(','), `the file has ${width} columns`);
  const byRole = inOrder(...roles);
  return { kind: kindTold(kindOf(byRole)), byRole, known: chosen(null), named: null, volume: null };
}

function kindOf({ open, bid }: ColumnsByRole): DataKind {
  if (open !== undefined) return 'bars';
  return bid === undefined ? 'ticks' : 'quotes';
}

function namedOf(format: Format, sample: Sample, header: readonly string[]): Columns {
  const named = namedColumns(header);
  const { kind, guess: isGuess } = kindOfHeader(named);
  const wanted: readonly ColumnRole[] = ['symbol', ...valueRoles[kind]];
  const byName = [...named.columns].filter(([role]) => wanted.includes(role));
  const byFormat = format.columns?.(sample) ?? {};
  const byRole = within({ ...Object.fromEntries(byName), ...byFormat }, header.length);
  const missing = kind === 'bars' ? prices.filter((price) => byRole[price] === undefined) : [];
  if (missing.length > 0) {
    throw new FileFault(
      `has no column for ${missing.join(', ')}; its columns are ${listOf(header)}. Name them in its first line`,
    );
  }
  const isSecond = named.ambiguous.some((role) => wanted.includes(role) && byFormat[role] === undefined);
  return {
    kind: isGuess ? guess(kind, quotesReason) : kindTold(kind),
    byRole,
    known: isSecond
      ? guess(null, 'a column has no name, or two have the same: the first was taken')
      : sure(null, 'by the names in the header'),
    named,
    volume: null,
  };
}

/** The columns that are there. */
function within(byRole: ColumnsByRole, width: number): ColumnsByRole {
  return Object.fromEntries(Object.entries(byRole).filter(([, at]) => at >= 0 && at < width));
}

const quotesReason = 'there are columns for a bid and an ask, and for a price, which is left out';

function kindTold(kind: DataKind): Told<DataKind> {
  return sure(kind, kind === 'quotes' ? 'there are columns for a bid and an ask' : 'there is one price a record');
}

function orderedOf(name: string, byRole: ColumnsByRole): Columns {
  const known = sure(null, `there is no header; ${name} has them in this order`);
  return { kind: kindTold(kindOf(byRole)), byRole, known, named: null, volume: null };
}

/** Without a header, only bars that are plainly time, open, high, low, close and volume are taken. */
function unnamedOf(sample: Sample, point: '.' | ','): Columns {
  const { rows } = sample;
  const first = rows[0]!;
  const time: ColumnsByRole = hasClock(rows, point) ? { date: 0, clock: 1 } : { time: 0 };
  const from = Object.keys(time).length;
  const byRole = { ...time, ...pricesAt(from, from + 1, from + 2, from + 3) };
  if (first.length < from + 4 || soundPart(rows, byRole, point) < nearly) throw nameless(sample);
  const volumes = column(rows, from + 4).filter((text) => !isNothing(text));
  const counts = volumes.filter((text) => countOf(text, point) >= 0).length;
  const hasVolume = counts > 0 && counts >= nearly * volumes.length;
  const reason = 'there is no header; the first column reads as a time and the next four as open, high, low and close';
  return {
    kind: kindTold('bars'),
    byRole: hasVolume ? { ...byRole, volume: from + 4 } : byRole,
    known: guess(null, from === 1 ? reason : reason.replace('column reads', 'two columns read')),
    named: null,
    volume: null,
  };
}

/** Whether a time of day stands behind the day: with a colon, or as a number (`930`) that is no price. */
function hasClock(rows: Sample['rows'], point: '.' | ','): boolean {
  if (/^\d{1,2}:\d\d/.test(rows[0]![1] ?? '')) return true;
  const arePlain = rows.every(([date, clock]) => /^\d{8}$/.test(date!) && /^\d{1,6}$/.test(clock ?? ''));
  return arePlain && soundPart(rows, pricesAt(1, 2, 3, 4), point) < nearly;
}

/** The error for a file whose columns cannot be told. */
export function nameless({ rows, delimiter }: Sample): FileFault {
  return new FileFault(
    `has no header that names its columns: its first line is "${rows[0]!.join(delimiter).slice(0, 80)}". ` +
      'Put a line such as timestamp,open,high,low,close,volume in front',
  );
}

/** The prices of bars by column. */
export function pricesAt(open: number, high: number, low: number, close: number): ColumnsByRole {
  return { open, high, low, close };
}

/** The part of records whose prices are those of a bar with the columns in that order. */
export function soundPart(rows: Sample['rows'], byRole: ColumnsByRole, point: '.' | ',' = '.'): number {
  const isBar = (row: readonly string[]): boolean => {
    const [open, high, low, close] = prices.map((price) => numberOf(row[byRole[price]!] ?? '', 0, point));
    return open! > 0 && priceFault(open!, high!, low!, close!) === '' && !Number.isNaN(open! + high! + low! + close!);
  };
  return rows.filter(isBar).length / rows.length;
}

/** The names of a header, for an error. */
export function listOf(header: readonly string[]): string {
  return header
    .map((name) => `"${name}"`)
    .join(', ')
    .slice(0, 300);
}
