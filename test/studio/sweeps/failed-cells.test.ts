import { expect, test } from 'vitest';
import { failedCells } from '../../../src/studio/sweeps/failed-cells.ts';
import { failedRow, type SweepRow } from '../../../src/sweep/row.ts';

test('cells that failed are told by their reason, those of most cells first, and no more than three reasons', () => {
  const row = (cell: number, error: string): SweepRow =>
    failedRow({ cell, params: {}, window: null, part: null }, error);
  const { cell, params, window, part, fingerprint, figures, returns } = row(1, '');
  const fine: SweepRow = { cell, params, window, part, fingerprint, figures, returns };
  const rows = [fine, row(9, 'a'), row(2, 'a'), row(3, 'b'), row(4, 'c'), row(5, 'd'), row(6, 'e'), row(7, 'b')];
  expect(failedCells(rows)).toEqual({
    told: [
      { reason: 'a', count: 2, first: 2 },
      { reason: 'b', count: 2, first: 3 },
      { reason: 'c', count: 1, first: 4 },
    ],
    untold: 2,
  });
  expect(failedCells([fine])).toEqual({ told: [], untold: 0 });
});
