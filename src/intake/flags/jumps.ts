import type { BarColumns } from '../../bars/columns.ts';
import { day, hour } from '../../time/instant.ts';
import { told, type Detector, type Tell } from './detector.ts';

/** Factors that a unit mixed up makes: pence for pounds, a decimal point in the wrong place, thousandths. */
const factors = [10, 100, 1_000];
/** A ratio may be off a factor by this part. */
const factorTolerance = 0.25;
/** No ratio up to this one is near a factor. */
const leastFactor = 7.5;
/** Bars after which a price that jumped is taken to stay. */
const patience = 30;

/** Shares after a split by shares before, the usual ones; those of ten and a hundred are factors. */
const splits = [
  [3, 2],
  [2, 1],
  [5, 2],
  [3, 1],
  [4, 1],
  [5, 1],
  [6, 1],
  [7, 1],
  [8, 1],
  [15, 1],
  [20, 1],
  [25, 1],
  [50, 1],
] as const;
/** The market moves overnight besides, mostly by less than this part. */
const splitTolerance = 0.03;
/** Within a day sessions lie at least this far apart; breaks for lunch and daily halts are shorter. */
const nightMs = 4 * hour;

interface Jump {
  readonly start: number;
  end: number;
  bars: number;
  readonly factor: number;
  readonly isOvernight: boolean;
  readonly from: number;
  readonly to: number;
}

/**
 * Finds prices that are off by about 10, 100 or 1,000 against their neighbours (within a quarter), and jumps between sessions to
 * about a simple fraction or multiple of the close before (within 3 %), as a split makes them where prices are not adjusted.
 *
 * A price that comes back within 30 bars was off; one that stays is split-like when it jumped between sessions. Mixed-up units are
 * known from Yahoo, single bars as well as blocks (https://ranaroussi.github.io/yfinance/advanced/price_repair.html). That extreme
 * moves are suspicious when they are reversed is the rule of Ince and Porter (2006), Individual equity return data from Thomson
 * Datastream: handle with care!, Journal of Financial Research 29(4).
 */
export class Jumps implements Detector {
  private readonly intervalMs: number;
  private readonly tell: Tell;
  /** Close and start of the last bar that is not in question. */
  private level = NaN;
  private last = NaN;
  private jump: Jump | null = null;

  constructor(intervalMs: number, tell: Tell) {
    this.intervalMs = intervalMs;
    this.tell = tell;
  }

  add({ start, open, high, low, close, count }: BarColumns): void {
    for (let i = 0; i < count; i++) {
      const at = start[i]!;
      const c = close[i]!;
      // No ratio of two prices of a bar is greater than that of its high to its low.
      if (high[i]! > leastFactor * low[i]!) this.lookInside(at, open[i]!, high[i]!, low[i]!, c);
      if (this.jump) this.follow(this.jump, at, c);
      else this.lookAcross(at, open[i]!, c);
      this.last = at;
    }
  }

  end(): void {
    if (this.jump) this.settle(this.jump, 'up to the last bar');
  }

  /** The highest and lowest price against open and close of the same bar. */
  private lookInside(at: number, open: number, high: number, low: number, close: number): void {
    const top = open > close ? open : close;
    const bottom = open < close ? open : close;
    const up = factorOf(high / top);
    const down = factorOf(bottom / low);
    const between = factorOf(top / bottom);
    const say = (what: string) => this.tell({ kind: 'price off by a factor', start: at, end: at, detail: what });
    if (between !== 0) say(`open ${told(open)} and close ${told(close)} differ by about ${between} ×`);
    else if (up !== 0) say(`high ${told(high)} is about ${up} × open and close, of which the greater is ${told(top)}`);
    else if (down !== 0)
      say(`low ${told(low)} is about 1/${down} of open and close, of which the lesser is ${told(bottom)}`);
  }

  private lookAcross(at: number, open: number, close: number): void {
    const { level, last } = this;
    const isOvernight = this.intervalMs >= day || (at - last >= nightMs && at - last > this.intervalMs);
    const factor = factorOf(close / level);
    if (factor !== 0) {
      this.jump = { start: at, end: at, bars: 1, factor, isOvernight, from: level, to: close };
      return;
    }
    if (isOvernight) this.lookForSplit(at, open);
    this.level = close;
  }

  private lookForSplit(at: number, open: number): void {
    const ratio = open / this.level;
    if (ratio > 0.7 && ratio < 1.4) return;
    const shares = ratio < 1 ? 1 / ratio : ratio;
    const split = splits.find(([after, before]) => isNear(shares, after / before, splitTolerance));
    if (!split) return;
    const [after, before] = split;
    const [parts, words] =
      ratio < 1 ? [`${before}/${after}`, `${after} for ${before}`] : [`${after}/${before}`, `${before} for ${after}`];
    this.tell({
      ...{ kind: 'split-like jump', start: at, end: at },
      detail: `opens at ${told(open)} after a close of ${told(this.level)}: within 3 % of ${parts} of it, as after a split ${words}`,
    });
  }

  private follow(jump: Jump, at: number, close: number): void {
    const ratio = close / this.level;
    if (ratio > 1 / 3 && ratio < 3) {
      this.settle(jump, null);
      this.level = close;
      return;
    }
    jump.end = at;
    jump.bars++;
    if (jump.bars <= patience) return;
    jump.end = jump.start;
    this.settle(jump, `and stays there for more than ${patience} bars`);
    this.level = close;
  }

  /** `stays` says how a price goes on that does not come back. */
  private settle({ start, end, bars, factor, isOvernight, from, to }: Jump, stays: string | null): void {
    this.jump = null;
    const times = factor > 0 ? `${factor} ×` : `1/${-factor} of`;
    if (stays === null) {
      const detail = `${bars === 1 ? 'a close' : `${bars} bars from a close`} of ${told(to)} on, about ${times} the close before, ${told(from)}, to which it comes back`;
      this.tell({
        kind: 'price off by a factor',
        start,
        end,
        detail: bars === 1 ? detail.replace(' on,', ',') : detail,
      });
      return;
    }
    const kind = isOvernight ? 'split-like jump' : 'price off by a factor';
    this.tell({ kind, start, end, detail: `goes from ${told(from)} to ${told(to)}, about ${times} it, ${stays}` });
  }
}

/** The factor that a ratio is near, negative for its inverse; 0 when it is near none. */
function factorOf(ratio: number): number {
  if (!(ratio > leastFactor || ratio < 1 / leastFactor)) return 0;
  const times = ratio > 1 ? ratio : 1 / ratio;
  const factor = factors.find((each) => isNear(times, each, factorTolerance)) ?? 0;
  return ratio > 1 ? factor : -factor;
}

function isNear(value: number, wanted: number, tolerance: number): boolean {
  return value >= wanted * (1 - tolerance) && value <= wanted * (1 + tolerance);
}
