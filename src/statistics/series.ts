/** The numbers that a definition is made of; NaN where there are too few. */

export function sum(values: ArrayLike<number>): number {
  let total = 0;
  for (let i = 0; i < values.length; i++) total += values[i]!;
  return total;
}

export function mean(values: ArrayLike<number>): number {
  return values.length === 0 ? NaN : sum(values) / values.length;
}

/** The variance with `count − lost` as divisor: `lost` is 1 for that of a sample, 0 for that of a population. */
export function variance(values: ArrayLike<number>, lost: 0 | 1): number {
  if (values.length <= lost) return NaN;
  return centralSum(values, 2) / (values.length - lost);
}

export function deviation(values: ArrayLike<number>, lost: 0 | 1): number {
  return Math.sqrt(variance(values, lost));
}

/** The covariance of two series of one length, as a sample. */
export function covariance(a: ArrayLike<number>, b: ArrayLike<number>): number {
  if (a.length < 2) return NaN;
  const [meanA, meanB] = [mean(a), mean(b)];
  let total = 0;
  for (let i = 0; i < a.length; i++) total += (a[i]! - meanA) * (b[i]! - meanB);
  return total / (a.length - 1);
}

/** Skewness of a population. */
export function skewness(values: ArrayLike<number>): number {
  const { length } = values;
  return centralSum(values, 3) / length / (centralSum(values, 2) / length) ** 1.5;
}

/** Kurtosis of a population; that of the normal distribution is 3. */
export function kurtosis(values: ArrayLike<number>): number {
  const { length } = values;
  return centralSum(values, 4) / length / (centralSum(values, 2) / length) ** 2;
}

/** The part of a distribution below which `share` (0 to 1) of the sorted values lie, interpolated linearly, as NumPy does. */
export function quantile(sorted: ArrayLike<number>, share: number): number {
  if (sorted.length === 0) return NaN;
  const place = share * (sorted.length - 1);
  const below = Math.floor(place);
  const above = Math.min(below + 1, sorted.length - 1);
  return sorted[below]! + (sorted[above]! - sorted[below]!) * (place - below);
}

/** Product of 1 + each value, less 1. */
export function compounded(returns: ArrayLike<number>): number {
  let product = 1;
  for (let i = 0; i < returns.length; i++) product *= 1 + returns[i]!;
  return product - 1;
}

/** √(mean of the squares of what is below 0). */
export function downside(returns: ArrayLike<number>): number {
  let squares = 0;
  for (let i = 0; i < returns.length; i++) if (returns[i]! < 0) squares += returns[i]! * returns[i]!;
  return returns.length === 0 ? NaN : Math.sqrt(squares / returns.length);
}

/** The largest fall from a peak as a share of it, not positive; of what 1 becomes with the returns, the 1 included. */
export function deepestFall(returns: ArrayLike<number>): number {
  let [worth, peak, deepest] = [1, 1, 0];
  for (let i = 0; i < returns.length; i++) {
    worth *= 1 + returns[i]!;
    if (worth > peak) peak = worth;
    if (worth / peak - 1 < deepest) deepest = worth / peak - 1;
  }
  return deepest;
}

/** The geometric mean of returns; 0 where one of them loses all. */
export function geometricMean(returns: ArrayLike<number>): number {
  let logs = 0;
  for (let i = 0; i < returns.length; i++) {
    if (returns[i]! <= -1) return 0;
    logs += Math.log(1 + returns[i]!);
  }
  return returns.length === 0 ? NaN : Math.exp(logs / returns.length) - 1;
}

function centralSum(values: ArrayLike<number>, power: 2 | 3 | 4): number {
  const middle = mean(values);
  let total = 0;
  for (let i = 0; i < values.length; i++) {
    const off = values[i]! - middle;
    total += power === 2 ? off * off : power === 3 ? off * off * off : off * off * off * off;
  }
  return total;
}
