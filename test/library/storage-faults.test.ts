import { IDBFactory } from 'fake-indexeddb';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { barColumns } from '../../src/bars/columns.ts';
import { defaultChoices } from '../../src/intake/choices.ts';
import { datasetSha256 } from '../../src/intake/dataset-hash.ts';
import type { ByteSource } from '../../src/intake/source.ts';
import { openChunk } from '../../src/library/chunk.ts';
import { importFiles, type ImportSummary } from '../../src/library/import.ts';
import { IndexedDbStore } from '../../src/library/indexeddb-store.ts';
import type { Manifest } from '../../src/library/manifest.ts';
import { breathe, file } from '../intake/files.ts';
import { faults, FaultyIndexedDb } from '../support/faulty-indexeddb.ts';

const minute = 60_000;

/** Files of bars of many months, each of which has some of every month, so that their runs are to be merged. */
function files(name: string, seed: number): ByteSource[] {
  return [0, 1, 2].map((part) => {
    const lines = Array.from({ length: 120 }, (_, i) => {
      const at = Date.UTC(2020, 0, 1) + (i * 3 + part) * 997 * minute;
      return `${new Date(at).toISOString()},${i % 2 ? 'A' : 'B'},${[5, 9, 1, 5].map((price) => price + seed / 10).join()},${i % 9}`;
    });
    return file(`${name}/${part}.csv`, ['timestamp,symbol,open,high,low,close,volume', ...lines, ''].join('\n'));
  });
}

let ids: number;
function imported(store: IndexedDbStore, name: string, seed: number): Promise<ImportSummary> {
  return importFiles(files(name, seed), defaultChoices, store, {
    now: () => 0,
    newId: () => `id ${ids++}`,
    breathe,
    onProgress: () => undefined,
    heldRows: 1,
  });
}

/** The hash of what is stored, read chunk by chunk. */
async function storedSha256(store: IndexedDbStore, { id, symbols, interval }: Manifest): Promise<string> {
  const all = [];
  for (const [s, { name, bars, chunks }] of symbols.entries()) {
    const columns = barColumns(bars);
    for (let c = 0; c < chunks.length; c++) {
      const chunk = openChunk(await store.chunk(id, s, c));
      for (let block = 0; block < chunk.blocks; block++) chunk.decodeBlock(block, columns, columns.count);
    }
    all.push({ name, interval, columns });
  }
  return datasetSha256(all, breathe);
}

/** Every chunk that the database has, by dataset. */
async function chunkKeys(): Promise<IDBValidKey[]> {
  const open = indexedDB.open('tapedeck');
  const db = await new Promise<IDBDatabase>((resolve) => (open.onsuccess = () => resolve(open.result)));
  const request = db.transaction('chunks').objectStore('chunks').getAllKeys();
  const keys = await new Promise<IDBValidKey[]>((resolve) => (request.onsuccess = () => resolve(request.result)));
  db.close();
  return keys;
}

let faulty: FaultyIndexedDb | undefined;
beforeEach(() => {
  ids = 0;
  indexedDB = new IDBFactory();
});
afterEach(() => {
  faulty?.restore();
  faulty = undefined;
});

it.each(faults)(
  'an import whose n-th call of storage %s is whole or absent, for every n, and leaves the others alone',
  async (fault) => {
    let n = 1;
    let whole = 0;
    for (let isOver = false; !isOver; n++) {
      indexedDB = new IDBFactory();
      const store = new IndexedDbStore();
      const { manifest: before } = await imported(store, 'before', 1);
      faulty = new FaultyIndexedDb(n, fault);
      const outcome = await imported(store, 'A', 2).then(
        ({ manifest }) => manifest,
        (error: unknown) => error as Error,
      );
      faulty.restore();
      isOver = !faulty.happened;
      if (outcome instanceof Error && fault === 'is over quota') expect(outcome.message).toMatch(/^storage is full/);

      // The next start of the browser's library.
      await store.close();
      const next = new IndexedDbStore();
      for (const id of await next.unfinished()) await next.discard(id);
      const listed = await next.list();
      expect(listed.map(({ name }) => name)).toEqual(
        outcome instanceof Error && listed.length === 1 ? ['before'] : ['A', 'before'],
      );
      if (!(outcome instanceof Error)) expect(listed).toContainEqual(outcome);
      for (const manifest of listed) expect(await storedSha256(next, manifest)).toBe(manifest.sha256);
      expect(listed).toContainEqual(before);
      const lengths = listed.flatMap(({ symbols, pages }) => [
        ...symbols.map(({ chunks }) => chunks.length),
        ...Object.values(pages ?? {}),
      ]);
      const expected = lengths.reduce((sum, length) => sum + length, 0);
      expect(await chunkKeys()).toHaveLength(expected);
      if (listed.length === 2) whole++;
      else expect((await imported(next, 'A', 2)).existing).toBe(false);
      await next.close();
    }
    // The last one met no fault any more; before it, many did.
    expect(n).toBeGreaterThan(20);
    expect(whole).toBeGreaterThan(0);
    expect(whole).toBeLessThan(n);
  },
  300_000,
);
