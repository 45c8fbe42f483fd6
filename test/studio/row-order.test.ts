import { expect, test } from 'vitest';
import { orderedRows } from '../../src/studio/row-order.ts';

const names = ['SPY', 'GOOG', 'SHY', 'AAPL'];
const picture = {
  streamed: Int32Array.of(9, 10, 4, 8),
  filled: Int32Array.of(0, 0, 4, 1),
  expected: Int32Array.of(10, 10, 10, 10),
};

test('rows stand as set up, or by name, whatever their quality is', () => {
  expect(orderedRows(names, '', 'as set up', picture)).toEqual([0, 1, 2, 3]);
  expect(orderedRows(names, '', 'by name', picture)).toEqual([3, 1, 2, 0]);
});

test('the worst first; those of equal quality stay as set up, and before a run all are equal', () => {
  expect(orderedRows(names, '', 'worst first', picture)).toEqual([2, 0, 3, 1]);
  expect(orderedRows(names, '', 'worst first', undefined)).toEqual([0, 1, 2, 3]);
});

test('a part of the name finds symbols, in capitals or not', () => {
  expect(orderedRows(names, ' y', 'worst first', picture)).toEqual([2, 0]);
  expect(orderedRows(names, 'goo', 'as set up', picture)).toEqual([1]);
  expect(orderedRows(names, 'x', 'as set up', picture)).toEqual([]);
});
