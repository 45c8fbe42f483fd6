import { intervalText } from '../bars/interval.ts';
import { fitsSteps } from './bar-interval.ts';
import { day, hour, minute, second } from '../time/instant.ts';
import type { ChoiceName } from './choices.ts';
import type { ChosenOrder } from './chosen.ts';
import type { Format } from './format.ts';
import { fits } from './format.ts';
import { formats } from './formats.ts';
import type { Delimiter, UnixUnit } from './layout.ts';
import { unixUnits } from './layout.ts';
import type { Alternative, ColumnRole } from './preview.ts';
import { columnRoles } from './preview.ts';
import type { Sample } from './sample.ts';

/** What may be chosen for a decision, and what it is now. */
export interface Choice {
  readonly choice: ChoiceName;
  readonly current: string;
  readonly alternatives: readonly Alternative[];
}

export const delimiterNames: Record<Delimiter, string> = { ',': 'comma', ';': 'semicolon', '\t': 'tab', '|': 'bar |' };
export const unitNames: Record<UnixUnit, string> = {
  s: 'Unix seconds',
  ms: 'Unix milliseconds',
  µs: 'Unix microseconds',
  ns: 'Unix nanoseconds',
};
const orderNames: Record<ChosenOrder, string> = {
  ymd: 'year, month, day',
  dmy: 'day, month, year',
  mdy: 'month, day, year',
};
const unitsToMs: Record<UnixUnit, number> = { s: 1e3, ms: 1, µs: 1e-3, ns: 1e-6 };
/** Hardly any file has older intraday bars, nor newer ones. */
const earliest = Date.UTC(1971, 0, 1);
const latest = Date.UTC(2100, 0, 1);
/** Powers of ten that vendors divide by. */
const scales = [0, 1, 2, 3, 4, 5, 6, 8, 9];
/** Zones that files are written in: of the large markets, of brokers, and winter time all year. */
export const likelyZones: readonly string[] = [
  ...['UTC', 'America/New_York', 'America/Chicago', 'Etc/GMT+5', 'Europe/London', 'Europe/Berlin', 'Europe/Warsaw'],
  ...['Europe/Athens', 'Europe/Moscow', 'Asia/Kolkata', 'Asia/Hong_Kong', 'Asia/Tokyo', 'Australia/Sydney'],
];
const intervals = [
  ...[second, 5 * second, 10 * second, 15 * second, 30 * second],
  ...[minute, 2 * minute, 3 * minute, 5 * minute, 10 * minute, 15 * minute, 30 * minute],
  ...[hour, 2 * hour, 4 * hour, 6 * hour, 8 * hour, 12 * hour, day],
];

function choiceOf(
  choice: ChoiceName,
  current: string,
  values: readonly string[],
  label = (value: string) => value,
): Choice {
  const all = values.includes(current) ? values : [current, ...values];
  return { choice, current, alternatives: all.map((value) => ({ value, label: label(value) })) };
}

/** Formats that a text may be read as. */
export function formatChoice(current: Format, sample: Sample): Choice {
  const fitting = formats.filter((format) => fits(format, sample)).map(({ name }) => name);
  return choiceOf('format', current.name, fitting);
}

export function delimiterChoice(current: Delimiter, { cutting }: Sample): Choice {
  return choiceOf('delimiter', current, cutting, (value) => delimiterNames[value as Delimiter]);
}

export function columnsChoice(roles: readonly (ColumnRole | null)[]): Choice {
  const alternatives = ['', ...columnRoles].map((value) => ({
    value,
    label: value === '' ? 'left out' : roleText(value as ColumnRole),
  }));
  return { choice: 'columns', current: roles.map((role) => role ?? '').join(','), alternatives };
}

export function orderChoice(current: ChosenOrder, orders: readonly ChosenOrder[]): Choice {
  return choiceOf('dateOrder', current, orders, (value) => orderNames[value as ChosenOrder]);
}

/** The units in which the first time is one that bars have. */
export function unitChoice(current: UnixUnit, firstMs: number): Choice {
  const fitting = unixUnits.filter((unit) => {
    const ms = firstMs * (unitsToMs[unit] / unitsToMs[current]);
    return ms >= earliest && ms < latest;
  });
  return choiceOf('timeUnit', current, fitting, (value) => unitNames[value as UnixUnit]);
}

export function zoneChoice(current: string, marketZone: string): Choice {
  return choiceOf('zone', current, likelyZones.includes(marketZone) ? likelyZones : [marketZone, ...likelyZones]);
}

export function stampChoice(current: string): Choice {
  return choiceOf('stamp', current, ['start', 'end'], (value) => `${value} of the bar`);
}

/** Lengths that a bar may have whose times are not closer than that, and others that a column says. */
export function intervalChoice(current: number, closest: number, others: readonly number[]): Choice {
  const fitting = [...intervals.filter((ms) => fitsSteps(ms, closest)), ...others].map(intervalText);
  return choiceOf('interval', intervalText(current), [...new Set(fitting)]);
}

export function scaleChoice(current: number): Choice {
  return choiceOf('priceScale', String(current), scales.map(String), (value) => scaleText(Number(value)));
}

export function pointChoice(current: '.' | ','): Choice {
  return choiceOf('decimalPoint', current, ['.', ','], (value) => pointText(value as '.' | ','));
}

export function symbolChoice(current: string): Choice {
  return { choice: 'symbol', current, alternatives: [] };
}

export function roleText(role: ColumnRole): string {
  if (role === 'clock') return 'time of day';
  if (role === 'bidSize') return 'bid size';
  if (role === 'askSize') return 'ask size';
  return role === 'date' ? 'day' : role;
}

export function scaleText(places: number): string {
  return places === 0 ? 'as written' : `÷ 1${'0'.repeat(places)}`;
}

export function pointText(point: '.' | ','): string {
  return point === ',' ? 'comma' : 'point';
}
