import type { Candle, CandleKind } from './candles.ts';
import type { Plot } from './plots.ts';
import type { SessionMarks } from './session-marks.ts';
import { priceBottom, priceY, timeX } from './places.ts';
import { priceLines, type PriceScale } from './price-scale.ts';
import type { SlotAxis } from './slot-axis.ts';
import type { Span } from './viewport.ts';

/** Everything that is drawn in the plot. */
export interface Scene {
  readonly axis: SlotAxis;
  readonly span: Span;
  readonly scale: PriceScale;
  readonly candles: readonly Candle[];
  readonly marks: SessionMarks;
  readonly traces: readonly Trace[];
  /** The last price where it is in sight. */
  readonly last: number | undefined;
  /** The session that is played; what lies before its open is history. */
  readonly session: number;
}

/** A line over the candles. */
export interface Trace {
  /** By place in the bars; NaN where there is none. */
  readonly values: Float64Array;
  /** By place in the bars where the line is broken between sessions; undefined where it goes on. */
  readonly session: Int32Array | undefined;
}

/** What a layer needs of a canvas. */
export interface Pen {
  moveTo(x: number, y: number): void;
  lineTo(x: number, y: number): void;
  rect(x: number, y: number, width: number, height: number): void;
}

/** Share of the plot's height that volume has, at the bottom. */
const volumeShare = 0.16;

export const layers = [
  'prices',
  'past',
  'extended',
  'breaks',
  'opens',
  'volumeUp',
  'volumeDown',
  'volumeFilled',
  'wicksUp',
  'wicksDown',
  'wicksFilled',
  'bodiesUp',
  'bodiesDown',
  'outlinesUp',
  'outlinesDown',
  'dashed',
  'dotted',
  'repaired',
  'late',
  'laneFill',
  'laneInfo',
  'laneIncomplete',
  'veil',
  'last',
] as const;

export type Layer = (typeof layers)[number];

/** Draws one layer of the scene as one path: a frame costs as many paths as there are layers, however many candles. */
export function drawLayer(layer: Layer, scene: Scene, plot: Plot, pen: Pen): void {
  const { span, candles, axis } = scene;
  const perSlot = plot.width / (span.to - span.from);
  const toX = (position: number): number => timeX(plot, span, position);
  const openX = Math.min(plot.x + plot.width, toX(axis.offsets[scene.session] ?? 0));

  if (layer === 'prices' || layer === 'last') {
    const last = scene.last === undefined ? [] : [scene.last];
    // Without a candle the scale stands for nothing.
    const lines = candles.length > 0 ? priceLines(scene.scale) : [];
    for (const price of layer === 'last' ? last : lines) {
      const y = Math.round(priceY(plot, scene.scale, price)) + 0.5;
      pen.moveTo(plot.x, y);
      pen.lineTo(plot.x + plot.width, y);
    }
    return;
  }
  if (layer === 'past' || layer === 'veil') {
    if (openX > plot.x) pen.rect(plot.x, plot.y, openX - plot.x, plot.height);
    return;
  }
  if (layer === 'opens' || layer === 'breaks') {
    for (const position of scene.marks[layer]) {
      const x = Math.round(toX(position)) + 0.5;
      pen.moveTo(x, plot.y);
      pen.lineTo(x, plot.y + plot.height);
    }
    return;
  }
  if (layer === 'extended') {
    for (const { from, to } of scene.marks.extended) {
      const [left, right] = [Math.max(plot.x, toX(from)), Math.min(plot.x + plot.width, toX(to))];
      drawHatch(left, right, plot, pen);
    }
    return;
  }

  if (layer === 'laneFill' || layer === 'laneInfo' || layer === 'laneIncomplete')
    return drawLane(layer, scene, plot, pen);

  const mostVolume = candles.reduce((most, candle) => Math.max(most, candle.volume), 0);
  for (const candle of candles) {
    const slotWidth = candle.width * perSlot;
    const bodyWidth = Math.max(1, slotWidth >= 4 ? Math.floor(slotWidth * 0.68) : slotWidth * 0.8);
    const middle = toX(candle.position + candle.width / 2);
    const left = slotWidth >= 4 ? Math.round(middle - bodyWidth / 2) : middle - bodyWidth / 2;
    drawCandle(layer, candle, left, bodyWidth, mostVolume, scene.scale, plot, pen);
  }
}

/** Slots narrower than this show no shape of a candle: what is not plain gets a sign in a lane under the candles. */
const laneSlotPixels = 5;
const signPixels = 5;

