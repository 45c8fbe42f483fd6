import { expect, test } from 'vitest';
import { playToEnd } from '../../src/cli/play.ts';
import { readConfig } from '../../src/config/read.ts';
import { MemoryStore } from '../../src/library/memory-store.ts';
import { settingsInFile } from '../../src/studio/settings-in-file.ts';
import { planOf, randomWalk, storeDataset } from '../support/synthetic.ts';

test('the report of a run has the settings that it was made with, and a configuration is its own', async () => {
  const store = new MemoryStore();
  await storeDataset(store, 'feed', { A: randomWalk('2024-11-29', '2024-11-29', 1) });
  const plan = await planOf(store, { feed: { dropRate: 0.25 }, replay: { speed: 'max' } });
  const report: unknown = JSON.parse(JSON.stringify(await playToEnd(plan, store)));
  expect(readConfig(report).ok).toBe(false);
  expect(readConfig(settingsInFile(report))).toMatchObject({ ok: true, config: plan.config });
  for (const other of [{ feed: { dropRate: 0.25 } }, { app: 1, config: {} }, null, 7, 'x', []])
    expect(settingsInFile(other)).toBe(other);
});
