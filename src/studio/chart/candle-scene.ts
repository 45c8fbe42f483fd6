import type { Candle } from './candles.ts';
import type { Plot } from './plots.ts';
import { priceLines, type PriceScale } from './price-scale.ts';
import type { SlotAxis } from './slot-axis.ts';
import type { Span } from './viewport.ts';

/** Everything that is drawn in the plot. */
export interface Scene {
  readonly axis: SlotAxis;
  readonly span: Span;
  readonly scale: PriceScale;
  readonly candles: readonly Candle[];
  /** The session that is played; what lies before its open is history. */
  readonly session: number;
}

/** What a layer needs of a canvas. */
export interface Pen {
  moveTo(x: number, y: number): void;
  lineTo(x: number, y: number): void;
  rect(x: number, y: number, width: number, height: number): void;
}

/** Shares of the plot's height: volume at the bottom, and where prices begin and end, from the top. */
const volumeShare = 0.16;
const priceTop = 0.03;
const priceBottom = 0.82;

export const layers = [
  'past',
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
  'veil',
] as const;

export type Layer = (typeof layers)[number];

/** The prices at the edges of the whole plot. */
export function plotPrices({ low, high }: PriceScale): { min: number; max: number } {
  const height = (high - low) / (priceBottom - priceTop);
  return { min: low - height * (1 - priceBottom), max: high + height * priceTop };
}

/** Where a price is drawn. */
export function priceY({ y, height }: Plot, scale: PriceScale, price: number): number {
  const { min, max } = plotPrices(scale);
  return y + ((max - price) / (max - min)) * height;
}

/** The price that is drawn at a height. */
export function priceAt({ y, height }: Plot, scale: PriceScale, pixel: number): number {
  const { min, max } = plotPrices(scale);
  return max - ((pixel - y) / height) * (max - min);
}

/** Pixels between the middles of two labels that do not touch. */
const labelPixels = 17;

/** The lines that have a label: all but those that the tag of the last price would cover. */
export function labelledPrices(plot: Plot, scale: PriceScale, tagged: number | undefined): number[] {
  const lines = priceLines(scale);
  if (tagged === undefined) return lines;
  const tag = priceY(plot, scale, tagged);
  return lines.filter((price) => Math.abs(priceY(plot, scale, price) - tag) >= labelPixels);
}

/** Draws one layer of the scene as one path: a frame costs as many paths as there are layers, however many candles. */
export function drawLayer(layer: Layer, scene: Scene, plot: Plot, pen: Pen): void {
  const { span, candles, axis } = scene;
  const perSlot = plot.width / (span.to - span.from);
  const toX = (position: number): number => plot.x + (position - span.from) * perSlot;
  const openX = Math.min(plot.x + plot.width, toX(axis.offsets[scene.session] ?? 0));

  if (layer === 'past' || layer === 'veil') {
    if (openX > plot.x) pen.rect(plot.x, plot.y, openX - plot.x, plot.height);
    return;
  }
  if (layer === 'opens') {
    for (let k = scene.session; k >= 0 && axis.offsets[k]! >= span.from; k--) {
      const x = Math.round(toX(axis.offsets[k]!)) + 0.5;
      if (axis.offsets[k]! > span.to) continue;
      pen.moveTo(x, plot.y);
      pen.lineTo(x, plot.y + plot.height);
    }
    return;
  }

  const mostVolume = candles.reduce((most, candle) => Math.max(most, candle.volume), 0);
  for (const candle of candles) {
    const slotWidth = candle.width * perSlot;
    const bodyWidth = Math.max(1, slotWidth >= 4 ? Math.floor(slotWidth * 0.68) : slotWidth * 0.8);
    const middle = toX(candle.position + candle.width / 2);
    const left = slotWidth >= 4 ? Math.round(middle - bodyWidth / 2) : middle - bodyWidth / 2;
    drawCandle(layer, candle, left, bodyWidth, mostVolume, scene.scale, plot, pen);
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
