import type { MapOverview } from '../../library/quality-map.ts';
import type { RowCounts } from '../../quality/counts.ts';

/** What is there in a calendar month. */
export interface MonthTotals {
  /** The first row of the month, and its date. */
  readonly row: number;
  readonly date: string;
  readonly sessions: number;
  readonly expected: number;
  readonly present: number;
  readonly outside: number;
}

export function monthTotals({ rows, byDate }: MapOverview, counts: RowCounts): MonthTotals[] {
  const months: { -readonly [K in keyof MonthTotals]: MonthTotals[K] }[] = [];
  for (const [row, { date, stretches }] of rows.entries()) {
    let month = months.at(-1);
    if (month?.date.slice(0, 7) !== date.slice(0, 7))
      months.push((month = { row, date, sessions: 0, expected: 0, present: 0, outside: 0 }));
    month!.sessions += byDate ? stretches.length : Number(stretches.length > 0);
    month!.expected += counts.expected[row]!;
    month!.present += counts.present[row]!;
    month!.outside += counts.outside[row]!;
  }
  return months;
}
