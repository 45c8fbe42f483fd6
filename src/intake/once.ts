import type { ConflictRule } from './choices.ts';
import type { BarValues } from './contradiction.ts';
import type { FiledBars } from './symbol-rows.ts';

/** A bar of several that have one time, and where it came from. */
export interface Rival extends BarValues {
  readonly origin: number;
}

/** What becomes of bars that come again. */
export interface Losses {
  /** One that is equal to another is left out. */
  duplicate(origin: number): void;
  /** One that is not equal to another, `rival`, is left out. */
  conflict(start: number, lost: Rival, rival: Rival): void;
}

/**
 * Takes each time once: of equal bars the first, of others the one that the rule says. What has room in `bars` is settled but for the
 * last one, which `end` settles.
 */
export class Once {
  readonly bars: FiledBars;
  private readonly rule: ConflictRule;
  private readonly losses: Losses | null;
  /** The last bar has a rival, and the rule takes neither. */
  private isTorn = false;

  /** `bars` is empty, and takes what is settled. */
  constructor(bars: FiledBars, rule: ConflictRule, losses: Losses | null) {
    this.bars = bars;
    this.rule = rule;
    this.losses = losses;
  }

  /**
   * Takes bars in time order, those of one time in the order in which they were read, from the given row on, in that order where
   * there is one; ends before `end` at a bar for which there is no room.
   * Returns the first that was not taken.
   */
  take(from: FiledBars, order: Uint32Array | null, first: number, end: number): number {
    const { bars: to, losses, rule } = this;
    const { start, open, high, low, close, volume, origins } = to;
    let out = to.count - 1;
    let at = first;
    for (; at < end; at++) {
      const row = order ? order[at]! : at;
      if (out >= 0 && from.start[row] === start[out]) {
        const isSame =
          from.open[row] === open[out] &&
          from.high[row] === high[out] &&
          from.low[row] === low[out] &&
          from.close[row] === close[out] &&
          from.volume[row] === volume[out];
        if (isSame) {
          losses?.duplicate(from.origins[row]!);
          continue;
        }
        this.tellConflict(out, from, row);
        if (rule === 'reject') this.isTorn = true;
        if (rule !== 'last') continue;
      } else if (this.isTorn) this.isTorn = false;
      else if (out + 1 === start.length) break;
      else out++;
      origins[out] = from.origins[row]!;
      start[out] = from.start[row]!;
      open[out] = from.open[row]!;
      high[out] = from.high[row]!;
      low[out] = from.low[row]!;
      close[out] = from.close[row]!;
      volume[out] = from.volume[row]!;
    }
    to.count = out + 1;
    return at;
  }

  /** There are no more bars. */
  end(): void {
    if (this.isTorn) this.bars.count--;
    this.isTorn = false;
  }

  private tellConflict(out: number, from: FiledBars, row: number): void {
    const { losses, rule } = this;
    if (!losses) return;
    const at = this.bars.start[out]!;
    const before = rivalOf(this.bars, out);
    const after = rivalOf(from, row);
    if (rule !== 'first' && !this.isTorn) losses.conflict(at, before, after);
    if (rule !== 'last') losses.conflict(at, after, before);
  }
}

function rivalOf({ origins, open, high, low, close, volume }: FiledBars, row: number): Rival {
  const [origin, values] = [origins[row]!, { open: open[row]!, high: high[row]!, low: low[row]! }];
  return { origin, ...values, close: close[row]!, volume: volume[row]! };
}
