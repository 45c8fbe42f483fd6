import { Waiting, type Wait } from './waiting.ts';

/** What the page waits for and says so. */
export class Waits {
  #shown = $state.raw<Wait>();
  readonly #waiting = new Waiting((wait) => (this.#shown = wait));

  get shown(): Wait | undefined {
    return this.#shown;
  }

  /** Shows that work until it is settled; `share` says how much of it is done, 0 to 1. */
  during<T>(what: string, settled: Promise<T>, share?: () => number | undefined): Promise<T> {
    return this.#waiting.during(what, settled, share);
  }
}
