import { describe, expect, test } from 'vitest';
import { playToEnd } from '../../src/cli/play.ts';
import { Stager } from '../../src/library/stage.ts';
import { MemoryStore } from '../../src/library/memory-store.ts';
import { Provenance } from '../../src/bars/provenance.ts';
import { columnOffset, createBlock } from '../../src/memory/block.ts';
import { putCommand, Verb } from '../../src/memory/commands.ts';
import { Cell, Word } from '../../src/memory/layout.ts';
import { sessionStates } from '../../src/session/state.ts';
import { shapeOf } from '../../src/session/shape.ts';
import { instant, isoText } from '../../src/time/instant.ts';
import { DrivenRun } from '../support/driven-run.ts';
import { planOf, randomWalk, storeDataset } from '../support/synthetic.ts';

/** A store that cannot read some of its chunks. */
class FailingStore extends MemoryStore {
  /** Whether a chunk of a dataset is bad. */
  bad: (dataset: string, chunk: number) => boolean = () => false;

  override async chunk(dataset: string, symbol: number, chunk: number): Promise<Uint8Array> {
    if (this.bad(dataset, chunk)) throw new Error('the disk is gone');
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
    store.bad = () => true;
    await expect(playToEnd(plan, store)).rejects.toThrow('the disk is gone');
  });

  test('because its dataset is deleted in the middle says so', async () => {
    const store = new FailingStore();
    await storeDataset(store, 'feed', { A: randomWalk('2024-03-01', '2024-11-29', 1) });
    const plan = await planOf(store, { history: { enabled: false }, replay: { speed: 60 } });
    const run = await DrivenRun.open(plan, store);
    await run.command(Verb.stepSession);
    await store.remove('feed');
    await expect(run.command(Verb.play)).rejects.toThrow(
      'The bars of A are not in the library any more; import them again',
    );
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
});

const causesOf = (run: DrivenRun): unknown =>
  run.coordinator.report().sessions.map(({ states }) => states.at(-1)!.filter((_, i) => i !== 1));

