import type { Decision } from './audit.ts';
import type { IntakeChoices } from './choices.ts';
import { saysStart } from './header.ts';
import type { Delimiter, UnixUnit } from './layout.ts';
import { valueRoles } from './layout.ts';
import type { ColumnRole } from './preview.ts';
import type { Sniffed } from './sniff.ts';

const delimiterNames: Record<Delimiter, string> = { ',': 'comma', ';': 'semicolon', '\t': 'tab', '|': 'bar |' };
const unitNames: Record<UnixUnit, string> = {
  s: 'Unix seconds',
  ms: 'Unix milliseconds',
  µs: 'Unix microseconds',
  ns: 'Unix nanoseconds',
};

/** The names of a file's columns, or their places where it has no header. */
export function columnNames({ layout: { header, roles } }: Sniffed): string[] {
  return header
    ? header.map((name, i) => name || `column ${i + 1}`)
    : roles.map((role, i) => role ?? `column ${i + 1}`);
}

/** Columns that are in the file and not in the dataset. */
export function ignoredColumns(sniffed: Sniffed): string[] {
  return columnNames(sniffed).filter((_, i) => sniffed.layout.roles[i] === null);
}

/** What was decided about a text before it is read, with the reasons. */
export function decisionsOf(sniffed: Sniffed, choices: IntakeChoices): Decision[] {
  const { layout } = sniffed;
  const decisions: Decision[] = [];
  const decide = (name: string, value: string, reason: string, guess = false) =>
    decisions.push({ name, value, reason, guess });

  decide('delimiter', delimiterNames[layout.delimiter], 'it cuts the first line into the most columns that are known');
  const names = columnNames(sniffed);
  const mapped = layout.roles
    .flatMap((role, i) => (role === null ? [] : [`${roleText(role)} = ${names[i]!}`]))
    .join(', ');
  if (layout.header === null) {
    const reason =
      'there is no header; the first column reads as a time and the next four as open, high, low and close';
    decide('columns', layout.roles.filter((role) => role !== null).join(', '), reason, true);
  } else if (sniffed.columnsGuessed) {
    decide('columns', mapped, 'a column has no name, or two have the same: the first was taken', true);
  } else decide('columns', mapped, 'by the names in the header');
  kindDecisions(sniffed, decide);

  timeDecisions(sniffed, choices, decide);

  const timeColumn = layout.roles.findIndex((role) => role === 'time' || role === 'date');
  const named = layout.header !== null && saysStart(layout.header[timeColumn]!);
  if (layout.kind !== 'bars') decide('stamp', 'instant', `${layout.kind} are of one moment`);
  else if (named) decide('stamp', 'start', `the column is called "${layout.header[timeColumn]}"`);
  else decide('stamp', 'start', 'the text does not say whether times are starts or ends; most files have starts', true);

  if (layout.symbol === null) {
    decide('symbol', `column ${names[layout.roles.indexOf('symbol')]!}`, 'a column says it for each record');
  } else if (choices.symbol !== null) decide('symbol', layout.symbol, 'chosen');
  else decide('symbol', layout.symbol, 'the name of the file begins with it', sniffed.symbolGuessed);
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
function kindDecisions({ layout: { kind, roles }, kindGuessed }: Sniffed, decide: Decide): void {
  if (kind === 'bars') {
    if (!roles.includes('volume')) decide('volume', '0', 'there is no column for the volume');
    return;
  }
  if (kindGuessed)
    decide('kind', kind, 'there are columns for a bid and an ask, and for a price, which is left out', true);
  else
    decide('kind', kind, kind === 'quotes' ? 'there are columns for a bid and an ask' : 'there is one price a record');
  for (const role of valueRoles[kind])
    if (!roles.includes(role)) decide(roleText(role), '0', `there is no column for the ${roleText(role)}`);
}

function timeDecisions({ layout, time, namedUtc }: Sniffed, choices: IntakeChoices, decide: Decide): void {
  const format = layout.time;
  if (format.kind === 'unix') {
    decide('time unit', unitNames[format.unit], `the times have ${time.digits} digits`);
    decide('zone', 'UTC', 'Unix times count from 1970 in UTC');
    return;
  }
  decide('time format', 'date and time', `the times read as year, month, day`);
  if (format.kind === 'offset') decide('zone', 'in the text', 'every time has an offset or Z');
  else if (choices.zone !== null) decide('zone', format.zone, 'chosen');
  else if (namedUtc) decide('zone', format.zone, "the column's name says so");
  else decide('zone', format.zone, "the times have no offset; the market's zone was taken", true);
}
