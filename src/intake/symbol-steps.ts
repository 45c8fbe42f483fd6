import type { BarColumns } from '../bars/columns.ts';

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

/** Counts the steps of one symbol, a piece of its bars after the other. */
export class StepCounter {
  private readonly counts = new Map<number, number>();
  private last = NaN;
  private step = 0;
  /** Steps repeat, so they are counted a run at a time. */
  private run = 0;

  add({ start, count }: BarColumns): void {
    let { last, step, run } = this;
    for (let i = 0; i < count; i++) {
      const at = start[i]!;
      const next = at - last;
      last = at;
      if (next === step) {
        run++;
        continue;
      }
      this.count(step, run);
      step = next;
      run = 1;
    }
    this.last = last;
    this.step = step;
    this.run = run;
  }

  /** Adds the steps to those of all symbols by length, and sums them up. */
  sum(name: string, all: Map<number, number>): SymbolSteps {
    this.count(this.step, this.run);
    let count = 0;
    let commonest = 0;
    let most = 0;
    let divisor = 0;
    for (const [length, times] of this.counts) {
      if (times > most || (times === most && length < commonest)) {
        commonest = length;
        most = times;
      }
      divisor = commonDivisor(divisor, length);
      all.set(length, (all.get(length) ?? 0) + times);
      count += times;
    }
    let multiples = 0;
    for (const [length, times] of this.counts) if (length % commonest === 0) multiples += times;
    return { name, count, commonest, multiples, divisor };
  }

  /** What comes before the first bar is no step. */
  private count(step: number, run: number): void {
    if (run > 0 && step === step) this.counts.set(step, (this.counts.get(step) ?? 0) + run);
  }
}

/** The greatest common divisor of two lengths. */
export function commonDivisor(a: number, b: number): number {
  let divisor = a;
  for (let rest = b; rest !== 0;) [divisor, rest] = [rest, divisor % rest];
  return divisor;
}
