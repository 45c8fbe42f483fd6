/** Kinds of what happens to orders, trades and the account: the first number of each record of `Happened`. */
export const Happening = { placed: 1, gone: 2, entered: 3, left: 4, equity: 5 } as const;

/**
 * What happened in an instant, as numbers: what the run's digest takes in, as 32-bit words (low before high). Allocates when it grows,
 * which it does a few times a run.
 */
export class Happened {
  words = new Int32Array(512);
  count = 0;
  private values = new Float64Array(this.words.buffer);

  add(value: number): void {
    if (this.count === this.values.length) this.grow();
    const at = this.count++;
    this.values[at] = value;
    // A NaN has many bit patterns; this is the one that counts.
    if (Number.isNaN(value)) {
      this.words[2 * at] = 0;
      this.words[2 * at + 1] = 0x7ff80000;
    }
  }

  clear(): void {
    this.count = 0;
  }

  private grow(): void {
    const wider = new Float64Array(this.values.length * 2);
    wider.set(this.values);
    this.values = wider;
    this.words = new Int32Array(wider.buffer);
  }
}
