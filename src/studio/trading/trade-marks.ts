import { timeX } from '../chart/places.ts';
import type { Plot } from '../chart/plots.ts';
import type { SlotAxis } from '../chart/slot-axis.ts';
import type { Span } from '../chart/viewport.ts';
import type { TradeRow } from './trade-rows.ts';

/** A trade as it is drawn, in pixels of the chart. */
export interface TradeMark {
  readonly row: TradeRow;
  readonly entry: { readonly x: number; readonly y: number };
  /** Where it was left, or the latest bar of one that is open. */
  readonly exit: { readonly x: number; readonly y: number };
}

/** What a pane says of where things are drawn. */
export interface MarkFrame {
  readonly axis: SlotAxis;
  readonly span: Span;
  readonly plot: Plot;
  /** Position of the latest bar. */
  readonly now: number;
  y(price: number): number;
}

/** More marks than this in a pane are not told apart: of those that begin in the same pixels one is drawn. */
const crowdedPixels = 3;

/** The marks of trades that are in sight. Of a crowd those that begin in the same pixels on the same side are one. */
export function marksOf(
  rows: readonly TradeRow[],
  latestPrice: number,
  { axis, span, plot, now, y }: MarkFrame,
  chosen?: string,
): TradeMark[] {
  const isCrowd = rows.length > plot.width / crowdedPixels;
  const seen = new Set<number>();
  const marks: TradeMark[] = [];
  // In the middle of its slot, as a candle stands.
  const x = (position: number): number => timeX(plot, span, Math.floor(position) + 0.5);
  for (const row of rows) {
    const entryX = x(axis.positionAt(row.entryTime));
    if (isCrowd && row.key !== chosen) {
      const place = Math.round(entryX / crowdedPixels) * 2 + (row.size > 0 ? 1 : 0);
      if (seen.has(place)) continue;
      seen.add(place);
    }
    const exit = row.exit
      ? { x: x(axis.positionAt(row.exit.time)), y: y(row.exit.price) }
      : { x: x(now), y: Number.isNaN(latestPrice) ? y(row.entryPrice) : y(latestPrice) };
    marks.push({ row, entry: { x: entryX, y: y(row.entryPrice) }, exit });
  }
  return marks;
}

/** The mark of which an end is nearest to a point, and not further than so many pixels. */
export function markNear(
  marks: readonly TradeMark[],
  point: { readonly x: number; readonly y: number },
  within: number,
): TradeMark | undefined {
  let nearest: TradeMark | undefined;
  let least = within;
  for (const mark of marks)
    for (const end of [mark.entry, mark.exit]) {
      const away = Math.hypot(end.x - point.x, end.y - point.y);
      if (away > least) continue;
      least = away;
      nearest = mark;
    }
  return nearest;
}
