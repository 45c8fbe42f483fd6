import { beforeEach, describe, expect, it } from 'vitest';
import type { Manifest } from '../../src/library/manifest.ts';
import { MemoryStore } from '../../src/library/memory-store.ts';
import { datasetName } from '../../src/library/names.ts';
import { instant } from '../../src/time/instant.ts';

function manifest(id: string, name: string, sha256 = `sha256:${id}`): Manifest {
  const at = instant(0);
  return {
    version: 1,
    id,
    name,
    sha256,
    interval: '1m',
    symbols: [],
    bars: 0,
    from: at,
    to: at,
    bytes: 0,
    audits: [],
    importedAt: 0,
  };
}

const chunk = { symbol: 0, chunk: 0, bytes: new Uint8Array([1, 2, 3]) };

describe('the store in memory', () => {
  let store: MemoryStore;
  beforeEach(() => void (store = new MemoryStore()));

  it('has what was committed, by name', async () => {
    await store.commit(manifest('a', 'SPY'));
    await store.commit(manifest('b', 'GOOG'));
    expect((await store.list()).map(({ name }) => name)).toEqual(['GOOG', 'SPY']);
  });

  it('makes a taken name free for other bars', async () => {
    await store.commit(manifest('a', 'SPY'));
    expect((await store.commit(manifest('b', 'SPY'))).name).toBe('SPY 2');
    expect((await store.commit(manifest('c', 'SPY'))).name).toBe('SPY 3');
  });

  it('answers with the dataset that has the same bars under the same name, and keeps nothing twice', async () => {
    await store.commit(manifest('a', 'SPY'));
    await store.commit(manifest('b', 'SPY', 'sha256:other'));
    await store.putChunks('c', [chunk]);
    expect((await store.commit(manifest('c', 'SPY', 'sha256:other'))).id).toBe('b');
    await expect(store.chunk('c', 0, 0)).rejects.toThrow('chunk 0 of symbol 0 of dataset c is not in the library');
    expect(await store.list()).toHaveLength(2);
  });

  it('keeps the same bars under another name beside the first', async () => {
    await store.commit(manifest('a', 'SPY', 'sha256:same'));
    expect(await store.commit(manifest('b', 'copy', 'sha256:same'))).toMatchObject({ id: 'b', name: 'copy' });
  });

  it('gives chunks back until the dataset is removed', async () => {
    await store.putChunks('a', [chunk]);
    await store.commit(manifest('a', 'SPY'));
    expect(await store.chunk('a', 0, 0)).toEqual(chunk.bytes);
    await store.remove('a');
    await expect(store.chunk('a', 0, 0)).rejects.toThrow('chunk 0 of symbol 0 of dataset a is not in the library');
    expect(await store.list()).toEqual([]);
  });

  it('gives a dataset that is stored pages, which its manifest counts', async () => {
    await store.commit({ ...manifest('a', 'SPY'), pages: { flags: 0 } });
    const known = await store.addPages('a', 'presence', [chunk.bytes]);
    expect(known.pages).toEqual({ flags: 0, presence: 1 });
    expect(await store.list()).toEqual([known]);
    expect(await store.page('a', 'presence', 0)).toEqual(chunk.bytes);
    await expect(store.addPages('b', 'presence', [])).rejects.toThrow('dataset b is not in the library');
  });

  it('discards what has no manifest, and only that', async () => {
    await store.putChunks('a', [chunk]);
    await store.putChunks('b', [chunk]);
    await store.commit(manifest('a', 'SPY'));
    await store.discard('a');
    await store.discard('b');
    expect(await store.chunk('a', 0, 0)).toEqual(chunk.bytes);
    await expect(store.chunk('b', 0, 0)).rejects.toThrow('is not in the library');
  });

  it('gives pages back until the dataset is removed or discarded', async () => {
    const page = { list: 'rejections', page: 0, bytes: new Uint8Array([4]) };
    for (const id of ['a', 'b', 'c']) await store.putPages(id, [page, { ...page, list: 'flags' }]);
    await store.commit(manifest('a', 'SPY'));
    expect((await store.commit(manifest('c', 'SPY', 'sha256:a'))).id).toBe('a');
    await store.discard('a');
    await store.discard('b');
    expect(await store.page('a', 'rejections', 0)).toEqual(page.bytes);
    for (const id of ['b', 'c'])
      await expect(store.page(id, 'flags', 0)).rejects.toThrow(
        `page 0 of the flags of dataset ${id} is not in the library`,
      );
    await store.remove('a');
    await expect(store.page('a', 'flags', 0)).rejects.toThrow('is not in the library');
  });

  it('puts a dataset in the place of another, whose chunks stay for runs until they are discarded', async () => {
    await store.putChunks('a', [chunk]);
    await store.commit(manifest('a', 'SPY'));
    await store.putChunks('b', [chunk]);
    expect(await store.commit(manifest('b', 'ignored'), 'a')).toMatchObject({ id: 'b', name: 'SPY', replaces: 'a' });
    expect((await store.list()).map(({ id }) => id)).toEqual(['b']);
    expect((await store.all()).map(({ id, replacedBy }) => [id, replacedBy])).toEqual([
      ['a', 'b'],
      ['b', undefined],
    ]);
    expect(await store.chunk('a', 0, 0)).toEqual(chunk.bytes);
    expect((await store.commit(manifest('c', 'SPY'))).name).toBe('SPY 2');
    await expect(store.commit(manifest('d', 'SPY'), 'a')).rejects.toThrow('dataset a is not in the library');
    await expect(store.rename('a', 'x')).rejects.toThrow('dataset a is not in the library');
    await store.discard('a');
    await store.discard('b');
    expect((await store.all()).map(({ id }) => id)).toEqual(['b', 'c']);
    await expect(store.chunk('a', 0, 0)).rejects.toThrow('is not in the library');
    expect(await store.chunk('b', 0, 0)).toEqual(chunk.bytes);
  });

  it('leaves a dataset as it is when the same bars are to take its place', async () => {
    await store.commit(manifest('a', 'SPY', 'sha256:same'));
    await store.putChunks('b', [chunk]);
    expect(await store.commit(manifest('b', 'SPY', 'sha256:same'), 'a')).toMatchObject({ id: 'a' });
    expect((await store.all()).map(({ id }) => id)).toEqual(['a']);
    await expect(store.chunk('b', 0, 0)).rejects.toThrow('is not in the library');
  });

  it('keeps what is told of symbols with the dataset', async () => {
    await store.commit(manifest('a', 'SPY'));
    const instruments = { SPY: { tickSize: 0.01, multiplier: 1, currency: 'USD' } };
    expect(await store.describe('a', { instruments })).toMatchObject({ id: 'a', sha256: 'sha256:a', instruments });
    expect(await store.list()).toMatchObject([{ instruments }]);
    await expect(store.describe('b', {})).rejects.toThrow('dataset b is not in the library');
  });

  it('renames to a name that is free, trimmed', async () => {
    await store.commit(manifest('a', 'SPY'));
    await store.commit(manifest('b', 'GOOG'));
    expect((await store.rename('a', '  S&P 500 ')).name).toBe('S&P 500');
    expect((await store.rename('a', 'S&P 500')).name).toBe('S&P 500');
    await expect(store.rename('a', 'GOOG')).rejects.toThrow('the name "GOOG" is taken by another dataset');
    await expect(store.rename('a', '   ')).rejects.toThrow('the name of a dataset was empty');
    await expect(store.rename('a', 'x'.repeat(101))).rejects.toThrow('had 101 characters; it must have 1 to 100');
    await expect(store.rename('c', 'x')).rejects.toThrow('dataset c is not in the library');
    expect((await store.list()).map(({ name }) => name)).toEqual(['GOOG', 'S&P 500']);
  });

  it('keeps a made-free name within its length', async () => {
    const long = 'x'.repeat(100);
    await store.commit(manifest('a', long));
    expect((await store.commit(manifest('b', long))).name).toBe('x'.repeat(98) + ' 2');
  });
});

it.each([
  ['SPY.csv', 'SPY'],
  ['SPY.csv.gz', 'SPY'],
  ['SPY.CSV.GZ', 'SPY'],
  ['BRK.B.csv', 'BRK.B'],
  ['2006-01-02-volume-min-001.txt', '2006-01-02-volume-min-001'],
  ['6EH4.XCME_1min_bars_20240101_20240131.csv.gz', '6EH4.XCME_1min_bars_20240101_20240131'],
  [' .gz', 'dataset'],
  ['noextension', 'noextension'],
  ['.csv', '.csv'],
  [`${'y'.repeat(200)}.csv`, 'y'.repeat(100)],
])('a dataset from %s is named %s', (file, name) => expect(datasetName(file)).toBe(name));
