import { expect, it } from 'vitest';
import { columnName, withRole } from '../../src/studio/dialogs/import/column-roles.ts';

const roles = ['time', 'open', 'high', 'low', 'close', ''];

it('gives a column a role, and the column that had it what this one had', () => {
  expect(withRole(roles, 5, 'volume')).toBe('time,open,high,low,close,volume');
  expect(withRole(roles, 1, 'close')).toBe('time,close,high,low,open,');
  expect(withRole(roles, 5, 'close')).toBe('time,open,high,low,,close');
  expect(withRole(roles, 4, '')).toBe('time,open,high,low,,');
});

it('calls a column by its name, and by its place where that says nothing', () => {
  expect(['', 'Open', 'x', ' x '].map((_, i, all) => columnName(all, i))).toEqual(['1', 'Open', 'x (3)', 'x (4)']);
});
