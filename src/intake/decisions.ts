import type { Decision } from './audit.ts';
import type { Columns } from './columns.ts';
import type { Format } from './format.ts';
import { plainCsv } from './formats/plain-csv.ts';
import type { Delimiter, Layout, UnixUnit } from './layout.ts';
import { valueRoles } from './layout.ts';
import type { ColumnRole } from './preview.ts';
import type { TimeSample } from './time-format.ts';
import type { Told } from './told.ts';

const delimiterNames: Record<Delimiter, string> = { ',': 'comma', ';': 'semicolon', '\t': 'tab', '|': 'bar |' };
const unitNames: Record<UnixUnit, string> = {
  s: 'Unix seconds',
  ms: 'Unix milliseconds',
  µs: 'Unix microseconds',
  ns: 'Unix nanoseconds',
};

/** A layout, and why it is that. */
export interface Explained {
  readonly format: Format;
  readonly layout: Layout;
  readonly names: readonly string[];
  readonly columns: Columns;
  readonly time: TimeSample;
  readonly zone: Told<string>;
  readonly pricePlaces: Told<number>;
  readonly stamp: Told<string>;
  /** Null where a column says it. */
  readonly symbol: Told<string> | null;
}

/** What was decided about a text before it is read, with the reasons. */
export function decisionsOf(explained: Explained): Decision[] {
  const { format, layout, names, columns, pricePlaces, stamp, symbol } = explained;
  const decisions: Decision[] = [];
  const decide: Decide = (name, value, reason, guess = false) => decisions.push({ name, value, reason, guess });

  if (format !== plainCsv) {
    const alike = format.looksLike === undefined ? '' : `; ${format.looksLike}`;
    decide('format', format.name, `${format.shownBy}${alike}`, format.looksLike !== undefined);
  }
  decide('delimiter', delimiterNames[layout.delimiter], 'it cuts the first line into the most columns that are known');
  const roles = layout.roles.flatMap((role, i) => (role === null ? [] : [{ role, name: names[i]! }]));
  const mapped = layout.header
    ? roles.map(({ role, name }) => `${roleText(role)} = ${name}`).join(', ')
    : roles.map(({ role }) => role).join(', ');
  decide('columns', mapped, columns.known.reason, columns.known.guess);
  kindDecisions(columns, decide);
  timeDecisions(explained, decide);
  if (layout.decimalPoint === ',') decide('decimal point', 'comma', 'more numbers have a comma than a point');
  if (layout.pricePlaces > 0)
    decide('price scale', `÷ 1${'0'.repeat(layout.pricePlaces)}`, pricePlaces.reason, pricePlaces.guess);
  decide('stamp', stamp.value, stamp.reason, stamp.guess);
  if (symbol) decide('symbol', symbol.value, symbol.reason, symbol.guess);
  else decide('symbol', `column ${names[layout.roles.indexOf('symbol')]!}`, 'a column says it for each record');
  return decisions;
}

function roleText(role: ColumnRole): string {
  if (role === 'clock') return 'time of day';
  if (role === 'bidSize') return 'bid size';
  if (role === 'askSize') return 'ask size';
  return role === 'date' ? 'day' : role;
}

type Decide = (name: string, value: string, reason: string, guess?: boolean) => void;

/** What the file holds, and values that it has no column for. */
function kindDecisions({ kind, byRole, noVolume }: Columns, decide: Decide): void {
  if (kind.value === 'bars') {
    if (byRole.volume === undefined) decide('volume', '0', noVolume ?? 'there is no column for the volume');
    return;
  }
  decide('kind', kind.value, kind.reason, kind.guess);
  for (const role of valueRoles[kind.value])
    if (byRole[role] === undefined) decide(roleText(role), '0', `there is no column for the ${roleText(role)}`);
}

const orderNames = { iso: 'date and time', ymd: 'date and time', dmy: 'day, month, year', mdy: 'month, day, year' };

function timeDecisions({ time: { format, order }, zone }: Explained, decide: Decide): void {
  if (format.kind === 'unix') decide('time unit', unitNames[format.unit], `the times have ${format.digits} digits`);
  else if (format.kind === 'midnight') {
    decide('time unit', 'milliseconds', `the times count from a midnight, that of ${format.day} by the file's name`);
  } else if (order) decide('time format', orderNames[order.value], order.reason, order.guess);
  decide('zone', zone.value, zone.reason, zone.guess);
}
