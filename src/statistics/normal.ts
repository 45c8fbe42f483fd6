/** The standard normal density. */
function density(x: number): number {
  return Math.exp(-0.5 * x * x) / Math.sqrt(2 * Math.PI);
}

/**
 * The share of the standard normal distribution below x, to 1e-15 of absolute error: the series of Marsaglia, "Evaluating the Normal
 * Distribution", Journal of Statistical Software 11, 2004.
 */
export function normalBelow(x: number): number {
  if (Number.isNaN(x)) return NaN;
  if (x < -8) return 0;
  if (x > 8) return 1;
  let [term, total] = [x, x];
  for (let i = 3; total + term !== total; i += 2) {
    term *= (x * x) / i;
    total += term;
  }
  return 0.5 + total * density(x);
}

/** The x below which `share` of the standard normal distribution lies; infinite at 0 and 1. */
export function normalQuantile(share: number): number {
  if (!(share > 0 && share < 1)) return share === 0 ? -Infinity : share === 1 ? Infinity : NaN;
  // Halving to where the doubles end; it takes some sixty steps, and is asked for a few times a run.
  let [low, high] = [-8, 8];
  for (;;) {
    const middle = (low + high) / 2;
    if (middle === low || middle === high) return middle;
    if (normalBelow(middle) < share) low = middle;
    else high = middle;
  }
}
