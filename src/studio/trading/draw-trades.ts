import type { Plot } from '../chart/plots.ts';
import type { TradeMark } from './trade-marks.ts';

/** Colours of the page. */
export type TradeColours = Readonly<Record<'up' | 'down' | 'info' | 'accent' | 'text' | 'panel', string>>;

/** Half the width of a mark, in pixels. */
const half = 5;

/**
 * Draws trades over the candles of a pane: an arrowhead at the entry that points up where it is long and down where it is short, a
 * diamond at the exit, a line between them, unbroken of a gain and dashed of a loss. A ring is about the ends of one with a doubtful
 * fill; the chosen one is drawn heavier.
 */
export function drawTrades(
  pen: CanvasRenderingContext2D,
  marks: readonly TradeMark[],
  { x, y, width, height }: Plot,
  colours: TradeColours,
  chosen: string | undefined,
): void {
  pen.save();
  pen.beginPath();
  pen.rect(x, y, width, height);
  pen.clip();
  for (const mark of marks) drawLine(pen, mark, colours, mark.row.key === chosen);
  for (const mark of marks) drawEnds(pen, mark, colours, mark.row.key === chosen);
  pen.restore();
}

function drawLine(
  pen: CanvasRenderingContext2D,
  { row, entry, exit }: TradeMark,
  colours: TradeColours,
  isChosen: boolean,
): void {
  pen.beginPath();
  pen.setLineDash(row.profit > 0 ? [] : [4, 3]);
  pen.strokeStyle = row.profit > 0 ? colours.up : colours.down;
  pen.lineWidth = isChosen ? 2.5 : 1.2;
  pen.moveTo(entry.x, entry.y);
  pen.lineTo(exit.x, exit.y);
  pen.stroke();
  pen.setLineDash([]);
}

function drawEnds(
  pen: CanvasRenderingContext2D,
  { row, entry, exit }: TradeMark,
  colours: TradeColours,
  isChosen: boolean,
): void {
  const size = isChosen ? half + 2 : half;
  const toward = row.size > 0 ? 1 : -1;
  pen.lineWidth = 1.2;
  pen.strokeStyle = colours.panel;
  pen.fillStyle = isChosen ? colours.accent : colours.info;
  // The tip is at the price.
  pen.beginPath();
  pen.moveTo(entry.x, entry.y);
  pen.lineTo(entry.x - size, entry.y + toward * size * 1.7);
  pen.lineTo(entry.x + size, entry.y + toward * size * 1.7);
  pen.closePath();
  pen.fill();
  pen.stroke();
  if (row.exit) {
    pen.beginPath();
    pen.moveTo(exit.x, exit.y - size);
    pen.lineTo(exit.x + size, exit.y);
    pen.lineTo(exit.x, exit.y + size);
    pen.lineTo(exit.x - size, exit.y);
    pen.closePath();
    pen.fillStyle = colours.panel;
    pen.strokeStyle = isChosen ? colours.accent : colours.text;
    pen.fill();
    pen.stroke();
  }
  if (row.doubts === 0) return;
  pen.strokeStyle = colours.accent;
  for (const end of row.exit ? [entry, exit] : [entry]) {
    pen.beginPath();
    pen.arc(end.x, end === entry ? end.y + toward * size * 0.9 : end.y, size + 4, 0, 2 * Math.PI);
    pen.stroke();
  }
}
