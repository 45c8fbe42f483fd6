import { Fate, rejectedFor } from '../bars/fate.ts';
import { priceFault, priceFaults } from '../bars/price-fault.ts';
import type { BarColumns } from '../bars/columns.ts';
import type { Config } from '../config/schema.ts';
import { minute } from '../time/instant.ts';
import { FeedLuck, symbolHash } from './feed-luck.ts';
import type { RunPlan } from './plan.ts';

/** An outage of one symbol, or of all: bars that end in `[from, to)` do not arrive. */
export interface Outage {
  /** Place of the symbol in the plan, -1 for all. */
  readonly symbol: number;
  readonly from: number;
  readonly to: number;
}

/** Whether a run's feed has faults. */
export function hasFaults({ feed }: Config): boolean {
  const { dropRate, delayRate, duplicateRate, reorderRate, corruptRate, outages } = feed;
  return dropRate + delayRate + duplicateRate + reorderRate + corruptRate > 0 || outages.length > 0;
}

/** Whether bars can come late. */
export function hasLateBars({ feed }: Config): boolean {
  return feed.delayRate + feed.reorderRate > 0;
}

/** The outages of a run; those of symbols that are not played are left out. */
export function outagesOf({ config, symbols }: Pick<RunPlan, 'config' | 'symbols'>): Outage[] {
  return config.feed.outages.flatMap(({ symbol, from, to }) => {
    const place = symbol === null ? -1 : symbols.findIndex(({ name }) => name === symbol);
    return symbol !== null && place < 0 ? [] : [{ symbol: place, from: Date.parse(from), to: Date.parse(to) }];
  });
}

/**
 * What the faults of the feed do to each bar. The first that hits it decides, in this order: outage, loss, corruption, delay,
 * reordering; a bar that arrives may arrive twice besides. Each fault has its own luck.
 */
export class FeedFaults {
  /** How late a delayed bar is, in milliseconds. */
  readonly delayMs: number;
  private readonly hashes: readonly number[];
  private readonly outages: readonly Outage[];
  /** Every bar passes here, and mostly for this fault alone. */
  private readonly onlyDrops: boolean;
  private readonly drop: FeedLuck;
  private readonly corrupt: FeedLuck;
  private readonly delay: FeedLuck;
  private readonly reorder: FeedLuck;
  private readonly duplicate: FeedLuck;
  private readonly kind: FeedLuck;

  constructor(plan: Pick<RunPlan, 'config' | 'symbols'>) {
    const { seed, dropRate, corruptRate, delayRate, reorderRate, duplicateRate, delayMinutes } = plan.config.feed;
    this.delayMs = delayMinutes * minute;
    this.hashes = plan.symbols.map(({ name }) => symbolHash(name));
    this.outages = outagesOf(plan);
    this.onlyDrops = corruptRate + delayRate + reorderRate + duplicateRate === 0;
    this.drop = new FeedLuck(seed, dropRate);
    this.corrupt = new FeedLuck(seed, corruptRate, 1);
    this.delay = new FeedLuck(seed, delayRate, 2);
    this.reorder = new FeedLuck(seed, reorderRate, 3);
    this.duplicate = new FeedLuck(seed, duplicateRate, 4);
    this.kind = new FeedLuck(seed, 0, 5);
  }

  /** The fate of bar `i` of a symbol, which ends at `end`. */
  fateOf(symbol: number, bars: BarColumns, i: number, end: number): number {
    const hash = this.hashes[symbol]!;
    const start = bars.start[i]!;
    if (this.outages.length > 0 && this.isOut(symbol, end)) return Fate.outage;
    if (this.drop.hits(hash, start)) return Fate.dropped;
    if (this.onlyDrops) return Fate.onTime;
    if (this.corrupt.hits(hash, start)) return this.corrupted(hash, bars, i);
    const late = this.delay.hits(hash, start)
      ? Fate.delayed
      : this.reorder.hits(hash, start)
        ? Fate.reordered
        : Fate.onTime;
    return this.duplicate.hits(hash, start) ? late | Fate.twice : late;
  }

  private isOut(symbol: number, end: number): boolean {
    for (const outage of this.outages)
      if ((outage.symbol === symbol || outage.symbol < 0) && end >= outage.from && end < outage.to) return true;
    return false;
  }

  /** Spoils a copy of the bar's values and checks them as an import does. */
  private corrupted(hash: number, bars: BarColumns, i: number): number {
    const open = bars.open[i]!;
    let [high, low, close] = [bars.high[i]!, bars.low[i]!, bars.close[i]!];
    switch (this.kind.word(hash, bars.start[i]!) % 3) {
      case 0:
        [high, low] = [beyond(low, -1), high];
        break;
      case 1:
        close = beyond(high, 1);
        break;
      default:
        close = beyond(low, -1);
    }
    const fault = priceFaults.findIndex((each) => each === priceFault(open, high, low, close));
    if (fault < 0) throw new Error(`the bar ${open}, ${high}, ${low}, ${close} was to be impossible and is not`);
    return rejectedFor(fault);
  }
}

/** A price far beyond another, up or down. */
function beyond(price: number, direction: 1 | -1): number {
  return price + direction * (9 * Math.abs(price) + 1);
}
