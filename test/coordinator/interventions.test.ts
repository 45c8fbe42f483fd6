import { describe, expect, test } from 'vitest';
import { toPlace } from '../../src/coordinator/rewind.ts';
import { Provenance } from '../../src/bars/provenance.ts';
import { MemoryStore } from '../../src/library/memory-store.ts';
import { Verb } from '../../src/memory/commands.ts';
import { takePicture } from '../../src/memory/picture.ts';
import { View } from '../../src/memory/view.ts';
import { runStart } from '../../src/session/origin.ts';
import { timelineOf } from '../../src/session/run-timeline.ts';
import { gapsOf } from '../../src/session/story-rows.ts';
import { DrivenRun } from '../support/driven-run.ts';
import { planOf, randomWalk, storeDataset } from '../support/synthetic.ts';

type Changes = Parameters<typeof planOf>[1];

const off = (symbol: number): number => symbol * 2;
const on = (symbol: number): number => symbol * 2 + 1;

async function twoSymbols(changes: Changes = {}) {
  const store = new MemoryStore();
  const days = ['2024-11-18', '2024-11-29'] as const;
  const symbols = (has: (slot: number) => boolean) => ({
    A: randomWalk(...days, 1, (_, slot) => has(slot)),
    B: randomWalk(...days, 2, (_, slot) => has(slot)),
  });
  await storeDataset(
    store,
    'feed',
    symbols((slot) => slot % 10 !== 5),
  );
  await storeDataset(
    store,
    'source',
    symbols(() => true),
  );
  const plan = await planOf(store, {
    data: { dataset: 'feed', fillFrom: ['source'], from: '2024-11-26' },
    replay: { speed: 'max' },
    ...changes,
  });
  return { plan, store, run: await DrivenRun.open(plan, store) };
}

describe('a stream that is cancelled and registered again', () => {
  test('brings no bars and no fills meanwhile; its slots are not expected', async () => {
    const { plan, store, run } = await twoSymbols();
    for (let n = 0; n < 100; n++) await run.command(Verb.stepBar);
    await run.command(Verb.listen, off(1));
    const { firstTick } = timelineOf(plan).frame(plan.firstPlayed);
    await run.command(Verb.runTo, firstTick + 149);
    const view = new View(run.block, timelineOf(plan));
    expect([view.barCount(0), view.barCount(1)]).toEqual([150, 100]);
    const picture = takePicture(view, { symbol: 1, interval: 0, logAfter: 0 })!;
    expect([[...picture.expected], [...picture.silent]]).toEqual([
      [150, 100],
      [0, 1],
    ]);
    await run.command(Verb.listen, on(1));
    const report = await run.toEnd();
    const first = report.sessions[0]!;
    expect(first.symbols.A).toMatchObject({ expected: 390, streamed: 351, filled: 39, missing: 0 });
    expect(first.symbols.B).toMatchObject({ expected: 340, streamed: 306, filled: 34, missing: 0, recoverable: 34 });
    expect(report.sessions[1]!.symbols.B).toMatchObject({ expected: 390, missing: 0 });
    expect(report.interventions).toEqual([
      { session: plan.firstPlayed, slot: 100, kind: 'cancel', symbol: 1 },
      { session: plan.firstPlayed, slot: 150, kind: 'register', symbol: 1 },
    ]);

    const again = await DrivenRun.open(plan, store, null, { ...runStart(plan), interventions: report.interventions! });
    expect((await again.toEnd()).fingerprint).toBe(report.fingerprint);
    const without = await (await DrivenRun.open(plan, store)).toEnd();
    expect(without.fingerprint).not.toBe(report.fingerprint);
    expect(without.interventions).toBeUndefined();
  });

  test('between sessions counts from the next one on; what changes nothing is not noted', async () => {
    const { plan, run } = await twoSymbols();
    await run.command(Verb.listen, on(0));
    await run.command(Verb.stepSession);
    for (const argument of [off(0), off(0), on(0), off(0)]) await run.command(Verb.listen, argument);
    const report = await run.toEnd();
    expect(report.interventions!.map(({ session, slot, kind }) => [session, slot, kind])).toEqual(
      ['cancel', 'register', 'cancel'].map((kind) => [plan.firstPlayed + 1, 0, kind]),
    );
    expect(report.sessions.map(({ symbols }) => symbols.A!.expected)).toEqual([390, 0, 0]);
    expect(report.sessions[1]!.symbols.A).toMatchObject({ streamed: 0, filled: 0, missing: 0, quality: 100 });
  });

  test('has no gaps in the pictures and the stories of the slots that it was cancelled in', async () => {
    const { plan, run } = await twoSymbols();
    for (let n = 0; n < 100; n++) await run.command(Verb.stepBar);
    await run.command(Verb.listen, off(1));
    const { firstTick } = timelineOf(plan).frame(plan.firstPlayed);
    await run.command(Verb.runTo, firstTick + 149);
    const { states } = takePicture(new View(run.block, timelineOf(plan)), { symbol: 1, interval: 0, logAfter: 0 })!;
    const kinds = (from: number, to: number): Set<number> =>
      new Set(Array.from({ length: to - from }, (_, i) => states[(from + i) * 2 + 1]!));
    expect([kinds(0, 100), kinds(100, 150)]).toEqual([
      new Set([Provenance.streamed, Provenance.filled]),
      new Set([Provenance.notExpected]),
    ]);
    await run.command(Verb.listen, on(1));
    await run.toEnd();
    const [first, second] = run.stories.map((story) => gapsOf(story));
    const slotsOf = (rows: typeof first, symbol: number): number[] =>
      rows!.filter((row) => row.symbol === symbol).map(({ firstSlot }) => firstSlot);
    const each = Array.from({ length: 39 }, (_, i) => i * 10 + 5);
    expect(slotsOf(first, 0)).toEqual(each);
    expect(slotsOf(first, 1)).toEqual(each.filter((slot) => slot < 100 || slot >= 150));
    expect(slotsOf(second, 1)).toEqual(each);
  });

  test('is not due while it is cancelled: a session with nothing else to come times out', async () => {
    const store = new MemoryStore();
    const days = ['2024-11-26', '2024-11-27'] as const;
    await storeDataset(store, 'feed', { A: randomWalk(...days, 1, (_, slot) => slot < 60), B: randomWalk(...days, 2) });
    const plan = await planOf(store, { history: { enabled: false }, replay: { speed: 'max' } });
    const run = await DrivenRun.open(plan, store);
    await run.command(Verb.runTo, 99);
    await run.command(Verb.listen, off(1));
    await run.command(Verb.stepSession);
    await run.command(Verb.listen, on(1));
    const { sessions } = await run.toEnd();
    expect(sessions.map(({ states }) => states.find(([state]) => state === 'timed-out')?.[1])).toEqual([
      // The last bar that was heard came at 16:10.
      '2024-11-26T16:15:00Z',
      undefined,
    ]);
    expect(sessions.map(({ symbols }) => symbols.B!.expected)).toEqual([100, 390]);
  });
});

