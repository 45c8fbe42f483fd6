import type { Mistake, Operation, Perform } from './operation.ts';

/** What a program's thread gets beside its memory. */
export interface Reader {
  /**
   * Runs something that validates what it reads, every try of it inside `attempt`; what the accepted try has read counts as
   * relied on, what a failed try has read does not. Plain reads outside are relied on at once.
   */
  accept<T>(validated: (attempt: <R>(read: () => R) => R) => T): T;
}

/** A synchronous function that touches the model's memory only. What it changes besides it must have made itself. */
export type Body<T> = (reader: Reader) => T;

/** How far a thread has got with the results of its first operations. */
export interface Progress {
  /** Its next operation; null when it is done. */
  readonly next: Operation | null;
  readonly result: unknown;
  /** Numbers of the plain reads that it relies on by now. */
  readonly relied: ReadonlySet<number>;
}

/** The operations of the thread that is being run now go here. */
let current: Perform | null = null;

/** Carries an operation out, or stops the thread that asks for it. */
export function perform(operation: Operation): number {
  if (current === null) throw new Error('the model was touched outside a thread');
  return current(operation);
}

/** Runs a thread from its start with the results of its first operations, up to the next one. */
export function progressOf(body: Body<unknown>, mistake: Mistake | undefined, results: readonly number[]): Progress {
  let done = 0;
  let next: Operation | null = null;
  const relied = new Set<number>();
  let reads = relied;
  const recorded: Perform = (operation) => {
    if (done === results.length) {
      next ??= operation;
      throw new Error('the thread stops here');
    }
    if (operation.kind === 'get') reads.add(done);
    return results[done++]!;
  };
  const mistaken = mistake?.();
  const reader: Reader = {
    accept(validated) {
      const outer = reads;
      let last = new Set<number>();
      const answer = validated((read) => {
        const before = reads;
        reads = last = new Set();
        const value = read();
        reads = before;
        return value;
      });
      reads = outer;
      if (answer !== undefined) for (const read of last) outer.add(read);
      return answer;
    },
  };
  current = mistaken ? (operation) => mistaken(operation, recorded) : recorded;
  try {
    return { result: body(reader), next, relied };
  } catch (error) {
    // Code that catches errors may have made another one of the one that stops the thread.
    if (next === null) throw error;
    return { result: undefined, next, relied };
  } finally {
    current = null;
  }
}