describe('an error in a session', () => {
  test('of the feed, whose bars cannot be read, ends it at its open; sessions before and after are as ever', async () => {
    const { store, plan } = await twoMonths();
    const whole = await playToEnd(plan, store);
    const { chunks } = (await store.list())[0]!.symbols[0]!;
    expect(chunks.length).toBeGreaterThan(1);
    store.bad = (_, chunk) => chunk === 1;
    const run = await DrivenRun.open(plan, store);
    const report = await run.toEnd();
    const isHit = plan.sessions.map(({ open, close }) => chunks[1]!.from < close && chunks[1]!.to >= open);
    expect([isHit[0], isHit.at(-1), isHit.filter((hit) => hit).length > 0]).toEqual([false, chunks.length === 2, true]);
    report.sessions.forEach((session, i) => {
      if (!isHit[i]) return expect(session.symbols).toEqual(whole.sessions[i]!.symbols);
      expect(session.states.at(-1)).toEqual(['error', session.open, 'error in the feed']);
      expect(session.symbols.A).toMatchObject({ streamed: 0, missing: session.symbols.A!.expected, open: null });
    });
    expect(run.state).toBe('finished');
    expect(run.log('state').filter(({ a }) => a === sessionStates.indexOf('error')).length).toBeGreaterThan(0);
  });

  test('of a fill source that cannot be read is an error in a fill', async () => {
    const store = new FailingStore();
    await storeDataset(store, 'feed', { A: randomWalk('2024-11-26', '2024-11-29', 1, (_, slot) => slot % 7 !== 3) });
    await storeDataset(store, 'source', { A: randomWalk('2024-11-26', '2024-11-29', 1) });
    const plan = await planOf(store, {
      data: { dataset: 'feed', fillFrom: ['source'] },
      history: { enabled: false },
      replay: { speed: 'max' },
    });
    store.bad = (dataset) => dataset === 'source';
    const run = await DrivenRun.open(plan, store);
    await run.toEnd();
    expect(causesOf(run)).toEqual(new Array(3).fill(['error', 'error in a fill']));
  });

  test('that is only history leaves its history out, and says so', async () => {
    const store = new FailingStore();
    await storeDataset(store, 'feed', { A: randomWalk('2024-10-01', '2024-11-29', 1) });
    const plan = await planOf(store, { data: { from: '2024-11-26' }, replay: { speed: 'max' } });
    const { chunks } = (await store.list())[0]!.symbols[0]!;
    store.bad = (_, chunk) => chunk === chunks.length - 2;
    const run = await DrivenRun.open(plan, store);
    const report = await run.toEnd();
    const bad = plan.sessions.slice(0, plan.firstPlayed).filter(({ open }) => open <= chunks.at(-2)!.to).length;
    expect(run.log('unreadable')).toHaveLength(bad);
    expect(report.sessions.map(({ states }) => states.at(-1)![0])).toEqual(['ended', 'ended', 'ended']);
  });

  test('on the first bar leaves the clock in its session, as nothing before it is played', async () => {
    const store = new MemoryStore();
    await storeDataset(store, 'feed', { A: randomWalk('2024-11-18', '2024-11-27', 1) });
    const plan = await planOf(store, { data: { from: '2024-11-26' }, replay: { speed: 'max' } });
    expect(plan.firstPlayed).toBeGreaterThan(0);
    const strategy = {
      instant: () => {
        throw new Error('no more');
      },
    };
    const run = await DrivenRun.open(plan, store, strategy);
    const clock = (): string => isoText(instant(run.block.cells[Cell.clock]!));
    expect(clock()).toBe('2024-11-26T14:00:00Z');
    await run.command(Verb.stepBar);
    expect([run.state, run.sessionState]).toEqual(['paused', 'error']);
    expect(clock()).toMatch(/^2024-11-26T/);
  });

  test('of the strategy ends that session with its account, and the run goes on with the next', async () => {
    const { store, plan } = await twoMonths();
    let instants = 0;
    const strategy = {
      instant: () => {
        if (++instants === 400) throw new Error('no more');
      },
    };
    const run = await DrivenRun.open(plan, store, strategy);
    expect(await run.command(Verb.play)).toBe('nothing');
    const { sessions } = run.coordinator.report();
    expect(sessions).toHaveLength(plan.sessions.length);
    expect(sessions[1]!.states).toEqual([
      ['pre-market', '2024-10-02T13:00:00Z', '30 minutes before the open'],
      ['active', '2024-10-02T13:30:00Z', 'open'],
      ['error', '2024-10-02T13:40:00Z', 'error in the strategy'],
    ]);
    expect(sessions[1]!.symbols.A).toMatchObject({ expected: 390, streamed: 10, missing: 380 });
    expect(sessions[2]!.symbols.A).toMatchObject({ expected: 390, streamed: 390 });
    expect(sessions[2]!.states[0]).toEqual(['pre-market', '2024-10-03T13:00:00Z', '30 minutes before the open']);
    expect(run.stands).toEqual([{ state: 'finished', fingerprint: run.coordinator.report().fingerprint }]);
    expect(instants).toBe(390 * (plan.sessions.length - 2) + 210 + 10);
  });

  test('says the same in the fingerprint whatever its words are', async () => {
    const { store, plan } = await twoMonths();
    const prints = await Promise.all(
      [new Error('one'), 'two'].map(async (thrown) => {
        let instants = 0;
        const strategy = {
          instant: () => {
            if (++instants === 400) throw thrown;
          },
        };
        return (await (await DrivenRun.open(plan, store, strategy)).toEnd()).fingerprint;
      }),
    );
    expect(prints[0]).toBe(prints[1]);
  });

  test('of a fill whose bar has vanished is its own; what upkeep wrote for the rest of the session is passed over', async () => {
    const store = new MemoryStore();
    await storeDataset(store, 'feed', { A: randomWalk('2024-11-26', '2024-11-29', 1, (_, slot) => slot % 7 !== 3) });
    await storeDataset(store, 'source', { A: randomWalk('2024-11-26', '2024-11-29', 1) });
    const plan = await planOf(store, {
      data: { dataset: 'feed', fillFrom: ['source'] },
      history: { enabled: false },
      replay: { speed: 'max' },
    });
    const whole = await playToEnd(plan, store);
    const run = await DrivenRun.open(plan, store);
    putCommand(run.block, Verb.play);
    run.coordinator.run();
    await run.stager.stageNext();
    run.upkeep.run();
    const base = run.block.slabs[0]!;
    base.states[columnOffset(base, 1, 0, 0) + 101] = Provenance.empty;
    const report = await run.toEnd();
    expect(causesOf(run)).toEqual([
      ['error', 'error in a fill'],
      ['ended', 'roll delay over'],
      ['ended', 'roll delay over'],
    ]);
    expect(report.sessions[0]!.states.at(-1)![1]).toBe('2024-11-26T16:12:00Z');
    expect(report.sessions[0]!.symbols.A).toMatchObject({ streamed: 87, filled: 14 });
    for (const k of [1, 2]) expect(report.sessions[k]!.symbols).toEqual(whole.sessions[k]!.symbols);
    // Once thrown inside a bracket, a counter that stays odd would keep every reader waiting.
    for (const counter of [Word.epoch, Word.metricsRevision, Word.mendRevision])
      expect(run.block.words[counter]! & 1).toBe(0);
  });

  test('stops a run that does not roll by itself, and one that goes bar by bar', async () => {
    const { store, plan } = await twoMonths();
    const throwing = () => {
      let instants = 0;
      return {
        instant: () => {
          if (++instants === 3) throw new Error('no more');
        },
      };
    };
    const byBar = await DrivenRun.open(plan, store, throwing());
    for (let n = 0; n < 3; n++) await byBar.command(Verb.stepBar);
    expect([byBar.state, byBar.sessionState, byBar.slots]).toEqual(['paused', 'error', 3]);
    await byBar.command(Verb.stepBar);
    expect([byBar.session, byBar.slots, byBar.sessionState]).toEqual([1, 1, 'active']);

    const waiting = { ...plan, config: { ...plan.config, session: { ...plan.config.session, autoRoll: false } } };
    const byHand = await DrivenRun.open(waiting, store, throwing());
    await byHand.command(Verb.play);
    expect([byHand.state, byHand.session, byHand.sessionState]).toEqual(['paused', 0, 'error']);
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