test('a run that is built anew at its place keeps what its user did there, before the next instant', async () => {
  const { plan, store, run } = await twoSymbols();
  const timeline = timelineOf(plan);
  const builtAnew = async (): Promise<DrivenRun> => {
    await run.command(Verb.report);
    const { interventions = [] } = run.coordinator.report();
    const way = toPlace({ plan, timeline, report: { sessions: [], interventions }, place: run.place });
    const again = await DrivenRun.open(plan, store, null, way.from);
    await again.command(way.verb, way.argument);
    return again;
  };
  await run.command(Verb.listen, off(0));
  const runs = [await builtAnew()];
  for (let n = 0; n < 3; n++) await run.command(Verb.stepBar);
  await run.command(Verb.listen, off(1));
  runs.push(await builtAnew());
  await run.command(Verb.stepSession);
  await run.command(Verb.listen, on(0));
  runs.push(await builtAnew());
  const expected = (await run.toEnd()).interventions!;
  expect(expected.map(({ slot, kind }) => [slot, kind])).toEqual([
    [0, 'cancel'],
    [3, 'cancel'],
    [0, 'register'],
  ]);
  for (const [i, again] of runs.entries())
    expect((await again.toEnd()).interventions).toEqual(expected.slice(0, i + 1));
  expect(runs[2]!.coordinator.report().fingerprint).toBe(run.coordinator.report().fingerprint);
});

describe('history.autoLoad', () => {
  const across = (run: DrivenRun, plan: Awaited<ReturnType<typeof planOf>>, interval: number): number =>
    new View(run.block, timelineOf(plan)).lastBarsAcross(0, 10_000, interval).length;

  test('off, the run begins without history; loaded by hand, before or in the first session, it is all there', async () => {
    const { plan, store, run: whole } = await twoSymbols();
    const manual = { ...plan, config: { ...plan.config, history: { ...plan.config.history, autoLoad: false } } };
    await whole.command(Verb.stepBar);
    const all = [0, 1].map((interval) => across(whole, plan, interval));
    expect(all[0]).toBeGreaterThan(1_500);

    const early = await DrivenRun.open(manual, store);
    await early.command(Verb.loadHistory);
    await early.command(Verb.stepBar);
    expect([0, 1].map((interval) => across(early, plan, interval))).toEqual(all);

    const late = await DrivenRun.open(manual, store);
    await late.command(Verb.stepBar);
    expect([across(late, plan, 0), late.log('waits').map(({ a }) => a)]).toEqual([1, [2]]);
    await late.command(Verb.loadHistory);
    await late.command(Verb.loadHistory);
    expect([0, 1].map((interval) => across(late, plan, interval))).toEqual(all);
    expect(new View(late.block, timelineOf(plan)).metrics(0)).toEqual(
      new View(whole.block, timelineOf(plan)).metrics(0),
    );
    const report = await late.toEnd();
    expect(report.interventions).toEqual([{ session: plan.firstPlayed, slot: 1, kind: 'history', symbol: -1 }]);
    expect(report.fingerprint).toBe((await whole.toEnd()).fingerprint);

    const tooLate = await DrivenRun.open(manual, store);
    await tooLate.command(Verb.stepSession);
    await tooLate.command(Verb.loadHistory);
    expect((await tooLate.toEnd()).interventions).toBeUndefined();
  });
});
