import { expect, it } from 'vitest';
import { defaultChoices } from '../../src/intake/choices.ts';
import { importFiles, type ImportSummary } from '../../src/library/import.ts';
import { flagsPart, leftOutCsv, leftOutPart, type ListQuery } from '../../src/library/lists.ts';
import { MemoryStore } from '../../src/library/memory-store.ts';
import { csv, file } from '../intake/files.ts';

const good = (minute: number, price = '10'): string => {
  const at = new Date(Date.UTC(2024, 10, 25, 14, 30 + minute)).toISOString();
  return `${at},${price},${price}.5,${price},${price},100`;
};
/** Every third record cannot be read. */
const text = (bars: number): string =>
  csv(...Array.from({ length: bars }, (_, i) => (i % 3 === 2 ? `=x,${i}` : good(i))));

let ids = 0;

async function imported(store: MemoryStore, ...texts: string[]): Promise<ImportSummary> {
  return importFiles(
    texts.map((each, i) => file(`${i}.csv`, each)),
    { ...defaultChoices, all: { symbol: 'SPY' } },
    store,
    {
      now: () => 0,
      newId: () => `id${ids++}`,
      breathe: async () => undefined,
      onProgress: () => undefined,
    },
  );
}

const all = (dataset: string, query: Partial<ListQuery> = {}): ListQuery => ({
  dataset,
  wanted: '',
  kind: '',
  from: 0,
  count: 100,
  ...query,
});

it('has every record that was left out, by the part', async () => {
  const store = new MemoryStore();
  const { manifest } = await imported(store, text(3_000), csv(good(1, '11'), good(5_000)));
  const records = (query: Partial<ListQuery>) => leftOutPart(store, all(manifest.id, query));
  expect(manifest.pages).toMatchObject({ 'left out': 3 });
  const { total, entries } = await records({});
  expect([total, entries.length]).toEqual([1_001, 100]);
  expect(entries[0]).toEqual({ file: '0.csv', line: 4, kind: 'rejected', reason: 'too few fields', text: '=x,2' });
  const later = await records({ from: 495, count: 10 });
  expect([later.total, later.entries.map(({ line }) => line)]).toEqual([
    1_001,
    [1489, 1492, 1495, 1498, 1501, 1504, 1507, 1510, 1513, 1516],
  ]);
  expect((await records({ from: 1_000 })).entries).toMatchObject([{ kind: 'conflict', file: '0.csv', line: 3 }]);
  expect(await records({ wanted: ' =X,299 ' })).toMatchObject({ total: 5 });
  expect(await records({ wanted: 'FEW', kind: 'rejected', from: 999 })).toMatchObject({ total: 1_000, entries: [{}] });
  expect(await records({ kind: 'conflict', wanted: 'line 2 of 1.csv' })).toMatchObject({ total: 1 });
});

it('stores them packed, and reads lists from before that was so', async () => {
  const store = new MemoryStore();
  const { manifest } = await imported(store, text(1_500));
  const listed = await leftOutPart(store, all(manifest.id, { count: 500 }));
  expect(listed.entries).toHaveLength(500);
  const plain = new TextEncoder().encode(JSON.stringify(listed.entries.map((each) => ({ ...each, file: 0 }))));
  expect((await store.page(manifest.id, 'left out', 0)).length).toBeLessThan(plain.length / 8);
  await store.putPages(manifest.id, [{ list: 'left out', page: 0, bytes: plain }]);
  expect(await leftOutPart(store, all(manifest.id, { count: 500 }))).toEqual(listed);
});

it('writes them as a CSV that runs nothing', async () => {
  const store = new MemoryStore();
  const { manifest } = await imported(store, text(6));
  const lines = (await (await leftOutCsv(store, manifest.id)).text()).split('\r\n');
  expect(lines).toEqual([
    'file,line,kind,reason,record',
    `0.csv,4,rejected,too few fields,"'=x,2"`,
    `0.csv,7,rejected,too few fields,"'=x,5"`,
    '',
  ]);
});

it('flags what looks suspicious, and changes nothing', async () => {
  const store = new MemoryStore();
  const lines = Array.from({ length: 60 }, (_, i) => good(i, i === 20 ? '1000' : '10'));
  const { manifest } = await imported(store, csv(...lines));
  expect(manifest.bars).toBe(60);
  expect(manifest.flags).toEqual({ 'price off by a factor': 1 });
  const at = Date.UTC(2024, 10, 25, 14, 50);
  const { total, entries } = await flagsPart(store, all(manifest.id));
  expect(total).toBe(1);
  expect(entries).toMatchObject([{ kind: 'price off by a factor', symbol: 'SPY', start: at, end: at }]);
  expect(await flagsPart(store, all(manifest.id, { wanted: 'spy', kind: 'no volume' }))).toMatchObject({ total: 0 });
  await store.remove(manifest.id);
  await expect(flagsPart(store, all(manifest.id))).rejects.toThrow('is not in the library');
});

it('leaves nothing of an import whose bars were here', async () => {
  const store = new MemoryStore();
  const first = await imported(store, text(30));
  const again = await imported(store, text(30));
  expect([again.existing, again.manifest.id]).toEqual([true, first.manifest.id]);
  expect(await leftOutPart(store, all(first.manifest.id))).toMatchObject({ total: 10 });
});
