import { expect, test } from 'vitest';
import { barColumns } from '../../src/bars/columns.ts';

test('columns have room for the bars and none in them', () => {
  const { count, ...columns } = barColumns(5);
  expect(count).toBe(0);
  expect(Object.entries(columns).map(([name, column]) => [name, column.length])).toEqual(
    ['start', 'open', 'high', 'low', 'close', 'volume'].map((name) => [name, 5]),
  );
});
