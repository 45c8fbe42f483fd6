import type { CellKind } from './cell-kind.ts';

/** Colours of the map, as CSS values. */
export interface MapColours {
  readonly up: string;
  readonly down: string;
  readonly fill: string;
  readonly info: string;
  readonly accent: string;
  readonly panel: string;
  readonly raise: string;
  readonly text: string;
  readonly mute: string;
  readonly line: string;
  readonly edge: string;
}

/** What cells are filled with. */
export type MapPaint = Readonly<Record<Exclude<CellKind, 'shut'>, CanvasPattern | string>>;

/** Size of a tile of a pattern, in pixels. */
const tile = 8;

/**
 * Fillings in colour and pattern, for a canvas of that many device pixels a pixel: present is plain, mostly has thin strokes, partly thick
 * ones the other way, missing is crossed on an empty ground, outside is dotted.
 */
export function mapPaint(colours: MapColours, ratio: number): MapPaint {
  const { up, down, fill, info, panel } = colours;
  return {
    present: up,
    mostly: pattern(ratio, up, panel, (context) => strokes(context, 1, 'rising')),
    partly: pattern(ratio, fill, panel, (context) => strokes(context, 2.4, 'falling')),
    missing: pattern(ratio, panel, down, (context) => {
      strokes(context, 1.4, 'rising');
      strokes(context, 1.4, 'falling');
    }),
    outside: pattern(ratio, panel, info, dots),
  };
}

/**
 * Marks cells whose bars are flagged: a bar along their upper edge with a flag hanging from its begin, in the colour of text upon that of
 * the ground, so that it is seen on any filling and without colours.
 */
export function drawFlag(
  context: CanvasRenderingContext2D,
  { text, panel }: Pick<MapColours, 'text' | 'panel'>,
  { left, top, width, height }: Readonly<Record<'left' | 'top' | 'width' | 'height', number>>,
): void {
  const size = Math.max(3, Math.min(8, height - 1));
  for (const [colour, edge] of [
    [panel, 1],
    [text, 0],
  ] as const) {
    context.fillStyle = colour;
    context.fillRect(left - edge, top - edge, Math.max(2, width) + 2 * edge, 1.5 + 2 * edge);
    context.beginPath();
    context.moveTo(left - edge, top - edge);
    context.lineTo(left + size + 2 * edge, top - edge);
    context.lineTo(left - edge, top + size + 2 * edge);
    context.fill();
  }
}

function pattern(
  ratio: number,
  ground: string,
  ink: string,
  draw: (context: CanvasRenderingContext2D) => void,
): CanvasPattern | string {
  const canvas = document.createElement('canvas');
  const size = Math.max(1, Math.round(tile * ratio));
  canvas.width = canvas.height = size;
  const context = canvas.getContext('2d');
  if (!context) return ground;
  context.setTransform(size / tile, 0, 0, size / tile, 0, 0);
  context.fillStyle = ground;
  context.fillRect(0, 0, tile, tile);
  context.strokeStyle = context.fillStyle = ink;
  draw(context);
  const made = context.createPattern(canvas, 'repeat');
  // Patterns are laid in the units of the context that is filled, which are pixels of the page.
  made?.setTransform(new DOMMatrix().scale(tile / size));
  return made ?? ground;
}

function strokes(context: CanvasRenderingContext2D, width: number, way: 'rising' | 'falling'): void {
  context.lineWidth = width;
  context.beginPath();
  for (const shift of [-tile, 0, tile]) {
    context.moveTo(shift - 1, way === 'rising' ? tile + 1 : -1);
    context.lineTo(shift + tile + 1, way === 'rising' ? -1 : tile + 1);
  }
  context.stroke();
}

function dots(context: CanvasRenderingContext2D): void {
  for (const [x, y] of [
    [2, 2],
    [6, 6],
  ] as const) {
    context.beginPath();
    context.arc(x, y, 1.7, 0, 2 * Math.PI);
    context.fill();
  }
}
