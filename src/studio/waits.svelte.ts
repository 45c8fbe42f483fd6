/** Milliseconds that something takes before the page says so, and that it says so at least: nothing flashes. */
const patienceMs = 300;

/** Milliseconds between two looks at how far it is. */
const lookEveryMs = 100;

/** Work that takes a while, as it is shown. */
export interface Wait {
  readonly what: string;
  /** How much is done, 0 to 1; undefined where nobody knows. */
  readonly share: number | undefined;
  /** Seconds left at the pace so far; undefined where that cannot be told yet. */
  readonly leftSeconds: number | undefined;
}

interface Work {
  readonly what: string;
  readonly startedMs: number;
  readonly share: () => number | undefined;
}

/** What the page waits for: shown once it takes longer than a moment, the oldest first. */
export class Waits {
  #shown = $state.raw<Wait>();
  #works: Work[] = [];
  #shownSinceMs = 0;
  #timer: ReturnType<typeof setInterval> | undefined;

  get shown(): Wait | undefined {
    return this.#shown;
  }

  /** Shows that work until it is settled; `share` says how much of it is done, 0 to 1. */
  async during<T>(what: string, settled: Promise<T>, share: () => number | undefined = () => undefined): Promise<T> {
    const work = { what, startedMs: performance.now(), share };
    this.#works = [...this.#works, work];
    this.#timer ??= setInterval(() => this.#look(), lookEveryMs);
    try {
      return await settled;
    } finally {
      this.#works = this.#works.filter((other) => other !== work);
    }
  }

  #look(): void {
    const now = performance.now();
    const slow = this.#works.find(({ startedMs }) => now - startedMs >= patienceMs);
    if (slow) {
      if (!this.#shown) this.#shownSinceMs = now;
      const share = slow.share();
      this.#shown = { what: slow.what, share, leftSeconds: secondsLeft(now - slow.startedMs, share) };
    } else if (now - this.#shownSinceMs >= patienceMs) this.#shown = undefined;
    if (this.#works.length > 0 || this.#shown) return;
    clearInterval(this.#timer);
    this.#timer = undefined;
  }
}

/** Seconds left at the pace so far; undefined while too little is done to tell, and where nothing is left. */
export function secondsLeft(tookMs: number, share: number | undefined): number | undefined {
  if (share === undefined || share <= 0.02 || share >= 1) return undefined;
  return ((tookMs / share) * (1 - share)) / 1_000;
}
