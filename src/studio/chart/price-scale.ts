/** The prices in sight, and where lines are drawn. */
export interface PriceScale {
  readonly low: number;
  readonly high: number;
  readonly step: number;
}

/** Below this share of the height in use, the scale closes in again. */
const leastUse = 0.55;

/**
 * A scale over prices. The one before is kept while the prices fit into it and use enough of it, so that the axis holds still
 * as the tape plays.
 */
export function priceScale(low: number, high: number, lines: number, before: PriceScale | undefined): PriceScale {
  if (!(high >= low)) return before ?? { low: 0, high: 1, step: 0.2 };
  if (before && low >= before.low && high <= before.high && high - low >= leastUse * (before.high - before.low))
    return before;
  const room = high > low ? (high - low) * 0.12 : Math.max(Math.abs(high) * 0.002, 1e-6);
  const [bottom, top] = [low - room, high + room];
  return { low: bottom, high: top, step: niceStep((top - bottom) / lines) };
}

/** The values of the lines. */
export function priceLines({ low, high, step }: PriceScale): number[] {
  const values: number[] = [];
  for (let n = Math.ceil(low / step); n * step <= high; n++) values.push(n * step);
  return values;
}

/** Decimals that tell the lines apart and say each of them exactly, 0 to 12. */
export function stepDecimals({ step }: PriceScale): number {
  let decimals = 0;
  while (decimals < 12 && Math.abs(step * 10 ** decimals - Math.round(step * 10 ** decimals)) > 1e-6) decimals++;
  return decimals;
}

/** 1, 2 or 5 times a power of ten. */
function niceStep(atLeast: number): number {
  const exponent = Math.floor(Math.log10(atLeast));
  const factor = [1, 2, 5, 10].find((factor) => scaled(factor, exponent) >= atLeast) ?? 10;
  return scaled(factor, exponent);
}

/** A power of ten below one is divided by, which keeps 0.02 the number that is written so. */
function scaled(factor: number, exponent: number): number {
  return exponent < 0 ? factor / 10 ** -exponent : factor * 10 ** exponent;
}
