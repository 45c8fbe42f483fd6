import type { Plot } from './plots.ts';
import { level, priceLines, priceOf, type PriceScale } from './price-scale.ts';
import type { Span } from './viewport.ts';

/** Where prices begin and end, as shares of the plot's height from its top. */
const priceTop = 0.03;
export const priceBottom = 0.82;

/** The levels of the price axis at the edges of the whole plot. */
function plotLevels(scale: PriceScale): { min: number; max: number } {
  const [low, high] = [level(scale, scale.low), level(scale, scale.high)];
  const height = (high - low) / (priceBottom - priceTop);
  return { min: low - height * (1 - priceBottom), max: high + height * priceTop };
}

/** Where a position of the axis is drawn. */
export function timeX({ x, width }: Plot, { from, to }: Span, position: number): number {
  return x + ((position - from) / (to - from)) * width;
}

/** Where a price is drawn. */
export function priceY({ y, height }: Plot, scale: PriceScale, price: number): number {
  const { min, max } = plotLevels(scale);
  return y + ((max - level(scale, price)) / (max - min)) * height;
}

/** The price that is drawn at a height. */
export function priceAt({ y, height }: Plot, scale: PriceScale, pixel: number): number {
  const { min, max } = plotLevels(scale);
  return priceOf(scale, max - ((pixel - y) / height) * (max - min));
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
