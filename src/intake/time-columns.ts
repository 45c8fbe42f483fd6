import type { Columns } from './columns.ts';
import { listOf, nameless } from './columns.ts';
import { FileFault } from './file-fault.ts';
import type { ColumnsByRole } from './format.ts';
import { column } from './format.ts';
import { zoneOfName } from './header.ts';
import type { Sample } from './sample.ts';
import type { TimeHints, TimeSample } from './time-format.ts';
import { checkChosen, pairSample, timeSample } from './time-format.ts';

/** The columns of the time, and how it is written in them. */
export interface TimeColumns {
  readonly columns: Pick<ColumnsByRole, 'time' | 'date' | 'clock'>;
  readonly time: TimeSample;
  /** The zone that the column's name says; undefined where it says none. */
  readonly namedZone: string | undefined;
}

/** A time of day with a colon, which nothing else in a file of bars is written as. */
const clockText = /^\d{1,2}:\d\d(?::\d\d(?:\.\d+)?)?(?: ?[ap]m)?$/i;
const day = /^\d{8}$|^\d{6}$|^\d{1,4}([-/.])\d{1,2}\1\d{1,4}$/;

/**
 * The columns of the time: those that the format says, or by their names one, or a day and a time of day. A time that says its
 * zone is preferred to one that does not. Throws an error with advice when there is none that can be read.
 */
export function timeColumnsOf(sample: Sample, columns: Columns, hints: TimeHints): TimeColumns {
  const found = foundIn(sample, columns, hints);
  const { time, date } = found.columns;
  checkChosen(found.time, hints, sample.rows[0]![time ?? date!]!);
  return found;
}

function foundIn(sample: Sample, { byRole, named }: Columns, hints: TimeHints): TimeColumns {
  const { header, rows } = sample;
  const zoneAt = (at: number) => (header === null ? undefined : zoneOfName(header[at]!));
  const one = (at: number): TimeColumns => {
    return { columns: { time: at }, time: timeSample(column(rows, at), hints), namedZone: zoneAt(at) };
  };
  const two = (date: number, clock: number): TimeColumns => ({
    columns: { date, clock },
    time: pairSample(column(rows, date), column(rows, clock), hints),
    namedZone: zoneAt(date) ?? zoneAt(clock),
  });
  if (header === null) {
    const found = byRole.time === undefined ? two(byRole.date!, byRole.clock!) : one(byRole.time);
    if (partOf(found) < 0.9) throw nameless(sample);
    return found;
  }
  const readableOf = (found: TimeColumns): TimeColumns => {
    if (found.time.readable > 0) return found;
    throw unreadable(header, found);
  };
  if (byRole.date !== undefined && byRole.clock !== undefined) return readableOf(two(byRole.date, byRole.clock));
  if (byRole.time !== undefined) return readableOf(one(byRole.time));
  const { times, date, clock } = named!;
  const sampled = times.map(one);
  const readable = sampled.filter((each) => partOf(each) > 0).sort((a, b) => partOf(b) - partOf(a));
  const explicit = readable.find((each) => each.time.format.kind !== 'wall' && partOf(each) > 0.5);
  if (explicit) return explicit;
  if (date >= 0 && clock >= 0 && date !== clock && column(rows, date).some((text) => day.test(text)))
    return readableOf(two(date, clock));
  if (readable[0]) {
    // A day alone has its time of day in a column that no name tells.
    const days = readable[0].columns.time!;
    const texts = column(rows, days);
    const own = texts.every((text) => day.test(text)) ? clockAmong(sample, byRole) : -1;
    if (own !== -1) return readableOf(two(days, own));
    // Six digits may be a time of day, whose day is in such a column.
    const other = texts.every((text) => /^\d{1,6}$/.test(text)) ? dateAmong(sample, byRole) : -1;
    return other === -1 ? readable[0] : readableOf(two(other, days));
  }
  if (sampled[0]) throw unreadable(header, sampled[0]);
  throw new FileFault(`has no column for the time; its columns are ${listOf(header)}. Name one of them timestamp`);
}

/** The first column without a role that holds times of the day, not all the same; -1 where there is none. */
function clockAmong({ header, rows }: Sample, byRole: ColumnsByRole): number {
  const taken = new Set(Object.values(byRole));
  return header!.findIndex((_, at) => {
    if (taken.has(at)) return false;
    const texts = column(rows, at);
    return texts.every((text) => clockText.test(text)) && new Set(texts).size > 1;
  });
}

/** The first column without a role that holds days of eight digits; -1 where there is none. */
function dateAmong({ header, rows }: Sample, byRole: ColumnsByRole): number {
  const taken = new Set(Object.values(byRole));
  return header!.findIndex(
    (_, at) => !taken.has(at) && column(rows, at).every((text) => /^(?:19|20)\d{6}$/.test(text)),
  );
}

function partOf({ time }: TimeColumns): number {
  return time.readable === 0 ? 0 : time.readable / time.count;
}

function unreadable(header: readonly string[], { columns, time }: TimeColumns): FileFault {
  const what =
    columns.time === undefined
      ? `columns "${header[columns.date!]}" and "${header[columns.clock!]}"`
      : `column "${header[columns.time]}"`;
  return new FileFault(
    `has times in ${what} that cannot be read, such as "${time.unreadable ?? ''}"; they must be ISO 8601, a date with or ` +
      'without a time of day, or Unix seconds, milliseconds, microseconds or nanoseconds',
  );
}
