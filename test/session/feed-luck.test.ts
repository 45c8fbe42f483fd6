import { describe, expect, test } from 'vitest';
import { FeedLuck, symbolHash } from '../../src/session/feed-luck.ts';
import { minute } from '../../src/time/instant.ts';

const from = Date.parse('2013-10-07T13:30:00Z');

function lossesOf(seed: number, rate: number, symbol: string, count = 20_000, stepMs = minute): boolean[] {
  const luck = new FeedLuck(seed, rate);
  const hash = symbolHash(symbol);
  return Array.from({ length: count }, (_, i) => luck.hits(hash, from + i * stepMs));
}

const shareOf = (losses: readonly boolean[]): number => losses.filter(Boolean).length / losses.length;

describe('bars that the feed loses', () => {
  test.each([0.001, 0.01, 0.1, 0.5, 0.9, 0.999])(
    'are a share of %d of all, within five standard deviations',
    (rate) => {
      for (const [seed, symbol] of [
        [1, 'SPY'],
        [2, 'SPY'],
        [1, 'GOOG'],
        [4_294_967_295, 'A'],
      ] as const) {
        const deviation = Math.sqrt((rate * (1 - rate)) / 20_000);
        const share = shareOf(lossesOf(seed, rate, symbol));
        expect(Math.abs(share - rate), `seed ${seed}, ${symbol}: ${share}`).toBeLessThan(5 * deviation);
      }
    },
  );

  test('are none at rate 0 and all at rate 1', () => {
    expect(shareOf(lossesOf(1, 0, 'SPY', 1_000))).toBe(0);
    expect(shareOf(lossesOf(1, 1, 'SPY', 1_000))).toBe(1);
  });

  test.each([1_000, 30_000, minute, 86_400_000])('are as many at bars of %i ms', (stepMs) => {
    expect(Math.abs(shareOf(lossesOf(3, 0.1, 'SPY', 20_000, stepMs)) - 0.1)).toBeLessThan(0.011);
  });

  test('do not depend on the order in which they are asked for, or on other symbols', () => {
    const forward = lossesOf(5, 0.3, 'SPY', 500);
    const luck = new FeedLuck(5, 0.3);
    const backward: boolean[] = [];
    for (let i = 499; i >= 0; i--) {
      luck.hits(symbolHash('GOOG'), from + i * minute);
      backward[i] = luck.hits(symbolHash('SPY'), from + i * minute);
    }
    expect(backward).toEqual(forward);
  });

  test('are others for another seed and another symbol, independently of one another', () => {
    const both = (a: boolean[], b: boolean[]): number => shareOf(a.map((lost, i) => lost && b[i]!));
    const one = lossesOf(1, 0.3, 'SPY');
    for (const other of [lossesOf(2, 0.3, 'SPY'), lossesOf(1, 0.3, 'SPX'), lossesOf(0, 0.3, 'SPY')])
      expect(Math.abs(both(one, other) - 0.09)).toBeLessThan(0.011);
  });

  test('a higher rate loses what a lower one loses, and more', () => {
    const low = lossesOf(9, 0.1, 'SPY');
    const high = lossesOf(9, 0.2, 'SPY');
    expect(low.every((lost, i) => !lost || high[i])).toBe(true);
  });

  test('neighbours are lost independently', () => {
    const losses = lossesOf(11, 0.3, 'SPY');
    expect(Math.abs(shareOf(losses.map((lost, i) => lost && (losses[i + 1] ?? false))) - 0.09)).toBeLessThan(0.011);
  });
});
