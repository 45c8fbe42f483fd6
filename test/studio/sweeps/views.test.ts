import { describe, expect, test } from 'vitest';
import type { SweepRow } from '../../../src/sweep/row.ts';
import { heatMapOf, heatOf } from '../../../src/studio/sweeps/heat-map.ts';
import { figureAxis, nearestLine, paramAxis } from '../../../src/studio/sweeps/parallel.ts';

function row(cell: number, fast: number, slow: number, sharpe: number | null, stop = 1): SweepRow {
  const figures = { 'Sharpe Ratio': sharpe } as SweepRow['figures'];
  return { cell, params: { fast, slow, stop }, window: null, part: null, fingerprint: null, figures, returns: null };
}

const fast = { param: 'fast', values: [5, 10] };
const slow = { param: 'slow', values: [20, 40, 80] };

describe('the heat map', () => {
  const rows = [row(1, 5, 20, -1), row(2, 5, 40, 2), row(3, 10, 40, null), row(4, 5, 40, 4, 2)];
  const map = heatMapOf(rows, fast, slow, 'Sharpe Ratio');

  test('has the highest value of the upright parameter on top', () => {
    expect([map.columns, map.lines]).toEqual([
      [5, 10],
      [80, 40, 20],
    ]);
  });

  test('takes the mean over what the two parameters leave open, and tells what has no value from what is 0', () => {
    expect(map.squares.map((line) => line.map(({ value }) => value))).toEqual([
      [null, null],
      [3, null],
      [-1, null],
    ]);
    expect(map.squares[1]!.map(({ rows: own }) => own.map(({ cell }) => cell))).toEqual([[2, 4], [3]]);
    expect([map.low, map.high]).toEqual([-1, 3]);
  });

  test('has a colour for each sign where both occur, else one from the least to the greatest', () => {
    expect([-1, -0.5, 0, 1.5, 3].map((value) => heatOf(value, map))).toEqual([-1, -0.5, 0, 0.5, 1]);
    expect([2, 3, 4].map((value) => heatOf(value, { low: 2, high: 4 }))).toEqual([0, 0.5, 1]);
    expect(heatOf(2, { low: 2, high: 2 })).toBe(1);
  });
});

describe('parallel coordinates', () => {
  const rows = [row(1, 5, 20, 1), row(2, 10, 80, 3), row(3, 10, 40, null)];

  test('put values of a parameter in even distances, and figures between their least and greatest', () => {
    expect([...paramAxis('Slow', rows, slow).at]).toEqual([0, 1, 0.5]);
    const figures = figureAxis('Sharpe', rows, 'Sharpe Ratio', String);
    expect([...figures.at]).toEqual([0, 1, NaN]);
    expect(figures.marks).toEqual([
      ['1', 0],
      ['2', 0.5],
      ['3', 1],
    ]);
  });

  test('find the line under the pointer between two axes', () => {
    const axes = [paramAxis('Fast', rows, fast), paramAxis('Slow', rows, slow)];
    expect(nearestLine(axes, 0.9, 0.05)).toBe(0);
    expect(nearestLine(axes, 1, 0.52)).toBe(2);
    expect(nearestLine(axes, 0.5, 1)).toBe(1);
    expect(nearestLine([], 0, 0)).toBe(-1);
  });
});
