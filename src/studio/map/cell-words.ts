import type { MapOverview } from '../../library/quality-map.ts';
import { dayText } from '../../time/day.ts';
import { day } from '../../time/instant.ts';
import { countLabel, dayLabel, minuteLabel, monthLabel, placeLabel, several, timeLabel, zoneLabel } from '../labels.ts';
import { wallLabel } from './draw-map.ts';
import type { Cell, MapLayout } from './geometry.ts';
import type { CellCounts } from './map-view.svelte.ts';

/** Where a cell is: `Tue 8 Oct 2013, 10:47 to 10:48 EDT`. */
export function placeWords(overview: MapOverview, layout: MapLayout, { line, column }: Cell): string {
  const row = overview.rows[layout.firstRow[line]!]!;
  const from = row.anchor + layout.from + column * layout.columnMs;
  const until = from + layout.columnMs;
  if (overview.byDate) return dayLabel(dayText(from / day));
  if (layout.zoom.byMonth) {
    const wall = layout.from + column * layout.columnMs;
    return `${monthLabel(row.date)}, ${wallLabel(wall)} to ${wallLabel(wall + layout.columnMs)} ${placeLabel(overview.zone)} time`;
  }
  const clock = layout.columnMs % 60_000 === 0 ? minuteLabel : timeLabel;
  const early = row.early ? ', early close' : '';
  return `${dayLabel(row.date)}, ${clock(from, overview.zone)} to ${clock(until, overview.zone)} ${zoneLabel(from, overview.zone)}${early}`;
}

/** What is there in a cell, in words; `noun` is that of a bar, or of the minutes in which quotes or ticks are. */
export function factWords(
  overview: MapOverview,
  layout: MapLayout,
  cell: Cell,
  { expected, present, outside, flagged }: CellCounts,
  symbol: number | null,
): string {
  const signs = flagged === 0 ? '' : several(flagged, 'flag');
  const beside = [outside === 0 ? '' : `${several(outside, 'bar')} outside the session`, signs]
    .filter((words) => words !== '')
    .join(', ');
  if (expected === 0 && outside === 0)
    return [absentWords(overview, layout, cell, symbol), ...(signs === '' ? [] : [signs])].join(', ');
  if (expected === 0) return beside;
  const what =
    expected === 1
      ? present === 1
        ? 'present'
        : 'missing'
      : present === expected
        ? `all ${countLabel(expected)} present`
        : present === 0
          ? `all ${countLabel(expected)} missing`
          : `${countLabel(expected - present)} of ${countLabel(expected)} missing`;
  return beside ? `${what}, ${beside}` : what;
}

/** Why nothing is expected in a cell. */
function absentWords(
  { rows, symbols }: MapOverview,
  layout: MapLayout,
  { line, column }: Cell,
  symbol: number | null,
): string {
  const row = rows[layout.firstRow[line]!]!;
  const from = row.anchor + layout.from + column * layout.columnMs;
  const isOpen = row.stretches.some(({ start, end }) => from < end && from + layout.columnMs > start);
  if (!isOpen || symbol === null) return row.stretches.length === 0 ? 'no session' : 'the market is shut';
  const { name, first } = symbols[symbol]!;
  return from < first ? `not expected: ${name} begins later` : `not expected: ${name} has ended`;
}
