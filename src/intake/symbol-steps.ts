import type { SymbolBars } from './result.ts';

/** The steps from one bar of a symbol to the next, in milliseconds. */
export interface SymbolSteps {
  readonly name: string;
  readonly count: number;
  /** The step that most are, the smallest of several; 0 where there is none. */
  readonly commonest: number;
  /** Steps that are multiples of the commonest. */
  readonly multiples: number;
  /** The longest length that every step is a multiple of; 0 where there is none. */
  readonly divisor: number;
}

/** Counts the steps of a symbol, and adds them to those of all symbols by length. */
export function countSteps({ name, columns: { start, count } }: SymbolBars, all: Map<number, number>): SymbolSteps {
  const counts = new Map<number, number>();
  // Steps repeat, so they are counted a run at a time.
  let step = 0;
  let run = 0;
  for (let i = 1; i < count; i++) {
    const next = start[i]! - start[i - 1]!;
    if (next !== step) {
      if (run > 0) counts.set(step, (counts.get(step) ?? 0) + run);
      step = next;
      run = 0;
    }
    run++;
  }
  if (run > 0) counts.set(step, (counts.get(step) ?? 0) + run);

  let commonest = 0;
  let most = 0;
  let divisor = 0;
  for (const [length, times] of counts) {
    if (times > most || (times === most && length < commonest)) {
      commonest = length;
      most = times;
    }
    divisor = commonDivisor(divisor, length);
    all.set(length, (all.get(length) ?? 0) + times);
  }
  let multiples = 0;
  for (const [length, times] of counts) if (length % commonest === 0) multiples += times;
  return { name, count: count - 1, commonest, multiples, divisor };
}

/** The greatest common divisor of two lengths. */
export function commonDivisor(a: number, b: number): number {
  let divisor = a;
  for (let rest = b; rest !== 0;) [divisor, rest] = [rest, divisor % rest];
  return divisor;
}
