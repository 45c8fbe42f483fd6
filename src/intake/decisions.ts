import { intervalText } from '../bars/interval.ts';
import type { Choice } from './alternatives.ts';
import {
  columnsChoice,
  delimiterChoice,
  delimiterNames,
  formatChoice,
  intervalChoice,
  orderChoice,
  pointChoice,
  pointText,
  roleText,
  scaleChoice,
  scaleText,
  stampChoice,
  symbolChoice,
  unitChoice,
  unitNames,
  zoneChoice,
} from './alternatives.ts';
import type { Decision } from './audit.ts';
import type { Columns } from './columns.ts';
import type { Format } from './format.ts';
import type { Delimiter, Layout } from './layout.ts';
import { valueRoles } from './layout.ts';
import type { ColumnRole, OpenDecision } from './preview.ts';
import type { Sample } from './sample.ts';
import type { TimeSample } from './time-format.ts';
import type { Told } from './told.ts';
import { sure } from './told.ts';

/** A layout, and why it is that. */
export interface Explained {
  readonly sample: Sample;
  readonly marketZone: string;
  readonly layout: Layout;
  readonly names: readonly string[];
  readonly format: Told<Format>;
  readonly delimiter: Told<Delimiter>;
  readonly columns: Columns;
  readonly time: TimeSample;
  readonly zone: Told<string>;
  readonly decimalPoint: Told<'.' | ','>;
  readonly pricePlaces: Told<number>;
  readonly stamp: Told<string>;
  /** The stamp may be chosen: bars of a day have no such question, nor have quotes and ticks. */
  readonly isStampOpen: boolean;
  /** Null where a column says it. */
  readonly symbol: Told<string> | null;
}

const orderNames = { iso: 'date and time', ymd: 'date and time', dmy: 'day, month, year', mdy: 'month, day, year' };

/** A decision about a file, with what may be chosen instead. */
export function decided(
  name: string,
  value: string,
  told: Omit<Told<unknown>, 'value'>,
  choice?: Choice,
): OpenDecision {
  const { reason, certainty } = told;
  return { name, value, reason, guess: certainty === 'guess', certainty, current: '', alternatives: [], ...choice };
}

/** A decision as it is kept, without what might have been chosen. */
export function kept({ name, value, reason, guess, certainty, choice }: OpenDecision): Decision {
  return { name, value, reason, guess, certainty, ...(choice && { choice }) };
}

/** What was decided about a text before it is read, with the reasons. */
export function decisionsOf(explained: Explained): OpenDecision[] {
  const { sample, layout, format, delimiter, columns, decimalPoint, pricePlaces, stamp, symbol } = explained;
  const decisions = [
    decided('format', format.value.name, format, formatChoice(format.value, sample)),
    decided('delimiter', delimiterNames[delimiter.value], delimiter, delimiterChoice(delimiter.value, sample)),
    decided(
      'columns',
      mappedText(explained),
      columns.known,
      layout.groups.length > 0 ? undefined : columnsChoice(layout.roles),
    ),
    ...kindDecisions(columns),
    ...timeDecisions(explained),
  ];
  const hasComma = sample.rows.some((row) => row.some((cell) => cell.includes(',')));
  if (hasComma) {
    const { value } = decimalPoint;
    decisions.push(decided('decimal point', pointText(value), decimalPoint, pointChoice(value)));
  }
  const { value } = pricePlaces;
  decisions.push(decided('price scale', scaleText(value), pricePlaces, scaleChoice(value)));
  decisions.push(decided('stamp', stamp.value, stamp, explained.isStampOpen ? stampChoice(stamp.value) : undefined));
  if (layout.groups.length > 0)
    decisions.push(decided('symbols', groupsText(layout), sure(null, 'the header names them')));
  else if (symbol) decisions.push(decided('symbol', symbol.value, symbol, symbolChoice(symbol.value)));
  else
    decisions.push(
      decided('symbol', `column ${symbolColumn(explained)}`, sure(null, 'a column says it for each record')),
    );
  return decisions;
}

/** The interval of the bars by the beginning of a file; `closest` are the milliseconds from one to the next at the least, `others` lengths of bars that are not taken. */
export function intervalDecision(told: Told<number>, closest: number, others: readonly number[]): OpenDecision {
  return decided('interval', intervalText(told.value), told, intervalChoice(told.value, closest, others));
}

function groupsText({ groups }: Layout): string {
  const names = groups.slice(0, 3).map(({ symbol }) => symbol);
  return `${names.join(', ')}${groups.length > 3 ? `, … (${groups.length})` : ''} side by side`;
}

function symbolColumn({ layout, names }: Explained): string {
  return names[layout.roles.indexOf('symbol')]!;
}

function mappedText({ layout, names }: Explained): string {
  const { moreVolume } = layout;
  const nameOf = (role: ColumnRole, i: number): string =>
    role === 'volume' && moreVolume !== null ? `${names[i]!} + ${names[moreVolume]!}` : names[i]!;
  const roles = layout.roles.flatMap((role, i) => (role === null ? [] : [{ role, name: nameOf(role, i) }]));
  return layout.header
    ? roles.map(({ role, name }) => `${roleText(role)} = ${name}`).join(', ')
    : roles.map(({ role }) => role).join(', ');
}

/** What the file holds, and values that it has no column for. */
function kindDecisions({ kind, byRole, volume }: Columns): OpenDecision[] {
  if (kind.value === 'bars') {
    if (volume) return [decided('volume', volume.value, volume)];
    return byRole.volume === undefined ? [decided('volume', '0', sure(null, 'there is no column for the volume'))] : [];
  }
  const absent = valueRoles[kind.value].filter((role) => byRole[role] === undefined).map(roleText);
  return [
    decided('kind', kind.value, kind),
    ...absent.map((role) => decided(role, '0', sure(null, `there is no column for the ${role}`))),
  ];
}

function timeDecisions({
  time: { format, instants, unit, order, orders },
  zone,
  marketZone,
}: Explained): OpenDecision[] {
  const isOpen = format.kind === 'wall' || format.kind === 'midnight';
  const inZone = decided('zone', zone.value, zone, isOpen ? zoneChoice(zone.value, marketZone) : undefined);
  if (unit)
    return [
      decided('time unit', unitNames[unit.value], unit, unitChoice(unit.value, instants.find((ms) => ms === ms) ?? 0)),
      inZone,
    ];
  if (format.kind === 'midnight') {
    const reason = `the times count from a midnight, that of ${format.day} by the file's name`;
    return [decided('time unit', 'milliseconds', sure(null, reason)), inZone];
  }
  if (!order) return [inZone];
  const choice = order.value !== 'iso' && orders.length > 1 ? orderChoice(order.value, orders) : undefined;
  return [decided('time format', orderNames[order.value], order, choice), inZone];
}
