import { expect, test } from 'vitest';
import { failedRow, figureNames, type SweepRow } from '../../../src/sweep/row.ts';
import { changeWords, comparedFigures } from '../../../src/studio/what-if/compared.ts';

const figures = (values: Partial<SweepRow['figures']>): SweepRow['figures'] => ({
  ...(Object.fromEntries(figureNames.map((name) => [name, null])) as SweepRow['figures']),
  ...values,
});

test('figures stand beside those of the run, the net result less what the account began with', () => {
  const own = figures({ 'Equity Final [$]': 10_500, 'Max. Drawdown [%]': -4, '# Trades': 7, 'Sharpe Ratio': 1.25 });
  const tried = figures({ 'Equity Final [$]': 9_900, 'Max. Drawdown [%]': -2.5, '# Trades': 7 });
  const compared = comparedFigures(own, tried, 10_000);
  const told = compared.map((each) => [each.name, each.own, each.tried, changeWords(each)]);
  expect(told).toEqual([
    ['Net result', 500, -100, '−600.00'],
    ['Return', null, null, ''],
    ['Max. Drawdown', -4, -2.5, '+1.50 points'],
    ['Sharpe Ratio', 1.25, null, ''],
    ['Trades', 7, 7, 'even'],
    ['Win Rate', null, null, ''],
  ]);
});

test('each figure says whether it is of the equity or of closed trades', () => {
  const of = Object.fromEntries(comparedFigures(figures({}), undefined, 1).map((each) => [each.name, each.of]));
  for (const name of ['Net result', 'Return', 'Max. Drawdown', 'Sharpe Ratio'])
    expect(of[name]).toBe('Equity with open positions');
  for (const name of ['Trades', 'Win Rate']) expect(of[name]).toBe('Closed trades');
});

test('before anything is tried, and where a run failed, there is nothing beside', () => {
  const own = figures({ 'Equity Final [$]': 10_500 });
  const cell = { cell: 1, params: {}, window: null, part: null };
  for (const tried of [undefined, failedRow(cell, 'no').figures])
    expect(comparedFigures(own, tried, 10_000).map((each) => each.tried)).toEqual([null, null, null, null, null, null]);
});
