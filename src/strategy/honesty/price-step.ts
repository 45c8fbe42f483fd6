/** Decimals up to which a step is looked for; prices with more were adjusted, and have none. */
const mostDecimals = 5;

/**
 * The smallest step between prices, as their decimals tell it: 0.01 where all are whole cents. For prices without one, which splits and
 * dividends make, a hundredth of a percent of their mean. NaN for no price.
 */
export function priceStep(prices: readonly number[]): number {
  let decimals = 0;
  let scale = 1;
  for (const price of prices)
    while (decimals <= mostDecimals && !isWhole(price * scale)) {
      decimals++;
      scale *= 10;
    }
  if (decimals <= mostDecimals && prices.length > 0) return 1 / scale;
  let sum = 0;
  for (const price of prices) sum += price;
  return sum / prices.length / 10_000;
}

function isWhole(value: number): boolean {
  return Math.abs(value - Math.round(value)) < 1e-6;
}
