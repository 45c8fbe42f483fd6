import { expect, test } from 'vitest';
import { MemoryStore } from '../../src/library/memory-store.ts';
import { putCommand, Verb } from '../../src/memory/commands.ts';
import { Word } from '../../src/memory/layout.ts';
import { DrivenRun } from '../support/driven-run.ts';
import { planOf, randomWalk, storeDataset } from '../support/synthetic.ts';

// Once, upkeep left the rest of a session's last check unsaid while the next session was not staged, and the run stood still.
test('more to say at the last check of a session than the journal holds does not stop a run without prefetch', async () => {
  const store = new MemoryStore();
  const names = Array.from({ length: 50 }, (_, s) => `S${s}`);
  const named = (has: (slot: number) => boolean): Parameters<typeof storeDataset>[2] =>
    Object.fromEntries(
      names.map((name, s) => [name, randomWalk('2024-11-25', '2024-11-26', s, (_, slot) => has(slot))]),
    );
  await storeDataset(
    store,
    'feed',
    named((slot) => slot === 0),
  );
  await storeDataset(
    store,
    'source',
    named(() => true),
  );
  const plan = await planOf(store, {
    data: { dataset: 'feed', fillFrom: ['source'] },
    upkeep: { checkIntervalSeconds: 86_400 },
    prefetch: { enabled: false },
    history: { enabled: false },
    replay: { speed: 'max' },
  });
  const run = await DrivenRun.open(plan, store);
  putCommand(run.block, Verb.play);
  for (let turn = 0; turn < 200 && run.state !== 'finished'; turn++) await run.once();
  expect(run.state).toBe('finished');
  expect(run.block.words[Word.fills]).toBe(2 * 50 * 389);
});
