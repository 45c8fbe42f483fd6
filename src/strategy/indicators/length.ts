/** The length of an indicator, in bars. Throws a RangeError for what is not a whole number from `least` on. */
export function barsOf(name: string, length: number, least = 1): number {
  if (!Number.isInteger(length) || length < least)
    throw new RangeError(`The length of ${name} was ${length}; it must be a whole number of bars from ${least} on.`);
  return length;
}
