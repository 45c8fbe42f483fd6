import type { PictureCurve } from '../../memory/account-picture.ts';
import type { Plot } from '../chart/plots.ts';
import type { PriceScale } from '../chart/price-scale.ts';
import { priceLines } from '../chart/price-scale.ts';
import type { CurvePoint } from './curve-points.ts';

export type CurveColours = Readonly<Record<'line' | 'mute' | 'down' | 'trace-1', string>>;

/** What is drawn of the account: its worth above, and under it how far it lies below its highest, hanging from the top. */
export interface CurveDrawing {
  readonly curve: PictureCurve;
  readonly points: readonly CurvePoint[];
  readonly worth: { readonly plot: Plot; readonly scale: PriceScale; label(value: number): string };
  /** `deepest` is at the bottom of its plot; negative. */
  readonly drawdown: { readonly plot: Plot; readonly deepest: number; label(share: number): string };
}

const font = '11px system-ui, "Segoe UI", Roboto, "DejaVu Sans", sans-serif';

/** Pixels between a plot and its labels. */
const apart = 8;

export function drawCurve(pen: CanvasRenderingContext2D, drawing: CurveDrawing, colours: CurveColours): void {
  const { curve, points, worth, drawdown } = drawing;
  const { plot, scale } = worth;
  pen.font = font;
  pen.textBaseline = 'middle';
  const y = (value: number): number => plot.y + ((scale.high - value) / (scale.high - scale.low)) * plot.height;
  pen.lineWidth = 1;
  for (const value of priceLines(scale)) {
    pen.strokeStyle = colours.line;
    line(pen, plot.x, Math.round(y(value)) + 0.5, plot.x + plot.width);
    pen.fillStyle = colours.mute;
    pen.fillText(worth.label(value), plot.x + plot.width + apart, y(value));
  }
  pen.save();
  pen.beginPath();
  pen.rect(plot.x, plot.y, plot.width, drawdown.plot.y + drawdown.plot.height - plot.y);
  pen.clip();
  pen.strokeStyle = colours['trace-1'];
  strokeWorth(pen, curve, points, y);
  drawDrawdown(pen, curve, points, drawdown, colours);
  pen.restore();
  const under = drawdown.plot;
  pen.strokeStyle = colours.line;
  line(pen, under.x, Math.round(under.y) - 0.5, under.x + under.width);
  pen.fillStyle = colours.mute;
  pen.textBaseline = 'bottom';
  pen.fillText(drawdown.label(drawdown.deepest), under.x + under.width + apart, under.y + under.height);
}

/** A line through the last worths, with a stroke from the lowest to the highest where a point is made of several. */
export function strokeWorth(
  pen: CanvasRenderingContext2D,
  { low, high, last }: Pick<PictureCurve, 'low' | 'high' | 'last'>,
  points: readonly CurvePoint[],
  y: (value: number) => number,
): void {
  pen.beginPath();
  pen.lineWidth = 1.4;
  points.forEach(({ x, place }, i) => {
    if (i === 0) pen.moveTo(x, y(last[place]!));
    else pen.lineTo(x, y(last[place]!));
    if (low[place] === high[place]) return;
    pen.moveTo(x, y(low[place]!));
    pen.lineTo(x, y(high[place]!));
    pen.moveTo(x, y(last[place]!));
  });
  pen.stroke();
}

function drawDrawdown(
  pen: CanvasRenderingContext2D,
  { drawdown: shares }: PictureCurve,
  points: readonly CurvePoint[],
  { plot, deepest }: CurveDrawing['drawdown'],
  colours: CurveColours,
): void {
  const [first, final] = [points[0], points.at(-1)];
  if (!first || !final) return;
  pen.beginPath();
  pen.moveTo(first.x, plot.y);
  for (const { x, place } of points) pen.lineTo(x, plot.y + (shares[place]! / deepest) * plot.height);
  pen.lineTo(final.x, plot.y);
  pen.closePath();
  pen.fillStyle = colours.down;
  pen.globalAlpha = 0.35;
  pen.fill();
  pen.globalAlpha = 1;
  pen.strokeStyle = colours.down;
  pen.lineWidth = 1;
  pen.stroke();
}

function line(pen: CanvasRenderingContext2D, from: number, y: number, to: number): void {
  pen.beginPath();
  pen.moveTo(from, y);
  pen.lineTo(to, y);
  pen.stroke();
}
