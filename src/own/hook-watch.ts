import { Word } from '../memory/layout.ts';
import { hookLimitMs, Runaway } from './runaway.ts';

/** What the guards in own code speak to. They have no other way out of it. */
export interface Guards {
  /** Called every so many turns of loops and calls of functions; returns 0. Throws a `Runaway` when the hook is at work for too long. */
  check(line: number): number;
  /** A call with an argument stands in that line. */
  at(line: number): void;
}

/**
 * Watches over the hooks of own code. What loops is stopped from inside; what takes long within the engine (a regular expression, a
 * sort) is seen from outside, by the words of the block that are written here, for whoever looks now and then.
 */
export class HookWatch implements Guards {
  private readonly words: Int32Array;
  private readonly now: () => number;
  /** Told the line of each call with an argument, where nobody else can look at the words. */
  private readonly onLine: ((line: number) => void) | undefined;
  private calls = 0;
  private seenCall = -1;
  private sinceMs = 0;
  private stopped: Runaway | undefined;

  constructor(
    now: () => number,
    words: Int32Array = new Int32Array(Word.hookLine + 1),
    onLine?: (line: number) => void,
  ) {
    this.words = words;
    this.now = now;
    this.onLine = onLine;
  }

  /** A hook is called. Throws the `Runaway` that one before it was. */
  enter(): void {
    if (this.stopped) throw this.stopped;
    this.calls++;
    this.words[Word.hookCalls] = 2 * this.calls + 1;
  }

  leave(): void {
    this.words[Word.hookCalls] = 2 * this.calls;
  }

  readonly check = (line: number): number => {
    // Whoever looks from outside may be sooner than what is thrown here arrives.
    this.at(line);
    const now = this.now();
    if (this.calls !== this.seenCall) {
      this.seenCall = this.calls;
      this.sinceMs = now;
    } else if (now - this.sinceMs > hookLimitMs) this.stopped ??= new Runaway(line);
    // Also again and again: own code may catch what is thrown into it.
    if (this.stopped) throw this.stopped;
    return 0;
  };

  readonly at = (line: number): void => {
    this.words[Word.hookLine] = line;
    this.onLine?.(line);
  };
}
