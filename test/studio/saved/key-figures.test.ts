import { expect, test } from 'vitest';
import { distanceWords, littleSignOf } from '../../../src/studio/saved/key-figures.ts';
import type { KeyFigure } from '../../../src/studio/saved/saved-run.ts';

test.each<[KeyFigure['unit'], KeyFigure['value'], KeyFigure['value'], string]>([
  ['percent', 10, 11.5, '+1.50 points'],
  ['share', 0.5, 0.25, '−25.00 points'],
  ['percent', 10, 10.0001, '+0.00010 points'],
  ['count', 1_200, 1_197, '−3'],
  ['money', 10_000, 10_250.5, '+250.50'],
  ['ratio', 1, 1.0001, '+0.00010'],
  ['seconds', 60, 3_660, '+1 h'],
  ['ratio', 2, 2, 'same'],
  ['ratio', null, 2, ''],
  ['ratio', 2, null, ''],
])('the distance of %s from %s to %s is “%s”', (unit, first, value, words) => {
  expect(distanceWords({ name: 'X', unit, value }, { name: 'X', unit, value: first })).toBe(words);
});

test('figures of two units have no distance', () => {
  expect(distanceWords({ name: 'X', unit: 'count', value: 1 }, { name: 'X', unit: 'money', value: 2 })).toBe('');
  expect(distanceWords({ name: 'X', unit: 'count', value: 1 }, undefined)).toBe('');
});

test('a figure of a run that is too short, or has too few trades, is marked; one of a year with trades is not', () => {
  const run = (days: number, trades: number): KeyFigure[] => [
    { name: 'Duration', unit: 'seconds', value: days * 86_400 },
    { name: '# Trades', unit: 'count', value: trades },
    { name: 'Sharpe Ratio', unit: 'ratio', value: 1 },
    { name: 'Win Rate [%]', unit: 'percent', value: 50 },
    { name: 'SQN', unit: 'ratio', value: null },
  ];
  const signs = (figures: KeyFigure[]) => figures.map((figure) => littleSignOf(figure, figures));
  expect(signs(run(20, 7))).toEqual(['', '', '†', '‡', '']);
  expect(signs(run(360, 30))).toEqual(['', '', '', '', '']);
});
