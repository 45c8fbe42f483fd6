import { describe, expect, test } from 'vitest';
import { MemoryStore } from '../../src/library/memory-store.ts';
import { putCommand, Verb } from '../../src/memory/commands.ts';
import { Word } from '../../src/memory/layout.ts';
import { DrivenRun } from '../support/driven-run.ts';
import type { configWith } from '../support/synthetic.ts';
import { planOf, randomWalk, storeDataset } from '../support/synthetic.ts';

type Changes = Parameters<typeof configWith>[0];

async function openRun(changes: Changes): Promise<DrivenRun> {
  const store = new MemoryStore();
  await storeDataset(store, 'feed', { A: randomWalk('2024-03-05', '2024-03-07', 1) });
  const plan = await planOf(store, { history: { enabled: false }, replay: { speed: 600 }, ...changes });
  const run = await DrivenRun.open(plan, store);
  run.block.words[Word.speedThousandths] = 600_000;
  return run;
}

/** Base slots played of the first session when the second one is staged; null when that is after it. */
async function stagedAfter(run: DrivenRun): Promise<number | null> {
  putCommand(run.block, Verb.play);
  while (run.block.words[Word.staged]! < 2) {
    if ((await run.once()) === 'time') run.nowMs = run.coordinator.dueMs;
    if (run.session > 0) return null;
  }
  return run.slots;
}

describe('the next session is laid out', () => {
  test.each([
    [60, 5, 330],
    [30, 5, 360],
    [63, 10, 330],
    [390, 5, 5],
  ])(
    'from %d minutes before the close on, checked each %d minutes',
    async (windowMinutes, checkIntervalMinutes, slots) => {
      const run = await openRun({ prefetch: { windowMinutes, checkIntervalMinutes } });
      expect(await stagedAfter(run)).toBe(slots);
      expect(run.log('askedNext')[0]).toMatchObject({ a: (390 - slots) * 60 });
    },
  );

  test('too late with a window of nothing: it is asked for at the close', async () => {
    const run = await openRun({ prefetch: { windowMinutes: 0 } });
    expect(await stagedAfter(run)).toBe(null);
    expect(run.log('askedNext')[0]).toMatchObject({ a: 0 });
  });

  test('also where upkeep is switched off', async () => {
    expect(await stagedAfter(await openRun({ upkeep: { enabled: false } }))).toBe(330);
  });

  test('only when it is needed, where prefetch is switched off', async () => {
    const run = await openRun({ prefetch: { enabled: false } });
    expect(await stagedAfter(run)).toBe(null);
    expect(run.log('askedNext')).toEqual([]);
    expect((await run.toEnd()).sessions.map(({ prefetch }) => prefetch)).toEqual(['off', 'off', 'off']);
  });

  test('at once at full speed', async () => {
    const run = await openRun({ replay: { speed: 'max' } });
    run.block.words[Word.speedThousandths] = 0;
    await stagedAfter(run);
    expect(run.slots).toBeLessThan(330);
    const report = await run.toEnd();
    expect(report.sessions.map(({ prefetch }) => prefetch)).toEqual(['off', 'hit', 'hit']);
    expect(report.totals.prefetchHitRate).toBe(1);
  });
});
