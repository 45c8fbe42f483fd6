/** Buckets an octave; a figure that is read from them is at most a tenth too large. */
const perOctave = 8;
const leastMs = 0.001;

/** How long an operation took, so often: counts by bucket, so that any number of them costs the same. */
export class Durations {
  readonly #counts = new Map<number, number>();
  #count = 0;
  #maxMs = 0;
  readonly #startedMs: number;

  constructor(startedMs: number) {
    this.#startedMs = startedMs;
  }

  get count(): number {
    return this.#count;
  }

  get maxMs(): number {
    return this.#maxMs;
  }

  add(ms: number): void {
    const bucket = Math.ceil(Math.log2(Math.max(ms, leastMs) / leastMs) * perOctave);
    this.#counts.set(bucket, (this.#counts.get(bucket) ?? 0) + 1);
    this.#count++;
    this.#maxMs = Math.max(this.#maxMs, ms);
  }

  /** The duration that this share of the operations, 0 to 1, did not exceed. */
  quantileMs(share: number): number {
    let left = share * this.#count;
    for (const bucket of [...this.#counts.keys()].sort((a, b) => a - b)) {
      left -= this.#counts.get(bucket)!;
      if (left <= 0) return Math.min(this.#maxMs, leastMs * 2 ** (bucket / perOctave));
    }
    return this.#maxMs;
  }

  /** How often a minute since the first. */
  aMinute(nowMs: number): number {
    return (this.#count * 60_000) / Math.max(1_000, nowMs - this.#startedMs);
  }
}
