import type { ThinCurve } from '../../player/thin-curve.ts';
import type { pageColours } from '../panels/colours.ts';
import { priceLines, priceScale, stepDecimals } from '../chart/price-scale.ts';
import type { SlotAxis } from '../chart/slot-axis.ts';
import { strokeWorth } from '../trading/draw-curve.ts';

/** The equity of the run, and what it would be; both over the slots of the run. */
export interface CurvesScene {
  readonly own: ThinCurve;
  readonly tried: ThinCurve | null;
  readonly axis: Pick<SlotAxis, 'positionAt'>;
  readonly width: number;
  readonly height: number;
  readonly colours: ReturnType<typeof pageColours>;
}

/** Pixels beside and around the plot; at the right stand the labels. */
const [right, margin] = [66, 8];

export function drawCurves(pen: CanvasRenderingContext2D, scene: CurvesScene): void {
  const { own, tried, axis, width, height, colours } = scene;
  const curves = [own, ...(tried ? [tried] : [])];
  const [from, to] = [axis.positionAt(own.time[0]!), axis.positionAt(own.time.at(-1)!)];
  const [wide, high] = [width - right - margin, height - 2 * margin];
  if (wide <= 0 || high <= 0) return;
  const scale = priceScale(leastOf(curves), mostOf(curves), 4, undefined);
  const x = (time: number): number => margin + ((axis.positionAt(time) - from) / Math.max(1, to - from)) * wide;
  const y = (worth: number): number => margin + ((scale.high - worth) / (scale.high - scale.low)) * high;
  pen.font = '11px system-ui, "Segoe UI", Roboto, "DejaVu Sans", sans-serif';
  pen.textBaseline = 'middle';
  pen.lineWidth = 1;
  const decimals = stepDecimals(scale);
  for (const worth of priceLines(scale)) {
    const at = Math.round(y(worth)) + 0.5;
    pen.strokeStyle = colours.line;
    pen.beginPath();
    pen.moveTo(margin, at);
    pen.lineTo(margin + wide, at);
    pen.stroke();
    pen.fillStyle = colours.mute;
    pen.fillText(worth.toLocaleString('en-US', { minimumFractionDigits: decimals }), margin + wide + 6, at);
  }
  const stroke = (curve: ThinCurve): void =>
    strokeWorth(
      pen,
      curve,
      Array.from(curve.time, (time, place) => ({ x: x(time), place })),
      y,
    );
  pen.strokeStyle = colours['trace-1'];
  stroke(own);
  if (!tried) return;
  pen.strokeStyle = colours['trace-3'];
  pen.setLineDash([5, 3]);
  stroke(tried);
  pen.setLineDash([]);
}

function leastOf(curves: readonly ThinCurve[]): number {
  return curves.reduce((least, { low }) => low.reduce((a, b) => Math.min(a, b), least), Infinity);
}

function mostOf(curves: readonly ThinCurve[]): number {
  return curves.reduce((most, { high }) => high.reduce((a, b) => Math.max(a, b), most), -Infinity);
}
