/** How well something is known: the text says it, evidence speaks for it, or nothing does and the likeliest was taken. */
export type Certainty = 'sure' | 'likely' | 'guess';

/** Something that was decided about a file, and why. */
export interface Told<T> {
  readonly value: T;
  readonly reason: string;
  readonly certainty: Certainty;
}

export function sure<T>(value: T, reason: string): Told<T> {
  return { value, reason, certainty: 'sure' };
}

export function likely<T>(value: T, reason: string): Told<T> {
  return { value, reason, certainty: 'likely' };
}

export function guess<T>(value: T, reason: string): Told<T> {
  return { value, reason, certainty: 'guess' };
}

/** The user said it. */
export function chosen<T>(value: T): Told<T> {
  return sure(value, 'chosen');
}
