import { expect, test } from 'vitest';
import type { OrderTold } from '../../../src/strategy/book-piece.ts';
import {
  doubtWords,
  gainWords,
  priceWords,
  shareWords,
  sideWords,
  sizeWords,
  termsWords,
} from '../../../src/studio/trading/trade-words.ts';

const order = {
  role: 'entry',
  size: 100,
  limit: null,
  stop: null,
  sl: null,
  tp: null,
  at: 'next',
} as unknown as OrderTold;

test('a gain and a loss are told by their signs', () => {
  expect([gainWords(12.3), gainWords(-4.1), gainWords(0), gainWords(NaN)]).toEqual(['+12.30', '−4.10', '0.00', '–']);
  expect([gainWords(-0.001), shareWords(0.0124)]).toEqual(['0.00', '+1.24 %']);
  expect([sideWords(3), sideWords(-3), sideWords(0)]).toEqual(['▲ long', '▼ short', 'even']);
});

test('prices have two decimals, small ones as many as they need', () => {
  expect([priceWords(101.25), priceWords(1.08512), priceWords(1_234.5), priceWords(NaN)]).toEqual([
    '101.25',
    '1.08512',
    '1,234.50',
    '–',
  ]);
});

test('an order says its terms and its size', () => {
  expect(termsWords(order)).toBe('market');
  expect(termsWords({ ...order, at: 'close' })).toBe('market, on close');
  expect(termsWords({ ...order, stop: 99, limit: 101.2, sl: 90, tp: 120 })).toBe(
    'stop 99.00, limit 101.20; then stop-loss 90.00; then take-profit 120.00',
  );
  expect(sizeWords(order)).toBe('100');
  expect(sizeWords({ ...order, size: 0.25 })).toBe('25 % of the margin');
  expect(sizeWords({ ...order, size: 1 - Number.EPSILON })).toBe('all of the margin');
  expect(sizeWords({ ...order, size: 0.25, role: 'sl' })).toBe('0.25');
  expect(sizeWords({ ...order, size: { risk: 0.01 } })).toBe('1 % at risk');
});

test('doubts are named, each once', () => {
  expect([doubtWords(0), doubtWords(1 | 4)]).toEqual(['', 'order in bar, session edge']);
});
