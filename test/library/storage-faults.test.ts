import 'fake-indexeddb/auto';
import { IDBFactory } from 'fake-indexeddb';
import { beforeEach, expect, it } from 'vitest';
import { faultyImports } from '../support/faulty-imports.ts';
import { faults } from '../support/faulty-indexeddb.ts';

beforeEach(() => {
  indexedDB = new IDBFactory();
});

it.each(faults)(
  'an import whose n-th call of storage %s is whole or absent, for every n, and leaves the others alone',
  async (fault) => {
    const { imports, whole, wrong } = await faultyImports(fault);
    expect(wrong).toEqual([]);
    // The last one met no fault any more; before it, many did.
    expect(imports).toBeGreaterThan(20);
    // A connection that is closing is opened anew.
    if (fault === 'is invalid') expect(whole).toBe(imports);
    else expect(whole).toBeLessThan(imports);
    expect(whole).toBeGreaterThan(0);
  },
  300_000,
);
