import { expect, test } from 'vitest';
import { fillRate, qualityPercent } from '../../src/bars/quality.ts';

test('quality is the percentage of expected bars that are present', () => {
  expect(qualityPercent(390, 390)).toBe(100);
  expect(qualityPercent(195, 390)).toBe(50);
  expect(qualityPercent(0, 390)).toBe(0);
  expect(qualityPercent(382, 390)).toBe((100 * 382) / 390);
});

test('nothing expected is full quality, nothing recoverable a full fill rate', () => {
  expect(qualityPercent(0, 0)).toBe(100);
  expect(fillRate(0, 0)).toBe(1);
});

test('the fill rate is the share of recoverable slots that were filled', () => {
  expect(fillRate(9, 12)).toBe(0.75);
  expect(fillRate(0, 12)).toBe(0);
});
