import type { FlaggedGrid, MapOverview } from '../../library/quality-map.ts';
import { day, hour, minute } from '../../time/instant.ts';
import { dayLabel, monthLabel, percentLabel } from '../labels.ts';
import { cellKind } from './cell-kind.ts';
import type { Cell, MapLayout } from './geometry.ts';
import { drawFlag, type MapColours, type MapPaint } from './paint.ts';

/** What is drawn of a map. */
export interface MapScene {
  readonly overview: MapOverview;
  readonly layout: MapLayout;
  readonly scroll: { readonly x: number; readonly y: number };
  readonly size: { readonly width: number; readonly height: number };
  readonly colours: MapColours;
  readonly paint: MapPaint;
  tileAt(line: number, column: number): [tile: FlaggedGrid | undefined, at: number];
  /** Percent of a line's slots that have a bar; NaN where none is expected. */
  quality(line: number): number;
  readonly cursor: Cell | undefined;
  readonly pointed: Cell | undefined;
}

/** Lines and columns that are in sight, the ends not included. */
export function inSight({ layout, scroll, size }: Pick<MapScene, 'layout' | 'scroll' | 'size'>): {
  lines: [number, number];
  columns: [number, number];
} {
  const { margins, columnWidth } = layout;
  const bounded = (value: number, most: number): number => Math.max(0, Math.min(most, value));
  return {
    lines: [
      bounded(Math.floor(scroll.y / layout.line), layout.lines),
      bounded(Math.ceil((scroll.y + size.height - margins.top) / layout.line), layout.lines),
    ],
    columns: [
      bounded(Math.floor(scroll.x / columnWidth), layout.columns),
      bounded(Math.ceil((scroll.x + size.width - margins.left - margins.right) / columnWidth), layout.columns),
    ],
  };
}

const font = '11px system-ui, "DejaVu Sans", sans-serif';
/** From this height on a line has room for its date and its share. */
const readable = 15;

export function drawMap(context: CanvasRenderingContext2D, scene: MapScene): void {
  const { layout, scroll, size, colours } = scene;
  const { margins, columnWidth } = layout;
  const { lines, columns } = inSight(scene);
  const x = (column: number): number => Math.round(margins.left + column * columnWidth - scroll.x);
  const y = (line: number): number => Math.round(margins.top + line * layout.line - scroll.y);
  context.fillStyle = colours.panel;
  context.fillRect(0, 0, size.width, size.height);
  for (let line = lines[0]; line < lines[1]; line++) drawLine(context, scene, line, columns, x, y(line));
  for (let line = lines[0]; line < lines[1]; line++) drawFlags(context, scene, line, columns, x, y(line));
  for (const [cell, colour, width] of [
    [scene.pointed, colours.mute, 1],
    [scene.cursor, colours.text, 2],
  ] as const) {
    if (!cell) continue;
    const wide = Math.max(3, x(cell.column + 1) - x(cell.column));
    context.strokeStyle = colour;
    context.lineWidth = width;
    context.strokeRect(x(cell.column) - 1, y(cell.line) - 1, wide + 2, Math.max(3, layout.line) + 1);
  }
  drawDates(context, scene, lines, y);
  drawTimes(context, scene, x);
}

function drawLine(
  context: CanvasRenderingContext2D,
  { layout, paint, colours, tileAt }: MapScene,
  line: number,
  columns: readonly [number, number],
  x: (column: number) => number,
  top: number,
): void {
  const high = layout.line - (layout.line >= 10 ? 1 : 0);
  const kindAt = (column: number): keyof MapPaint | 'shut' | undefined => {
    const [tile, at] = tileAt(line, column);
    return tile && cellKind(tile.expected[at]!, tile.present[at]!, tile.outside[at]!);
  };
  for (let from = columns[0]; from < columns[1];) {
    const kind = kindAt(from);
    let to = from + 1;
    while (to < columns[1] && kindAt(to) === kind) to++;
    if (kind !== 'shut') {
      context.fillStyle = kind === undefined ? colours.raise : paint[kind];
      // Slots that are wide enough are told apart.
      if (layout.columnWidth >= 8 && kind !== undefined)
        for (let column = from; column < to; column++)
          context.fillRect(x(column), top, x(column + 1) - x(column) - 1, high);
      else context.fillRect(x(from), top, x(to) - x(from), high);
    }
    from = to;
  }
}

