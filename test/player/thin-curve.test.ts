import { expect, test } from 'vitest';
import { thinCurve } from '../../src/player/thin-curve.ts';

const curve = (...values: number[]) => ({
  time: Float64Array.from(values, (_, i) => i * 60_000),
  value: Float64Array.from(values),
});

test('a curve of few bars stays as it is', () => {
  const thin = thinCurve(curve(5, 3, 9), 3);
  for (const column of [thin.low, thin.high, thin.last]) expect([...column]).toEqual([5, 3, 9]);
  expect([...thin.time]).toEqual([0, 60_000, 120_000]);
});

test('of many bars each point keeps its least, its greatest and its last worth', () => {
  const thin = thinCurve(curve(5, 3, 9, 4, 4, 1, 7), 3);
  expect([...thin.low]).toEqual([3, 1, 7]);
  expect([...thin.high]).toEqual([9, 4, 7]);
  expect([...thin.last]).toEqual([9, 1, 7]);
  expect([...thin.time]).toEqual([120_000, 300_000, 360_000]);
});

test('nothing stays nothing', () => {
  expect(thinCurve(curve(), 10).last).toHaveLength(0);
});
