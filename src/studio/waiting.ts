/** Milliseconds that something takes before the page says so, and that it says so at least: nothing flashes. */
export const patienceMs = 300;

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

/** The work that is under way, and what is to be shown of it: the oldest that takes longer than a moment. */
export class Waiting {
  readonly #show: (wait: Wait | undefined) => void;
  #isShown = false;
  #works: Work[] = [];
  #shownSinceMs = 0;
  #timer: ReturnType<typeof setInterval> | undefined;

  constructor(show: (wait: Wait | undefined) => void) {
    this.#show = show;
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
      performance.measure(what, { start: work.startedMs });
    }
  }

  #look(): void {
    const now = performance.now();
    const slow = this.#works.find(({ startedMs }) => now - startedMs >= patienceMs);
    if (slow) {
      if (!this.#isShown) this.#shownSinceMs = now;
      const share = slow.share();
      this.#isShown = true;
      this.#show({ what: slow.what, share, leftSeconds: secondsLeft(now - slow.startedMs, share) });
    } else if (this.#isShown && now - this.#shownSinceMs >= patienceMs) {
      this.#isShown = false;
      this.#show(undefined);
    }
    if (this.#works.length > 0 || this.#isShown) return;
    clearInterval(this.#timer);
    this.#timer = undefined;
  }
}

/** Seconds left at the pace so far; undefined while too little is done to tell, and where nothing is left. */
export function secondsLeft(tookMs: number, share: number | undefined): number | undefined {
  if (share === undefined || share <= 0.02 || share >= 1) return undefined;
  return ((tookMs / share) * (1 - share)) / 1_000;
}
