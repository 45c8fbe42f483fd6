import { day, hour, minute, second } from '../time/instant.ts';
import type { Sample } from './sample.ts';

/** A column that says how long each bar is, and the length of those that come first or were chosen, in milliseconds. */
export interface IntervalColumn {
  readonly column: number;
  readonly name: string;
  readonly takenMs: number;
  /** The length was chosen: bars of others are rejected, which else become datasets of their own. */
  readonly isAlone: boolean;
  /** Other lengths among the first records. */
  readonly othersMs: readonly number[];
}

const names = /^(?:time[ _-]?frame|tf|interval|resolution|bar[ _-]?size|granularity)$/i;
/** Part of the first records from which on it is such a column. */
const nearly = 0.9;
const units: Readonly<Record<string, number>> = { s: second, m: minute, t: minute, h: hour, d: day, w: 7 * day };
const written = /^(\d{1,5})\s*(s|m|t|h|d|w|sec|min|hr|second|minute|hour|day|week)s?$/;
const turned = /^([smhdw])(\d{1,4})$/;
const words: Readonly<Record<string, number>> = {
  minute,
  hour,
  daily: day,
  day,
  d: day,
  weekly: 7 * day,
  week: 7 * day,
  w: 7 * day,
};

/**
 * The length that a cell says, as vendors write it: `1m`, `5 min`, `1Min`, `H1`, `1D`, `daily`; NaN where it says none, as of
 * months, whose `M` is no minute, and of numbers alone.
 */
export function lengthOf(text: string): number {
  const cell = text.trim();
  if (/^\d*M$|mo/.test(cell)) return NaN;
  const lower = cell.toLowerCase();
  if (words[lower] !== undefined) return words[lower];
  const [, count, unit] = written.exec(lower) ?? [];
  if (count !== undefined) return Number(count) * units[unit!.startsWith('mi') ? 'm' : unit![0]!]! || NaN;
  const [, letter, number] = turned.exec(lower) ?? [];
  return letter === undefined ? NaN : Number(number) * units[letter]! || NaN;
}

/** The column of a sample that says how long each bar is, by its name and what it holds; null without one. It takes the wanted length alone, else the first one before the others. */
export function intervalColumnOf({ header, rows }: Sample, wantedMs: number | null): IntervalColumn | null {
  const column = header?.findIndex((name) => names.test(name)) ?? -1;
  if (column === -1) return null;
  const lengths = rows.map((row) => lengthOf(row[column] ?? '')).filter((ms) => ms === ms);
  if (lengths.length === 0 || lengths.length < nearly * rows.length) return null;
  const all = [...new Set(lengths)];
  const takenMs = wantedMs ?? all[0]!;
  const othersMs = all.filter((ms) => ms !== takenMs);
  return { column, name: header![column]!, takenMs, isAlone: wantedMs !== null, othersMs };
}
