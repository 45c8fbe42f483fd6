import * as v from 'valibot';
import { describe, expect, it } from 'vitest';
import { datasetName as isDatasetName } from '../../src/config/kinds.ts';
import { checkedName, datasetName, settleName } from '../../src/library/names.ts';

const settable = (name: string): boolean => v.safeParse(isDatasetName.schema, name).success;

describe('names of datasets', () => {
  it.each([
    ['sha256:y.csv', 'sha256-y'],
    ['SHA256:y.csv', 'sha256-y'],
    ['a\nb.csv', 'a b'],
    ['half \ud800.csv', 'half'],
    [`${'x'.repeat(99)}😀.csv`, 'x'.repeat(99)],
    ['.csv', '.csv'],
    ['\u0000.csv', 'dataset'],
  ])('of %j is one that a set-up takes', (file, name) => {
    expect(datasetName(file)).toBe(name);
    expect(settable(name)).toBe(true);
  });

  it('are refused when they look like a hash or cannot be printed', () => {
    for (const name of ['sha256:y', ' sha256:', `sha256:${'0'.repeat(64)}`, 'SHA256:y'])
      expect(() => checkedName('a', name, []), name).toThrow(/looks like the hash of bars; choose one/);
    expect(() => checkedName('a', 'a\u0007b', [])).toThrow(/cannot be printed/);
    expect(checkedName('a', 'my sha256:y', [])).toBe('my sha256:y');
  });

  it('are not cut within a character when a number is added', () => {
    const taken = { id: 'a', name: `${'x'.repeat(97)}😀y`, sha256: 'other' };
    const settled = settleName(taken.name, 'mine', [taken] as never);
    expect(settled).toEqual({ name: `${'x'.repeat(97)} 2` });
  });
});
