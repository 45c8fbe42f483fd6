import { describe, expect, it } from 'vitest';
import { recordColumns } from '../../src/bars/records.ts';
import { wholeBars, wholeRecords } from '../../src/intake/series.ts';
import { keepDataset } from '../../src/library/keep.ts';
import { MemoryStore } from '../../src/library/memory-store.ts';
import { presencesOf } from '../../src/library/presence-pages.ts';
import { minute } from '../../src/time/instant.ts';
import { startsIn } from '../quality/bars.ts';
import { randomWalk, storeDataset } from '../support/synthetic.ts';

const options = { now: () => 0, newId: () => 'id', breathe: async () => undefined };
const { breathe } = options;
const symbols = [
  wholeBars(
    'A',
    randomWalk('2024-09-03', '2024-11-29', 1, (_, slot) => slot % 50 !== 7),
  ),
  wholeBars('B', randomWalk('2024-11-26', '2024-11-29', 2)),
];
const startsOf = ({ start, count }: { start: Float64Array; count: number }): number[] => [...start.subarray(0, count)];

/** A store that counts the chunks that are read. */
class CountingStore extends MemoryStore {
  read = 0;

  override async chunk(...place: Parameters<MemoryStore['chunk']>): Promise<Uint8Array> {
    this.read++;
    return super.chunk(...place);
  }
}

describe('what is present of a dataset', () => {
  it('is kept with it by an import, and goes with it', async () => {
    const store = new CountingStore();
    symbols[0]!.columns.start[3]! += 1_500;
    const result = {
      kind: 'bars',
      symbols,
      interval: '1m',
      intervalMs: minute,
      bars: 0,
      audits: [],
      skipped: [],
    } as const;
    const manifest = await keepDataset(result, 'sha256:x', 'tape', store, options);
    expect(manifest.pages).toEqual({ presence: 2 });
    const presences = await presencesOf(store, manifest, breathe);
    expect(store.read).toBe(0);
    expect(presences.map((presence) => startsIn(presence))).toEqual(symbols.map(({ columns }) => startsOf(columns)));
    await store.remove(manifest.id);
    await expect(store.page(manifest.id, 'presence', 0)).rejects.toThrow('is not in the library');
  });

  it('is read once from the chunks of a dataset that was imported before, and kept then', async () => {
    const store = new CountingStore();
    const old = await storeDataset(
      store,
      'old',
      Object.fromEntries(symbols.map(({ name, columns }) => [name, columns])),
    );
    expect(old.pages).toBeUndefined();
    const first = await presencesOf(store, old, breathe);
    expect(first.map((presence) => startsIn(presence))).toEqual(symbols.map(({ columns }) => startsOf(columns)));
    const { read } = store;
    expect(read).toBeGreaterThan(0);
    const [kept] = await store.list();
    const again = await presencesOf(store, kept!, breathe);
    expect(again.map((presence) => startsIn(presence))).toEqual(first.map((presence) => startsIn(presence)));
    expect(store.read).toBe(read);
  });

  it('is read from the chunks where the store does not take it, and where it is of another version', async () => {
    const store = new CountingStore();
    const old = await storeDataset(store, 'old', { A: symbols[0]!.columns });
    store.addPages = () => Promise.reject(new DOMException('over', 'QuotaExceededError'));
    const [presence] = await presencesOf(store, old, breathe);
    expect(startsIn(presence!)).toEqual(startsOf(symbols[0]!.columns));
    const { read } = store;
    await store.putPages('old', [{ list: 'presence', page: 0, bytes: new Uint8Array(40) }]);
    const [again] = await presencesOf(store, { ...old, pages: { presence: 1 } }, breathe);
    expect(startsIn(again!)).toEqual(startsOf(symbols[0]!.columns));
    expect(store.read).toBe(2 * read);
  });

  it('is, of ticks, the minutes in which there are any', async () => {
    const store = new MemoryStore();
    const columns = recordColumns('ticks', 5);
    columns.count = 5;
    const begin = Date.UTC(2024, 10, 29, 14, 30);
    columns.time.set([0, 10, 59_999, 60_000, 200_000].map((ms) => begin + ms));
    for (const values of columns.values) values.fill(1);
    const result = {
      kind: 'ticks',
      symbols: [wholeRecords('A', columns)],
      records: 5,
      audits: [],
      skipped: [],
    } as const;
    const manifest = await keepDataset(result, 'sha256:x', 'ticks', store, options);
    const [presence] = await presencesOf(store, manifest, breathe);
    expect(startsIn(presence!)).toEqual([0, 1, 3].map((i) => begin + i * minute));
  });
});
