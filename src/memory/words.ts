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

const hint = (Atomics as { pause?: () => void }).pause;

/** Tells the processor that this thread spins, where the engine can. */
export function pause(): void {
  hint?.();
}
