import { intervalMs } from '../bars/interval.ts';
import { zone } from '../time/zone.ts';
import { longestSymbol } from './careful-reader.ts';
import type { ChoiceName, IntakeChoices, LayoutChoices } from './choices.ts';
import type { Format, Stamp } from './format.ts';
import { formats } from './formats.ts';
import type { DateOrder, Delimiter, UnixUnit } from './layout.ts';
import { delimiters, unixUnits } from './layout.ts';
import { misfit } from './misfit.ts';
import type { ColumnRole } from './preview.ts';
import { columnRoles } from './preview.ts';

export type ChosenOrder = Exclude<DateOrder, 'iso'>;

/** The choices for one file, each as what it means; null where there is none. */
export interface Chosen {
  readonly format: Format | null;
  readonly delimiter: Delimiter | null;
  readonly columns: readonly (ColumnRole | null)[] | null;
  readonly dateOrder: ChosenOrder | null;
  readonly timeUnit: UnixUnit | null;
  readonly zone: string | null;
  readonly stamp: Stamp | null;
  readonly intervalMs: number | null;
  readonly priceScale: number | null;
  readonly decimalPoint: '.' | ',' | null;
  readonly symbol: string | null;
}

const mostPlaces = 18;

/** The choices that are meant for the files of a layout. */
export function choicesFor({ all, byLayout }: IntakeChoices, signature: string): LayoutChoices {
  const own = byLayout[signature] ?? {};
  const said = Object.entries(own).filter(([, value]) => value !== undefined);
  return { ...all, ...Object.fromEntries(said) };
}

/** Throws a FileFault for a choice that no file can have. */
export function chosenOf(choices: LayoutChoices): Chosen {
  const { columns, interval } = choices;
  return {
    format: oneOf('format', choices, formats, ({ name }) => name),
    delimiter: oneOf('delimiter', choices, delimiters, String),
    columns: columns === undefined ? null : rolesOf(columns),
    dateOrder: oneOf('dateOrder', choices, ['ymd', 'dmy', 'mdy'], String),
    timeUnit: oneOf('timeUnit', choices, unixUnits, String),
    zone: choices.zone === undefined ? null : zoneOf(choices.zone),
    stamp: oneOf('stamp', choices, ['start', 'end'], String),
    intervalMs: interval === undefined ? null : lengthOf(interval),
    priceScale: oneOf(
      'priceScale',
      choices,
      Array.from({ length: mostPlaces + 1 }, (_, n) => n),
      String,
    ),
    decimalPoint: oneOf('decimalPoint', choices, ['.', ','], String),
    symbol: choices.symbol === undefined ? null : symbolOf(choices.symbol),
  };
}

function oneOf<T>(name: ChoiceName, choices: LayoutChoices, known: readonly T[], text: (each: T) => string): T | null {
  const value = choices[name];
  if (value === undefined) return null;
  const found = known.find((each) => text(each) === value);
  if (found === undefined) throw misfit(name, value, `it must be one of ${known.map(text).join(' ')}`);
  return found;
}

function rolesOf(value: string): (ColumnRole | null)[] {
  const roles = value.split(',').map((text) => {
    const role = text.trim();
    if (role !== '' && !columnRoles.includes(role as ColumnRole))
      throw misfit('columns', value, `"${role}" is none of ${columnRoles.join(', ')}; what is left out has nothing`);
    return role === '' ? null : (role as ColumnRole);
  });
  const twice = roles.find((role, i) => role !== null && roles.indexOf(role) !== i);
  if (twice) throw misfit('columns', value, `only one column can be ${twice}`);
  const has = (...wanted: ColumnRole[]) => wanted.every((role) => roles.includes(role));
  if (has('time') ? has('date') || has('clock') : !has('date', 'clock'))
    throw misfit('columns', value, 'one column must be time, or two must be date and clock');
  if (!has('open', 'high', 'low', 'close') && !has('bid', 'ask') && !has('price'))
    throw misfit('columns', value, 'bars need open, high, low and close, quotes bid and ask, ticks price');
  return roles;
}

function zoneOf(value: string): string {
  try {
    return zone(value).name;
  } catch {
    throw misfit('zone', value, 'it must be the IANA name of a zone, such as America/New_York or UTC');
  }
}

function lengthOf(value: string): number {
  const ms = intervalMs(value);
  if (ms === undefined) throw misfit('interval', value, 'it must be a length such as 30s, 1m, 4h or 1d');
  return ms;
}

function symbolOf(value: string): string {
  const symbol = value.trim();
  if (symbol === '' || symbol.length > longestSymbol)
    throw misfit('symbol', value, `it must have 1 to ${longestSymbol} characters`);
  return symbol;
}
