import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { BarColumns } from '../../src/bars/columns.ts';
import { Fate, faultOf, isLate, outcomeOf } from '../../src/bars/fate.ts';
import { FeedFaults, hasFaults } from '../../src/session/feed-faults.ts';
import { minute } from '../../src/time/instant.ts';
import { configWith, randomWalk } from '../support/synthetic.ts';
import { columnsOf } from '../support/walk.ts';

type Feed = NonNullable<Parameters<typeof configWith>[0]['feed']>;

const bars = randomWalk('2024-01-02', '2024-03-28', 1);

function faults(feed: Feed): FeedFaults {
  return new FeedFaults({ config: configWith({ feed }), symbols: ['A', 'B'].map((name) => ({ name })) as never });
}

function fatesOf(feed: Feed, symbol = 0, of: BarColumns = bars): number[] {
  const feedFaults = faults(feed);
  return Array.from({ length: of.count }, (_, i) => feedFaults.fateOf(symbol, of, i, of.start[i]! + minute));
}

const share = (fates: readonly number[], is: (fate: number) => boolean): number =>
  fates.filter(is).length / fates.length;

describe('what the faults do to a bar', () => {
  test('is nothing where none is set', () => {
    expect(new Set(fatesOf({}))).toEqual(new Set([Fate.onTime]));
    expect(hasFaults(configWith({}))).toBe(false);
    for (const rate of ['dropRate', 'delayRate', 'duplicateRate', 'reorderRate', 'corruptRate'])
      expect(hasFaults(configWith({ feed: { [rate]: 0.001 } })), rate).toBe(true);
  });

  test.each<[string, Feed, number]>([
    ['lost', { dropRate: 0.2 }, Fate.dropped],
    ['corrupt', { corruptRate: 0.2 }, Fate.rejected],
    ['late', { delayRate: 0.2 }, Fate.delayed],
    ['after its successor', { reorderRate: 0.2 }, Fate.reordered],
  ])('%s is the share that is set', (_, feed, outcome) => {
    expect(share(fatesOf(feed), (fate) => outcomeOf(fate) === outcome)).toBeCloseTo(0.2, 1);
    expect(new Set(fatesOf(feed).map(outcomeOf))).toEqual(new Set([Fate.onTime, outcome]));
  });

  test('is luck of its own for each fault: one does not go with another', () => {
    const feed = { dropRate: 0.2, corruptRate: 0.2, delayRate: 0.2, reorderRate: 0.2, duplicateRate: 0.2 };
    const fates = fatesOf(feed);
    const expected = [0.2, 0.8 * 0.2, 0.8 ** 2 * 0.2, 0.8 ** 3 * 0.2];
    [Fate.dropped, Fate.rejected, Fate.delayed, Fate.reordered].forEach((outcome, i) =>
      expect(Math.abs(share(fates, (fate) => outcomeOf(fate) === outcome) - expected[i]!)).toBeLessThan(0.012),
    );
    const arriving = fates.filter((fate) => isLate(fate) || outcomeOf(fate) === Fate.onTime);
    expect(Math.abs(share(arriving, (fate) => (fate & Fate.twice) !== 0) - 0.2)).toBeLessThan(0.012);
    expect(fates.some((fate) => outcomeOf(fate) === Fate.dropped && (fate & Fate.twice) !== 0)).toBe(false);
  });

  test('another fault takes none of those that a fault hit before it', () => {
    const alone = fatesOf({ dropRate: 0.3 });
    const with_ = fatesOf({ dropRate: 0.3, delayRate: 0.5, corruptRate: 0.5, duplicateRate: 0.5 });
    alone.forEach((fate, i) => expect(outcomeOf(with_[i]!) === Fate.dropped).toBe(fate === Fate.dropped));
  });

  test('an outage takes the bars that end in it, its end excluded, of its symbol or of all', () => {
    const at = (slot: number): string => new Date(bars.start[slot]!).toISOString().replace('.000Z', 'Z');
    const feed = { outages: [{ symbol: 'B', from: at(10), to: at(20) }] };
    const out = (symbol: number): number[] =>
      fatesOf(feed, symbol).flatMap((fate, slot) => (fate === Fate.outage ? [slot] : []));
    expect(out(0)).toEqual([]);
    // The bar of minute 9 ends at the beginning of the outage, that of minute 19 at its end.
    expect(out(1)).toEqual([9, 10, 11, 12, 13, 14, 15, 16, 17, 18]);
    expect(hasFaults(configWith({ feed }))).toBe(true);
  });

  test('a corrupt bar is impossible whatever its prices are, and each reason comes', () => {
    const price = fc.double({ min: -1e6, max: 1e6, noNaN: true });
    const reasons = new Set<number>();
    fc.assert(
      fc.property(fc.array(price, { minLength: 4, maxLength: 4 }), fc.integer({ min: 0, max: 1e7 }), (prices, n) => {
        const [low, a, b, high] = prices.sort((x, y) => x - y) as [number, number, number, number];
        const bar = columnsOf([[n * minute, a, high, low, b, 1]]);
        const fate = faults({ corruptRate: 1 }).fateOf(0, bar, 0, 0);
        expect(outcomeOf(fate)).toBe(Fate.rejected);
        reasons.add(faultOf(fate));
      }),
    );
    expect(reasons).toEqual(new Set([0, 1, 2]));
  });
});
