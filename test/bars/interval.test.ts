import { expect, test } from 'vitest';
import { intervalMs, intervalText } from '../../src/bars/interval.ts';
import { day, hour, minute, second } from '../../src/time/instant.ts';

test.each([
  ['30s', 30 * second],
  ['1m', minute],
  ['15m', 15 * minute],
  ['90m', 90 * minute],
  ['1h', hour],
  ['1d', day],
])('%s is an interval, and its own shortest text', (text, ms) => {
  expect(intervalMs(text)).toBe(ms);
  expect(intervalText(ms)).toBe(text);
});

test('the same length has one text', () => {
  expect(intervalText(intervalMs('60s')!)).toBe('1m');
  expect(intervalText(intervalMs('24h')!)).toBe('1d');
});

test.each(['', 'm', '0m', '01m', '-1m', '1.5h', '1M', '1w', ' 5m', '5m ', '5 m', '100000s'])(
  '"%s" is no interval',
  (text) => {
    expect(intervalMs(text)).toBeUndefined();
  },
);
