import type { MapOverview } from '../../library/quality-map.ts';
import { day } from '../../time/instant.ts';

/** How much of the map is seen at once, from years to the minute. */
export interface ZoomStep {
  readonly name: string;
  /** Least height of a line, in pixels. */
  readonly line: number;
  /** A line is a month rather than a row. */
  readonly byMonth: boolean;
  /** Least width of a slot in pixels; 0: as much as there is room for, several slots to a column. */
  readonly slot: number;
}

export const zoomSteps: readonly ZoomStep[] = [
  { name: 'years', line: 16, byMonth: true, slot: 0 },
  { name: 'months', line: 4, byMonth: false, slot: 0 },
  { name: 'weeks', line: 10, byMonth: false, slot: 0 },
  { name: 'days', line: 20, byMonth: false, slot: 4 },
  { name: 'minutes', line: 28, byMonth: false, slot: 14 },
];

/** Bars of a day have months as rows already, and no minutes. */
const dailyZoomSteps: readonly ZoomStep[] = [
  { name: 'years', line: 8, byMonth: false, slot: 0 },
  { name: 'months', line: 20, byMonth: false, slot: 0 },
];

/** Room beside the plot, in pixels: for dates and shares, and for times above it. */
export interface MapMargins {
  readonly left: number;
  readonly right: number;
  readonly top: number;
}

/** A map at one zoom and width, ready to be drawn. */
export interface MapLayout {
  readonly zoom: ZoomStep;
  readonly margins: MapMargins;
  /** By line the first of its rows, and one more: the number of rows. */
  readonly firstRow: Int32Array;
  readonly lines: number;
  /** Height of a line, in pixels: more than that of the zoom where there is room for all of them. */
  readonly line: number;
  /** Time of the left end, from the rows' anchors, and of a column, in milliseconds. */
  readonly from: number;
  readonly columnMs: number;
  readonly columns: number;
  readonly columnWidth: number;
  /** Size of all of it, in pixels. */
  readonly width: number;
  readonly height: number;
}

/** Lengths of a column, in slots. */
const columnSlots = [1, 2, 3, 5, 6, 10, 15, 20, 30, 60, 120, 180, 240, 360, 720, 1_440];
/** A column of several slots is at least so wide, in pixels. */
const leastColumn = 2;
/** One of a single slot at most. */
const mostColumn = 40;
/** A line for which there is room is no higher, in pixels. */
const mostLine = 28;

export function layoutOf(
  overview: MapOverview,
  zoom: ZoomStep,
  { width, height }: { readonly width: number; readonly height: number },
  margins: MapMargins,
): MapLayout {
  const { rows, slotMs, byDate } = overview;
  const firstRow = zoom.byMonth
    ? firstOfMonths(rows.map(({ date }) => date))
    : Int32Array.from({ length: rows.length + 1 }, (_, i) => i);
  const span = byDate ? { from: 0, until: 31 * day } : overview.span;
  const room = Math.max(60, width - margins.left - margins.right);
  const duration = Math.max(slotMs, span.until - span.from);
  const fitting =
    columnSlots.find((slots) => (duration / (slots * slotMs)) * leastColumn <= room) ??
    Math.ceil((duration * leastColumn) / room / slotMs);
  const columnMs = (zoom.slot > 0 ? 1 : fitting) * slotMs;
  const from = Math.floor(span.from / columnMs) * columnMs;
  const columns = Math.max(1, Math.ceil((span.until - from) / columnMs));
  const columnWidth = Math.max(zoom.slot, Math.min(mostColumn, room / columns));
  const lines = firstRow.length - 1;
  const line = Math.max(zoom.line, Math.min(mostLine, Math.floor((height - margins.top) / lines)));
  return {
    zoom,
    margins,
    firstRow,
    lines,
    line,
    from,
    columnMs,
    columns,
    columnWidth,
    width: margins.left + columns * columnWidth + margins.right,
    height: margins.top + lines * line,
  };
}

/** Places of the first dates of months, and the number of dates. */
function firstOfMonths(dates: readonly string[]): Int32Array {
  const firsts = dates.flatMap((date, i) => (i === 0 || date.slice(0, 7) !== dates[i - 1]!.slice(0, 7) ? [i] : []));
  return Int32Array.from([...firsts, dates.length]);
}

/** The line of a row. */
export function lineOf({ firstRow, lines }: MapLayout, row: number): number {
  let low = 0;
  let high = lines;
  while (high - low > 1) {
    const middle = (low + high) >> 1;
    if (firstRow[middle]! <= row) low = middle;
    else high = middle;
  }
  return low;
}

/** A cell of the map. */
export interface Cell {
  readonly line: number;
  readonly column: number;
}

/** The cell at a point of the whole map, in pixels; undefined beside all of them. */
export function cellAt(layout: MapLayout, x: number, y: number): Cell | undefined {
  const line = Math.floor((y - layout.margins.top) / layout.line);
  const column = Math.floor((x - layout.margins.left) / layout.columnWidth);
  const isIn = line >= 0 && line < layout.lines && column >= 0 && column < layout.columns;
  return isIn ? { line, column } : undefined;
}

/** The cell of a time in a row. */
export function cellOf(layout: MapLayout, overview: MapOverview, row: number, at: number): Cell {
  const column = Math.floor((at - overview.rows[row]!.anchor - layout.from) / layout.columnMs);
  return { line: lineOf(layout, row), column: Math.max(0, Math.min(layout.columns - 1, column)) };
}

/** The zoom at which a map is opened: the closest one at which most of it is in sight. */
export function openingZoom(overview: MapOverview, height: number): number {
  const steps = stepsOf(overview);
  const fits = steps.findLastIndex(
    ({ line, byMonth, slot }) => slot === 0 && !byMonth && overview.rows.length * line <= Math.max(height, 200) * 1.5,
  );
  return Math.max(0, fits);
}

export function stepsOf({ byDate }: MapOverview): readonly ZoomStep[] {
  return byDate ? dailyZoomSteps : zoomSteps;
}
