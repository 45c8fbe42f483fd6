import 'fake-indexeddb/auto';
import { IDBFactory } from 'fake-indexeddb';
import { openDB } from 'idb';
import { beforeEach, expect, test } from 'vitest';
import { KeptSweep } from '../../../src/studio/sweeps/kept-sweep.ts';
import { failedRow } from '../../../src/sweep/row.ts';
import type { Sweep } from '../../../src/sweep/sweep.ts';

const sweep = { id: 'a1' } as Sweep;
const row = (cell: number) => failedRow({ cell, params: {}, window: null, part: null }, 'no');

/** Fresh storage, without pages that hold it. */
beforeEach(() => {
  globalThis.indexedDB = new IDBFactory();
});

test('a sweep and its cells are found by another page, in the order of the cells', async () => {
  const kept = new KeptSweep();
  await kept.begin(sweep);
  await kept.add(sweep, [row(2), row(1)]);
  expect((await new KeptSweep().read())?.rows.map(({ cell }) => cell)).toEqual([1, 2]);
});

test('another hand is not kept waiting, and the next call opens what is there then', async () => {
  const kept = new KeptSweep();
  await kept.begin(sweep);
  const cleared = indexedDB.deleteDatabase('tapedeck-sweeps');
  await new Promise((resolve) => (cleared.onsuccess = resolve));
  expect(await kept.read()).toBeUndefined();
  await kept.begin(sweep);
  await kept.add(sweep, [row(1)]);
  expect((await kept.read())?.rows).toHaveLength(1);

  (await openDB('tapedeck-sweeps', 2)).close();
  await expect(kept.read()).rejects.toThrow('Tapedeck was updated in another tab; reload this one');
});