/** Signs of one layer of the lane, so far apart that each can be told. */
function drawLane(layer: 'laneFill' | 'laneInfo' | 'laneIncomplete', scene: Scene, plot: Plot, pen: Pen): void {
  const { span, candles } = scene;
  const perSlot = plot.width / (span.to - span.from);
  const y = plot.y + plot.height * priceBottom;
  const free: Partial<Record<CandleKind, number>> = {};
  for (const { position, width, kind } of candles) {
    if (kind === 'plain' || kind === 'late' || width * perSlot >= laneSlotPixels) continue;
    const x = Math.round(plot.x + (position + width / 2 - span.from) * perSlot - signPixels / 2);
    if (x < (free[kind] ?? -Infinity)) continue;
    free[kind] = x + signPixels + 2;
    if (layer === 'laneFill' && kind === 'filled') pen.rect(x + 0.5, y + 0.5, signPixels - 1, signPixels - 1);
    else if (layer === 'laneFill' && kind === 'madeUp') {
      pen.rect(x + 1.5, y + 0.5, 1, 1);
      pen.rect(x + 1.5, y + 3.5, 1, 1);
    } else if (layer === 'laneInfo' && kind === 'repaired') {
      pen.moveTo(x, y);
      pen.lineTo(x + signPixels, y + signPixels);
      pen.moveTo(x + signPixels, y);
      pen.lineTo(x, y + signPixels);
    } else if (layer === 'laneIncomplete' && kind === 'incomplete')
      for (const line of [0.5, 2.5, 4.5]) {
        pen.moveTo(x, y + line);
        pen.lineTo(x + signPixels, y + line);
      }
  }
}

/** Pixels between the strokes of a hatch. */
const hatchPixels = 9;

/** Strokes that rise to the right, at places that do not depend on the edges, so that they hold still as these move. */
function drawHatch(left: number, right: number, { y, height }: Plot, pen: Pen): void {
  for (let x = Math.floor((left - height) / hatchPixels) * hatchPixels; x < right; x += hatchPixels) {
    const [from, to] = [Math.max(left, x), Math.min(right, x + height)];
    if (to <= from) continue;
    pen.moveTo(from, y + height - (from - x));
    pen.lineTo(to, y + height - (to - x));
  }
}

/** Draws a line of an overlay through the middles of the candles. */
export function drawTrace({ values, session }: Trace, scene: Scene, plot: Plot, pen: Pen): void {
  const { span, candles, scale } = scene;
  const perSlot = plot.width / (span.to - span.from);
  let before = -1;
  for (const { position, width, last } of candles) {
    const value = values[last]!;
    if (Number.isNaN(value)) {
      before = -1;
      continue;
    }
    const x = plot.x + (position + width / 2 - span.from) * perSlot;
    const y = priceY(plot, scale, value);
    if (before >= 0 && session?.[last] === session?.[before]) pen.lineTo(x, y);
    else pen.moveTo(x, y);
    before = last;
  }
}

function drawCandle(
  layer: Layer,
  candle: Candle,
  left: number,
  width: number,
  mostVolume: number,
  scale: PriceScale,
  plot: Plot,
  pen: Pen,
): void {
  const filled = candle.kind === 'filled' || candle.kind === 'madeUp';
  const side = filled ? 'Filled' : candle.close >= candle.open ? 'Up' : 'Down';
  if (layer === `volume${side}`) {
    const height = mostVolume > 0 ? (candle.volume / mostVolume) * plot.height * volumeShare : 0;
    if (height > 0) pen.rect(left, plot.y + plot.height - height, width, height);
    return;
  }
  const top = priceY(plot, scale, Math.max(candle.open, candle.close));
  const bottom = priceY(plot, scale, Math.min(candle.open, candle.close));
  if (layer === `wicks${side}`) {
    const x = left + width / 2;
    pen.moveTo(x, priceY(plot, scale, candle.high));
    pen.lineTo(x, top);
    pen.moveTo(x, bottom);
    pen.lineTo(x, priceY(plot, scale, candle.low));
    return;
  }
  const height = Math.max(1, bottom - top);
  if (candle.kind === 'late' && layer === 'late') {
    // An arrowhead under the candle: it came in later.
    const [x, y] = [left + width / 2, Math.min(plot.y + plot.height - 6, priceY(plot, scale, candle.low) + 3)];
    pen.moveTo(x, y);
    pen.lineTo(x - 3.5, y + 6);
    pen.lineTo(x + 3.5, y + 6);
    pen.lineTo(x, y);
    return;
  }
  if (candle.kind === 'plain' || candle.kind === 'late') {
    if (layer === `bodies${side}`) pen.rect(left, top, width, height);
  } else if (candle.kind === 'repaired') {
    // A box with a bar through it.
    if (layer !== 'repaired') return;
    pen.rect(left + 0.5, top, width - 1, height);
    pen.moveTo(left - 1.5, (top + bottom) / 2);
    pen.lineTo(left + width + 1.5, (top + bottom) / 2);
  } else if (candle.kind === 'incomplete') {
    if (layer !== `outlines${side}`) return;
    pen.rect(left + 0.5, top, width - 1, height);
    for (let y = top + 3; y < bottom; y += 3) {
      pen.moveTo(left + 0.5, y);
      pen.lineTo(left + width - 0.5, y);
    }
  } else if (layer === (candle.kind === 'filled' ? 'dashed' : 'dotted')) {
    pen.rect(left + 0.5, top, width - 1, height);
  }
}
