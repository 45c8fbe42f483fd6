import { expect, test } from 'vitest';
import { readConfig } from '../../../src/config/read.ts';
import { MemoryStore } from '../../../src/library/memory-store.ts';
import { planRun } from '../../../src/session/plan-run.ts';
import { planStrategy } from '../../../src/strategy/plan-strategy.ts';
import { shelf } from '../../../src/strategy/shelf.ts';
import { cellCount, cellOf, configOf } from '../../../src/sweep/sweep.ts';
import { slidersOf } from '../../../src/studio/what-if/sliders.ts';
import { tapeAgain } from '../../../src/studio/what-if/tape-again.ts';
import { randomWalk, storeDataset } from '../../support/synthetic.ts';

const settings = { data: { dataset: 'WALK' }, strategy: { name: 'SMA cross', params: { fast: 7 } } };

async function played() {
  const store = new MemoryStore();
  await storeDataset(store, 'WALK', { A: randomWalk('2024-03-07', '2024-03-08', 7) });
  const datasets = await store.list();
  const read = readConfig(settings);
  if (!read.ok) throw new Error('the settings are wrong');
  const planned = planRun(read.config, read.given, datasets, planStrategy(read.config.strategy!));
  if (!planned.ok) throw new Error(planned.findings.map(({ message }) => message).join('\n'));
  const { plan } = planned;
  const definition = shelf.find(({ name }) => name === 'SMA cross')!;
  return { plan, datasets, sliders: slidersOf(definition, plan.strategy!.params) };
}

test('a run again is a sweep whose only cell has the configuration of the run, complete with its parameters', async () => {
  const { plan, datasets, sliders } = await played();
  const sweep = tapeAgain(plan, settings, sliders, datasets, []);
  expect(cellCount(sweep)).toBe(1);
  const { strategy, ...rest } = configOf(sweep, cellOf(sweep, 1));
  expect({ ...rest, strategy: null }).toEqual({ ...plan.config, strategy: null });
  expect(strategy!.params).toEqual({ fast: 7, slow: 30 });
});

test('other bars under the name of the dataset are not those of the run, and a dataset that is gone is named', async () => {
  const { plan, datasets, sliders } = await played();
  const others = datasets.map((each) => ({ ...each, sha256: `sha256:${'1'.repeat(64)}` }));
  expect(() => tapeAgain(plan, settings, sliders, others, [])).toThrow(
    'bars that this run was played with are not here',
  );
  expect(() => tapeAgain(plan, settings, sliders, [], [])).toThrow('WALK');
});
