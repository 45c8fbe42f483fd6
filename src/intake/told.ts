/** Something that was decided about a file, and why. */
export interface Told<T> {
  readonly value: T;
  readonly reason: string;
  /** Nothing proves it: the likeliest was taken. */
  readonly guess: boolean;
}

export function sure<T>(value: T, reason: string): Told<T> {
  return { value, reason, guess: false };
}

export function guess<T>(value: T, reason: string): Told<T> {
  return { value, reason, guess: true };
}
