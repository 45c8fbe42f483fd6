import { describe, expect, test } from 'vitest';
import { playToEnd } from '../../src/cli/play.ts';
import { Stager } from '../../src/library/stage.ts';
import { MemoryStore } from '../../src/library/memory-store.ts';
import { createBlock } from '../../src/memory/block.ts';
import { putCommand, Verb } from '../../src/memory/commands.ts';
import { Word } from '../../src/memory/layout.ts';
import { shapeOf } from '../../src/session/shape.ts';
import { DrivenRun } from '../support/driven-run.ts';
import { planOf, randomWalk, storeDataset } from '../support/synthetic.ts';

/** A store whose chunks can be had `good` times and then not any more. */
class FailingStore extends MemoryStore {
  good = Infinity;

  override async chunk(dataset: string, symbol: number, chunk: number): Promise<Uint8Array> {
    if (this.good-- <= 0) throw new Error('the disk is gone');
    return super.chunk(dataset, symbol, chunk);
  }
}

async function twoMonths() {
  const store = new FailingStore();
  await storeDataset(store, 'feed', { A: randomWalk('2024-10-01', '2024-11-29', 1) });
  const plan = await planOf(store, { history: { enabled: false }, replay: { speed: 'max' } });
  return { store, plan };
}

describe('a run that cannot go on', () => {
  test('because the library fails has failed with its message', async () => {
    const { store, plan } = await twoMonths();
    store.good = 0;
    await expect(playToEnd(plan, store)).rejects.toThrow('the disk is gone');
  });

  test('because the library fails in the middle has failed with its message', async () => {
    const { store, plan } = await twoMonths();
    store.good = 1;
    await expect(playToEnd(plan, store)).rejects.toThrow('the disk is gone');
  });

  test('because its dataset is gone says which symbol it misses', async () => {
    const { store, plan } = await twoMonths();
    await store.remove('feed');
    await expect(Stager.open(plan, createBlock(shapeOf(plan), false), store)).rejects.toThrow(
      'The bars of A are not in the library any more; import them again',
    );
  });

  test('because the library of another thread failed stops at once, and is at rest', async () => {
    const { store, plan } = await twoMonths();
    const run = await DrivenRun.open(plan, store);
    await run.command(Verb.stepSession);
    const { fingerprint } = run.coordinator.report();
    Atomics.store(run.block.words, Word.failed, 1);
    expect(run.coordinator.ready()).toBe(true);
    expect(await run.drive()).toBe('nothing');
    expect(run.state).toBe('failed');
    expect(run.stands.at(-1)).toEqual({
      state: 'failed',
      fingerprint,
      error: { message: 'the library could not read on' },
    });
    // Once, a failed run was always ready, and its worker span for ever.
    expect(run.coordinator.ready()).toBe(false);
    await run.command(Verb.play);
    expect([run.state, run.stands.length]).toEqual(['failed', 2]);
    await run.command(Verb.report);
    expect(run.reports[0]!.sessions).toHaveLength(1);
  });

  test('that is over does not fail any more', async () => {
    const { store, plan } = await twoMonths();
    const run = await DrivenRun.open(plan, store);
    await run.toEnd();
    Atomics.store(run.block.words, Word.failed, 1);
    expect(run.coordinator.ready()).toBe(false);
    await run.drive();
    expect(run.state).toBe('finished');
  });

  test('because its strategy throws has failed with the message, after what had ended', async () => {
    const { store, plan } = await twoMonths();
    let instants = 0;
    const strategy = {
      onInstant: () => {
        if (++instants === 400) throw new Error('no more');
      },
    };
    const run = await DrivenRun.open(plan, store, strategy);
    expect(await run.command(Verb.play)).toBe('nothing');
    expect(run.stands.at(-1)).toMatchObject({ state: 'failed', error: { message: 'no more' } });
    expect(run.coordinator.report().sessions).toHaveLength(1);
  });

  test('because something that is no error was thrown says what it was', async () => {
    const { store, plan } = await twoMonths();
    const strategy = {
      onInstant: () => {
        throw 'plain text';
      },
    };
    await expect(playToEnd(plan, store, undefined, strategy)).rejects.toThrow('plain text');
  });
});

test('what waits for a run looks at whether its need is there', async () => {
  const { store, plan } = await twoMonths();
  const run = await DrivenRun.open(plan, store);
  const { coordinator, upkeep, stager } = run;
  expect([coordinator.ready(), upkeep.ready()]).toEqual([false, false]);
  putCommand(run.block, Verb.play);
  expect([coordinator.ready(), coordinator.run(), coordinator.ready()]).toEqual([true, 'session', false]);
  await stager.stageNext();
  expect([coordinator.ready(), upkeep.ready(), coordinator.run()]).toEqual([true, true, 'upkeep']);
  expect(coordinator.ready()).toBe(false);
  expect(upkeep.run()).toBe('session');
  expect([coordinator.ready(), upkeep.ready()]).toEqual([true, false]);
});
