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
  if (!(high >= low)) return before ?? { low: 0, high: 1, step: 0.25 };
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

function niceStep(atLeast: number): number {
  const unit = 10 ** Math.floor(Math.log10(atLeast));
  return unit * ([1, 2, 2.5, 5, 10].find((factor) => factor * unit >= atLeast) ?? 10);
}
