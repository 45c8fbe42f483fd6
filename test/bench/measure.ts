/** One line of the table. */
export interface Measure {
  readonly name: string;
  readonly value: number;
  readonly unit: string;
  /** What the requirements or the machine set beside it, in the same unit. */
  readonly limit?: { readonly name: string; readonly value: number };
  /** Peers that did the same work in the same run, in the same unit. */
  readonly versus?: Readonly<Record<string, number>>;
}

/** The middle one of an odd number of values, the upper middle one of an even number. */
export function median(values: readonly number[]): number {
  if (values.length === 0) throw new RangeError('there is no median of no values');
  return [...values].sort((a, b) => a - b)[values.length >> 1]!;
}

/** A benchmark's answer is checked before its time counts. Throws when it is wrong. */
export function expectAnswer(what: string, found: unknown, right: unknown): void {
  if (found !== right) throw new Error(`${what}: the answer was ${String(found)}; it must be ${String(right)}`);
}

/** Seconds that the work takes. */
export async function secondsOf(work: () => unknown): Promise<number> {
  const start = performance.now();
  await work();
  return (performance.now() - start) / 1_000;
}
