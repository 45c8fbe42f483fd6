import type { pageColours } from '../panels/colours.ts';
import type { Upright } from './parallel.ts';

/** Margins and size, in CSS pixels. */
export interface LinesLayout {
  readonly left: number;
  readonly right: number;
  readonly top: number;
  readonly bottom: number;
  readonly width: number;
  readonly height: number;
}

export interface LinesScene {
  readonly axes: readonly Upright[];
  /** Lines, the best first. */
  readonly count: number;
  readonly layout: LinesLayout;
  readonly colours: ReturnType<typeof pageColours>;
  /** The line that is told apart; -1 for none. */
  readonly marked: number;
}

/** Lines that are drawn one by one; of more every n-th is, for nobody tells them apart. */
const mostLines = 3_000;

export function drawLines(
  context: CanvasRenderingContext2D,
  { axes, count, layout, colours, marked }: LinesScene,
): void {
  const { left, right, top, bottom, width, height } = layout;
  const [wide, high] = [width - left - right, height - top - bottom];
  const xOf = (axis: number): number => left + (axes.length === 1 ? 0 : (wide * axis) / (axes.length - 1));
  const yOf = (place: number): number => top + (1 - place) * high;
  const line = (row: number): void => {
    context.beginPath();
    axes.forEach(({ at }, i) => {
      if (i === 0) context.moveTo(xOf(i), yOf(at[row]!));
      else context.lineTo(xOf(i), yOf(at[row]!));
    });
    context.stroke();
  };
  const stride = Math.ceil(count / mostLines);
  const faint = Math.min(1, 60 / Math.max(1, count / stride));
  context.lineWidth = 1;
  context.strokeStyle = colours.accent;
  // The worst first, so that the best lie on top.
  for (let row = count - 1; row >= 0; row -= stride) {
    const rank = count === 1 ? 0 : row / (count - 1);
    context.globalAlpha = 0.12 + 0.88 * (1 - rank) ** 3 * (0.3 + 0.7 * faint);
    line(row);
  }
  context.globalAlpha = 1;
  drawUprights(context, axes, colours, xOf, yOf);
  if (marked < 0 || marked >= count) return;
  context.lineWidth = 3;
  context.strokeStyle = colours.text;
  line(marked);
}

function drawUprights(
  context: CanvasRenderingContext2D,
  axes: readonly Upright[],
  colours: LinesScene['colours'],
  xOf: (axis: number) => number,
  yOf: (place: number) => number,
): void {
  context.font = '11px system-ui, sans-serif';
  context.lineWidth = 1;
  axes.forEach(({ name, marks }, i) => {
    const x = xOf(i);
    context.strokeStyle = colours.edge;
    context.beginPath();
    context.moveTo(x, yOf(0));
    context.lineTo(x, yOf(1));
    context.stroke();
    context.fillStyle = colours.text;
    context.textAlign = 'center';
    context.textBaseline = 'bottom';
    context.fillText(name, x, yOf(1) - 8);
    context.textAlign = 'left';
    context.textBaseline = 'middle';
    for (const [text, place] of marks) {
      const y = yOf(place);
      context.fillStyle = colours.panel;
      context.globalAlpha = 0.8;
      context.fillRect(x + 4, y - 7, context.measureText(text).width + 4, 14);
      context.globalAlpha = 1;
      context.fillStyle = colours.mute;
      context.fillText(text, x + 6, y);
    }
  });
}
