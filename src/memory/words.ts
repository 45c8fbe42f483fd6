/**
 * 32-bit words that several workers share, as the publication protocol uses them: every access here is sequentially
 * consistent. Plain accesses go through typed arrays. Tests explore the protocol on a model of this interface.
 */
export interface Words {
  load(place: number): number;
  store(place: number, value: number): void;
  /** Adds, and returns what was there before: one read-modify-write. */
  add(place: number, value: number): number;
  /** Sleeps while the word holds the value, until somebody notifies or the time is over. */
  wait(place: number, value: number, timeoutMs: number): void;
  /** As `wait`; null where there is nothing to wait for any more. */
  waitAsync(place: number, value: number, timeoutMs: number): Promise<unknown> | null;
  notify(place: number): void;
}

/** The real thing. The only place of the project that touches `Atomics`, which the linter sees to. */
export class SharedWords implements Words {
  private readonly words: Int32Array;

  constructor(words: Int32Array) {
    this.words = words;
  }

  load(place: number): number {
    return Atomics.load(this.words, place);
  }

  store(place: number, value: number): void {
    Atomics.store(this.words, place, value);
  }

  add(place: number, value: number): number {
    return Atomics.add(this.words, place, value);
  }

  wait(place: number, value: number, timeoutMs: number): void {
    Atomics.wait(this.words, place, value, timeoutMs);
  }

  waitAsync(place: number, value: number, timeoutMs: number): Promise<unknown> | null {
    const wait = Atomics.waitAsync(this.words, place, value, timeoutMs);
    return wait.async ? wait.value : null;
  }

  notify(place: number): void {
    Atomics.notify(this.words, place);
  }
}

/**
 * Words of a buffer that one thread has to itself: there is nothing to order and nobody to wake, and a plain access costs a fraction
 * of an atomic one, of which an instant has several.
 */
export class OwnWords implements Words {
  private readonly words: Int32Array;

  constructor(words: Int32Array) {
    this.words = words;
  }

  load(place: number): number {
    return this.words[place]!;
  }

  store(place: number, value: number): void {
    this.words[place] = value;
  }

  add(place: number, value: number): number {
    const before = this.words[place]!;
    this.words[place] = before + value;
    return before;
  }

  wait(): never {
    throw new Error('nobody else has this memory, so nobody would end the sleep');
  }

  waitAsync(): never {
    return this.wait();
  }

  notify(): void {
    // Nobody sleeps.
  }
}

/** The words of a buffer, as it is: shared or not. */
export function openWords(words: Int32Array): Words {
  return words.buffer instanceof ArrayBuffer ? new OwnWords(words) : new SharedWords(words);
}

const hint = (Atomics as { pause?: () => void }).pause;

/** Tells the processor that this thread spins, where the engine can. */
export function pause(): void {
  hint?.();
}
