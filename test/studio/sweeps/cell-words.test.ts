import { expect, test } from 'vitest';
import { hasSign, signedFigure, signsOf } from '../../../src/studio/sweeps/cell-words.ts';
import type { SweepRow } from '../../../src/sweep/row.ts';

const rowOf = (trades: number, window: number | null = null): Pick<SweepRow, 'figures' | 'window' | 'part'> => ({
  figures: { 'Sharpe Ratio': 1, 'Win Rate [%]': 50, 'Return [%]': 2, '# Trades': trades } as SweepRow['figures'],
  ...{ window, part: window === null ? null : 'out' },
});

test('figures of cells that play too little, or trade too seldom, are marked as everywhere', () => {
  const month = { windows: [], played: { from: '2024-10-25', to: '2024-11-29', sessions: 25 } };
  const figures = (sweep: Parameters<typeof signedFigure>[0], row: ReturnType<typeof rowOf>): string[] =>
    (['Sharpe Ratio', 'Win Rate [%]', 'Return [%]'] as const).map((name) => signedFigure(sweep, row, name));
  expect(figures(month, rowOf(29))).toEqual(['1.000 †', '50.00 % ‡', '2.00 %']);
  const years = { windows: [], played: { from: '2020-01-02', to: '2024-11-29', sessions: 1_200 } };
  expect(figures(years, rowOf(30))).toEqual(['1.000', '50.00 %', '2.00 %']);
  // What counts is the part of the window that the cell plays.
  const out = { from: '2024-10-25', to: '2024-11-29' };
  expect(figures({ ...years, windows: [{ in: years.played, out }] }, rowOf(30, 1))[0]).toBe('1.000 †');
  // Of several, in one place, each sign once.
  const several = [rowOf(29), rowOf(30), rowOf(1)];
  expect([signsOf(month, several, 'Sharpe Ratio'), signsOf(years, several, 'Win Rate [%]')]).toEqual(['†', '‡']);
  expect([signsOf(years, several, 'Sharpe Ratio'), signsOf(month, [], 'Sharpe Ratio')]).toEqual(['', '']);
  expect([hasSign(month, rowOf(0)), hasSign(years, rowOf(30))]).toEqual([true, false]);
  // What an older version kept does not say how much was played.
  expect(figures({ windows: [] }, rowOf(1))[0]).toBe('1.000');
});
