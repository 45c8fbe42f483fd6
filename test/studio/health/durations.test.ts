import { expect, it } from 'vitest';
import { Durations } from '../../../src/studio/health/durations.ts';

it('quantiles are at most a tenth off the durations themselves, and the largest is exact', () => {
  const durations = new Durations(0);
  for (let ms = 1; ms <= 1_000; ms++) durations.add(ms / 10);
  for (const share of [0.5, 0.95]) {
    const exact = share * 100;
    expect(durations.quantileMs(share)).toBeGreaterThanOrEqual(exact);
    expect(durations.quantileMs(share)).toBeLessThan(exact * 1.1);
  }
  expect(durations.quantileMs(1)).toBe(100);
  expect(durations.maxMs).toBe(100);
  expect(durations.count).toBe(1_000);
  expect(durations.aMinute(60_000)).toBe(1_000);
});
