import { wrap } from 'comlink';
import { expect, it } from 'vitest';
import { BrowserStore } from '../../src/library/browser-store.ts';
import { IndexedDbStore } from '../../src/library/indexeddb-store.ts';
import { lendBars } from '../../src/library/lend.ts';
import type { Manifest } from '../../src/library/manifest.ts';
import { MemoryStore } from '../../src/library/memory-store.ts';
import type { BarReader } from '../../src/library/store.ts';
import { randomWalk, storeDataset } from '../support/synthetic.ts';

async function manifestOf(store: MemoryStore): Promise<Manifest> {
  return storeDataset(store, 'WALK', { WALK: randomWalk('2024-03-07', '2024-03-08', 3) });
}

// Node has no IndexedDB, which is as good as a browser that does not open it.
it('holds datasets in memory where storage is refused, and says why', async () => {
  const store = new BrowserStore(new IndexedDbStore());
  expect(await store.refusal).toContain('indexedDB');
  const memory = new MemoryStore();
  const manifest = await manifestOf(memory);
  const bytes = await memory.chunk('WALK', 0, 0);
  await store.putChunks('WALK', [{ symbol: 0, chunk: 0, bytes }]);
  await store.commit(manifest);
  await store.rename('WALK', 'Walk');
  expect((await store.list()).map(({ name }) => name)).toEqual(['Walk']);
  await store.discard('WALK');
  expect(await store.chunk('WALK', 0, 0)).toEqual(bytes);
  await store.remove('WALK');
  expect(await store.list()).toEqual([]);
});

it('lends its bars to a run at the other end of a port, with the reason where there are none', async () => {
  const memory = new MemoryStore();
  const manifest = await manifestOf(memory);
  const { port1, port2 } = new MessageChannel();
  await storeDataset(memory, 'OTHER', { WALK: randomWalk('2024-03-07', '2024-03-08', 4) });
  lendBars(memory, port1, ['WALK']);
  const reader = wrap<BarReader>(port2);
  try {
    expect(await reader.all()).toEqual([manifest]);
    expect(await reader.chunk('WALK', 0, 0)).toEqual(await memory.chunk('WALK', 0, 0));
    await expect(reader.chunk('WALK', 0, 99)).rejects.toThrow(
      'chunk 99 of symbol 0 of dataset WALK is not in the library',
    );
    await expect(reader.chunk('OTHER', 0, 0)).rejects.toThrow('the dataset "OTHER" is no part of this run');
  } finally {
    port1.close();
    port2.close();
  }
});
