const range = 4_294_967_296;
/** Makes the sum of four numbers from −1 to 1 have the standard deviation 1. */
const unit = Math.sqrt(3 / 4);

/**
 * Numbers that follow from a seed alone: Marsaglia's xorshift (13, 17, 5) with its product taken against the patterns in its
 * lowest bits. Integers of 32 bits, so they are equal in every engine.
 */
export class Chance {
  private state: number;

  /** `seed` is a whole number other than 0. */
  constructor(seed: number) {
    this.state = Math.imul(seed, 0x9e3779b1) | 0 || 1;
  }

  /** From 0 up to, not including, 1. */
  part(): number {
    let state = this.state;
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    this.state = state;
    return (Math.imul(state, 0x2c9277b5) >>> 0) / range;
  }

  /** A whole number from 0 up to, not including, `count`. */
  below(count: number): number {
    return Math.floor(this.part() * count);
  }

  /** Whether something happens that happens with that probability. */
  happens(probability: number): boolean {
    return this.part() < probability;
  }

  /** About normal, with mean 0 and standard deviation 1; never beyond ±3.5. */
  bell(): number {
    return (2 * (this.part() + this.part() + this.part() + this.part()) - 4) * unit;
  }
}
