import type { pageColours } from '../panels/colours.ts';
import { heatOf, type HeatMap, type HeatSquare } from './heat-map.ts';

type Colours = ReturnType<typeof pageColours>;

/** Of the colour itself so much at most, so that text on it can be read. */
const most = 60;

/** The colour of a value: from the panel to one colour, or where both signs occur to one for each. */
export function heatColour(value: number, map: Pick<HeatMap, 'low' | 'high'>, colours: Colours): string {
  const heat = heatOf(value, map);
  const isSigned = map.low < 0 && map.high > 0;
  const colour = !isSigned ? colours.info : heat < 0 ? colours.down : colours.up;
  return `color-mix(in oklab, ${colour} ${(8 + (most - 8) * Math.abs(heat)).toFixed(1)}%, ${colours.panel})`;
}

/** Where the squares lie, in CSS pixels. */
export interface HeatLayout {
  readonly left: number;
  readonly top: number;
  readonly width: number;
  readonly height: number;
}

export function layoutOf(map: HeatMap, width: number, height: number): HeatLayout {
  const [left, bottom, top] = [64, 34, 6];
  const columns = Math.max(1, map.columns.length);
  const lines = Math.max(1, map.lines.length);
  return {
    left,
    top,
    width: Math.max(1, Math.min(120, (width - left - 8) / columns)),
    height: Math.max(1, Math.min(48, (height - top - bottom) / lines)),
  };
}

export interface HeatScene {
  readonly map: HeatMap;
  readonly layout: HeatLayout;
  readonly colours: Colours;
  readonly cursor: { readonly line: number; readonly column: number } | undefined;
  /** What stands in a square that has a value. */
  readonly words: (square: HeatSquare) => string;
  /** Labels of the axes. */
  readonly across: string;
  readonly down: string;
}

export function drawHeat(context: CanvasRenderingContext2D, scene: HeatScene): void {
  const { map, layout, colours, cursor, words } = scene;
  const { left, top, width, height } = layout;
  context.font = '11px system-ui, sans-serif';
  context.textBaseline = 'middle';
  map.squares.forEach((line, y) =>
    line.forEach((square, x) => {
      const { value } = square;
      const [at, over] = [left + x * width, top + y * height];
      const gap = width > 6 && height > 6 ? 1 : 0;
      if (value === null) {
        hatch(context, at, over, width - gap, height - gap, colours.line);
        return;
      }
      context.fillStyle = heatColour(value, map, colours);
      context.fillRect(at, over, width - gap, height - gap);
      const text = words(square);
      if (height < 15 || context.measureText(text).width > width - 6) return;
      context.fillStyle = colours.text;
      context.textAlign = 'center';
      context.fillText(text, at + width / 2, over + height / 2);
    }),
  );
  drawAxes(context, scene);
  if (!cursor) return;
  context.strokeStyle = colours.text;
  context.lineWidth = 2;
  context.strokeRect(left + cursor.column * width, top + cursor.line * height, width - 1, height - 1);
}

function drawAxes(context: CanvasRenderingContext2D, { map, layout, colours, across, down }: HeatScene): void {
  const { left, top, width, height } = layout;
  context.fillStyle = colours.mute;
  context.textAlign = 'right';
  const everyLine = Math.max(1, Math.ceil(14 / height));
  map.lines.forEach((value, y) => {
    if ((map.lines.length - 1 - y) % everyLine === 0)
      context.fillText(String(value), left - 6, top + (y + 0.5) * height);
  });
  context.textAlign = 'center';
  const everyColumn = Math.max(1, Math.ceil(44 / width));
  const bottom = top + map.lines.length * height;
  map.columns.forEach((value, x) => {
    if (x % everyColumn === 0) context.fillText(String(value), left + (x + 0.5) * width, bottom + 9);
  });
  context.textAlign = 'left';
  context.fillText(`→ ${across}`, left, bottom + 25);
  context.save();
  context.translate(9, bottom);
  context.rotate(-Math.PI / 2);
  context.fillText(`→ ${down}`, 0, 0);
  context.restore();
}

/** What has no value is hatched. */
function hatch(
  context: CanvasRenderingContext2D,
  x: number,
  y: number,
  width: number,
  height: number,
  colour: string,
): void {
  context.save();
  context.beginPath();
  context.rect(x, y, width, height);
  context.clip();
  context.strokeStyle = colour;
  context.lineWidth = 1;
  context.beginPath();
  for (let d = -height; d < width; d += 6) {
    context.moveTo(x + d, y + height);
    context.lineTo(x + d + height, y);
  }
  context.stroke();
  context.restore();
}
