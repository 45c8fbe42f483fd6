import { expect, test } from 'vitest';
import { clockWords, timeLeftMs } from '../../src/sweep/time-left.ts';

test('what is left takes as long a cell as what is done', () => {
  expect(timeLeftMs(10, 30, 2_000)).toBe(6_000);
  expect(timeLeftMs(0, 30, 2_000)).toBeNaN();
  expect([NaN, 0, 1, 61_000, 3_723_000].map(clockWords)).toEqual(['…', '0:00', '0:01', '1:01', '1:02:03']);
});