/** Marks the runs of cells with flagged bars. */
function drawFlags(
  context: CanvasRenderingContext2D,
  { layout, colours, tileAt }: MapScene,
  line: number,
  columns: readonly [number, number],
  x: (column: number) => number,
  top: number,
): void {
  const isFlagged = (column: number): boolean => {
    const [tile, at] = tileAt(line, column);
    return tile !== undefined && tile.flagged[at]! > 0;
  };
  for (let from = columns[0]; from < columns[1]; from++) {
    if (!isFlagged(from)) continue;
    let to = from + 1;
    while (to < columns[1] && isFlagged(to)) to++;
    drawFlag(context, colours, { left: x(from), top, width: x(to) - x(from), height: layout.line });
    from = to;
  }
}

function drawDates(
  context: CanvasRenderingContext2D,
  { overview, layout, size, colours, quality }: MapScene,
  lines: readonly [number, number],
  y: (line: number) => number,
): void {
  const { margins, zoom, firstRow } = layout;
  context.fillStyle = colours.panel;
  context.fillRect(0, 0, margins.left, size.height);
  context.fillRect(size.width - margins.right, 0, margins.right, size.height);
  context.font = font;
  context.textBaseline = 'middle';
  let free = -Infinity;
  const isMonths = zoom.byMonth || overview.byDate;
  for (let line = lines[0]; line < lines[1]; line++) {
    const { date, stretches } = overview.rows[firstRow[line]!]!;
    const middle = y(line) + layout.line / 2;
    if (layout.line >= readable) {
      const share = quality(line);
      context.fillStyle = stretches.length === 0 ? colours.mute : colours.text;
      const words = isMonths ? monthLabel(date) : margins.left < 100 ? dayLabel(date).slice(0, -5) : dayLabel(date);
      context.fillText(words, 4, middle);
      context.fillStyle = colours.mute;
      context.textAlign = 'right';
      if (!Number.isNaN(share)) context.fillText(percentLabel(share), size.width - 6, middle);
      context.textAlign = 'left';
      continue;
    }
    const before = line === 0 ? '' : overview.rows[firstRow[line - 1]!]!.date;
    const begins = overview.byDate ? date.slice(0, 4) !== before.slice(0, 4) : date.slice(0, 7) !== before.slice(0, 7);
    const top = y(line) + 6;
    if ((begins || line === lines[0]) && top > free) {
      context.fillStyle = colours.text;
      context.fillText(overview.byDate ? date.slice(0, 4) : monthLabel(date), 4, Math.max(margins.top + 6, top));
      free = Math.max(margins.top + 6, top) + 14;
    }
  }
}

const timeSteps = [
  minute,
  5 * minute,
  15 * minute,
  30 * minute,
  hour,
  2 * hour,
  3 * hour,
  4 * hour,
  6 * hour,
  12 * hour,
];

function drawTimes(
  context: CanvasRenderingContext2D,
  { overview, layout, size, colours }: MapScene,
  x: (column: number) => number,
): void {
  const { margins, columnMs, columnWidth, columns, from } = layout;
  context.fillStyle = colours.panel;
  context.fillRect(0, 0, size.width, margins.top);
  context.fillStyle = colours.line;
  context.fillRect(0, margins.top - 1, size.width, 1);
  context.font = font;
  context.textBaseline = 'middle';
  context.textAlign = 'center';
  const least = overview.byDate ? 22 : 52;
  const step = overview.byDate
    ? day * Math.ceil(least / columnWidth)
    : (timeSteps.find((each) => (each / columnMs) * columnWidth >= least) ?? day);
  const [left, right] = [margins.left, size.width - margins.right];
  for (let at = Math.ceil(from / step) * step; at <= from + columns * columnMs; at += step) {
    const place = x((at - from) / columnMs) + (overview.byDate ? columnWidth / 2 : 0);
    if (place < left || place > right) continue;
    context.fillStyle = colours.edge;
    if (!overview.byDate) context.fillRect(place, margins.top - 5, 1, 4);
    context.fillStyle = colours.mute;
    context.fillText(
      overview.byDate ? (at < 31 * day ? String(at / day + 1) : '') : wallLabel(at),
      place,
      margins.top / 2 - 1,
    );
  }
  context.textAlign = 'left';
}

/** `09:30` of milliseconds after midnight; of the day before where they are negative. */
export function wallLabel(ms: number): string {
  const minutes = Math.floor((((ms % day) + day) % day) / minute);
  return `${String(Math.floor(minutes / 60)).padStart(2, '0')}:${String(minutes % 60).padStart(2, '0')}`;
}
