/** The prices in sight, and where lines are drawn. */
export interface PriceScale {
  readonly low: number;
  readonly high: number;
  /** Between lines; 0 where they stand at 1, 2 and 5 times powers of ten. */
  readonly step: number;
  /** Equal heights are equal ratios of prices. */
  readonly isLog: boolean;
}

/** Below this share of the height in use, the scale closes in again. */
const leastUse = 0.55;

/**
 * A scale over prices. The one before is kept while the prices fit into it and use enough of it, so that the axis holds still
 * as the tape plays.
 */
export function priceScale(
  low: number,
  high: number,
  lines: number,
  before: PriceScale | undefined,
  axis: 'linear' | 'log' = 'linear',
): PriceScale {
  if (!(high >= low)) return before ?? { low: 0, high: 1, step: 0.2, isLog: false };
  // Prices at and below zero have no logarithm.
  const isLog = axis === 'log' && low > 0;
  const kept = before?.isLog === isLog ? before : undefined;
  const use = (scale: PriceScale): number =>
    (level(scale, high) - level(scale, low)) / (level(scale, scale.high) - level(scale, scale.low));
  if (kept && low >= kept.low && high <= kept.high && use(kept) >= leastUse) return kept;
  const [bottom, top] = isLog ? [Math.log(low), Math.log(high)] : [low, high];
  const room = top > bottom ? (top - bottom) * 0.12 : Math.max(isLog ? 0.002 : Math.abs(high) * 0.002, 1e-6);
  const edges = [bottom - room, top + room].map((edge) => (isLog ? Math.exp(edge) : edge));
  return scaleBetween(edges[0]!, edges[1]!, lines, isLog);
}

/** A scale with just these edges. */
export function scaleBetween(low: number, high: number, lines: number, isLog: boolean): PriceScale {
  return { low, high, step: isLog && high / low > 5 ? 0 : niceStep((high - low) / lines), isLog };
}

/** Where a price lies on the axis, in its own units: equal differences are equal heights. */
export function level({ isLog }: Pick<PriceScale, 'isLog'>, price: number): number {
  return isLog ? Math.log(Math.max(price, Number.MIN_VALUE)) : price;
}

/** The price at a level of the axis. */
export function priceOf({ isLog }: Pick<PriceScale, 'isLog'>, at: number): number {
  return isLog ? Math.exp(at) : at;
}

/** The values of the lines. */
export function priceLines({ low, high, step }: PriceScale): number[] {
  const values: number[] = [];
  if (step === 0) {
    for (let exponent = Math.floor(Math.log10(low)); 10 ** exponent <= high; exponent++)
      for (const factor of [1, 2, 5]) {
        const value = scaled(factor, exponent);
        if (value >= low && value <= high) values.push(value);
      }
    return values;
  }
  for (let n = Math.ceil(low / step); n * step <= high; n++) values.push(n * step);
  return values;
}

/** Decimals that tell the lines apart and say each of them exactly, 0 to 12. */
export function stepDecimals({ step: between, low }: Pick<PriceScale, 'step' | 'low'>): number {
  const step = between === 0 ? 10 ** Math.floor(Math.log10(low)) : between;
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
