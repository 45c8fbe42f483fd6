import { beforeAll, expect, test } from 'vitest';
import { playToEnd } from '../../src/cli/play.ts';
import { MemoryStore } from '../../src/library/memory-store.ts';
import { compareMany } from '../../src/session/compare-many.ts';
import type { RunReport } from '../../src/session/report.ts';
import { planOf, randomWalk, storeDataset } from '../support/synthetic.ts';

let whole: RunReport;
let again: RunReport;
let dropped: RunReport;
beforeAll(async () => {
  const store = new MemoryStore();
  await storeDataset(store, 'feed', { A: randomWalk('2024-11-26', '2024-11-29', 1) });
  const play = async (config: object): Promise<RunReport> => playToEnd(await planOf(store, config), store);
  whole = await play({});
  again = await play({ replay: { speed: 'max' } });
  dropped = await play({ feed: { dropRate: 0.1 } });
});

test('each run is told beside the first, and has the first’s value where it does not differ', () => {
  const { comparisons, settings, data } = compareMany(whole, [again, dropped]);
  expect(comparisons.map(({ same }) => same)).toEqual([true, false]);
  expect(comparisons[1]!.parting).toMatchObject({ kind: 'step', date: '2024-11-26' });
  expect(settings).toContainEqual({ what: 'feed.dropRate', values: [0, 0, 0.1] });
  expect(settings.map(({ what }) => what)).toHaveLength(new Set(settings.map(({ what }) => what)).size);
  expect(data).toEqual([]);
});

test('other bars are told by their hashes, run by run', () => {
  const other = { ...whole, data: whole.data.map((each) => ({ ...each, sha256: 'sha256:other' })) };
  expect(compareMany(whole, [again, other]).data).toEqual([
    { what: 'A 1m', values: [whole.data[0]!.sha256, whole.data[0]!.sha256, 'sha256:other'] },
  ]);
});
