import type { WorkerPulse } from '../run-handle.ts';

/** Silence after which a worker is lost, by what it is at: within three seconds of being asked where it should answer at once. */
const patienceMs = { starting: 10_000, 'at work': 2_500, busy: 30_000, done: Infinity } as const;

/**
 * A span of the supervisor's own clock counts as no more than this: whoever slept with the page, or waited for the processor as the
 * page did, was not silent.
 */
const mostSpanMs = 500;

/** Watches one worker: how long it has given no sign of life, as far as it could have. */
export class Watch {
  #beat = -1;
  #silentMs = 0;

  /** Milliseconds without a sign of life. */
  get silentMs(): number {
    return this.#silentMs;
  }

  /** Takes a look, so many milliseconds after the last one; returns whether the worker is lost. */
  look({ beat, state }: Pick<WorkerPulse, 'beat' | 'state'>, spanMs: number): boolean {
    const isStill = beat === this.#beat && state !== 'done';
    this.#silentMs = isStill ? this.#silentMs + Math.min(spanMs, mostSpanMs) : 0;
    this.#beat = beat;
    return this.#silentMs >= patienceMs[state];
  }

  /** Another worker is there in its place. */
  begin(): void {
    this.#beat = -1;
    this.#silentMs = 0;
  }
}
