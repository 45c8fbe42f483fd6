import { beforeAll, describe, expect, test } from 'vitest';
import type { BarColumns } from '../../src/bars/columns.ts';
import { playToEnd } from '../../src/cli/play.ts';
import { MemoryStore } from '../../src/library/memory-store.ts';
import { putCommand, Verb } from '../../src/memory/commands.ts';
import { DrivenRun } from '../support/driven-run.ts';
import { planOf, randomWalk, seeded, storeDataset } from '../support/synthetic.ts';
import { columnsOf, keepBars, rowsOf } from '../support/walk.ts';

type Changes = Parameters<typeof planOf>[1];

const [from, to] = ['2024-11-25', '2024-11-29'];
const tapes = {
  A: randomWalk(from, to, 1, (_, slot) => slot % 11 !== 3),
  B: randomWalk(from, to, 2),
};
const sources = [
  { A: randomWalk(from, to, 9, (_, slot) => slot % 2 === 0) },
  { A: randomWalk(from, to, 1), B: randomWalk(from, to, 2) },
];

const usual: Changes = {
  data: { dataset: 'feed', fillFrom: ['first', 'second'], from: '2024-11-26' },
  feed: { dropRate: 0.05, seed: 7 },
  upkeep: { checkIntervalSeconds: 300 },
  history: { trailingDays: 1 },
  replay: { speed: 'max' },
};

async function openRun(changes: Changes = {}, feed: Record<string, BarColumns> = tapes): Promise<DrivenRun> {
  const store = new MemoryStore();
  await storeDataset(store, 'feed', feed);
  await storeDataset(store, 'first', sources[0]! as Record<string, BarColumns>);
  await storeDataset(store, 'second', sources[1]! as Record<string, BarColumns>);
  const merged: Changes = { ...usual };
  for (const [group, values] of Object.entries(changes))
    Object.assign(merged, { [group]: { ...(usual[group as keyof Changes] as object), ...(values as object) } });
  return DrivenRun.open(await planOf(store, merged), store);
}

async function fingerprintOf(changes: Changes = {}, feed?: Record<string, BarColumns>): Promise<string> {
  return (await (await openRun(changes, feed)).toEnd()).fingerprint!;
}

let straight: string;
beforeAll(async () => {
  straight = await fingerprintOf();
});

describe('one tape has one fingerprint', () => {
  test('and one report, when it is played again', async () => {
    const [one, other] = [await openRun(), await openRun()];
    expect(await one.toEnd()).toEqual(await other.toEnd());
    expect(one.coordinator.report().fingerprint).toBe(straight);
    expect(straight).toMatch(/^sha256:[0-9a-f]{64}$/);
  });

  test.each([
    ['stepped by bar', Verb.stepBar],
    ['stepped by session', Verb.stepSession],
  ])('when it is %s', async (_, verb) => {
    expect((await (await openRun()).toEnd(verb)).fingerprint).toBe(straight);
  });

  test.each([1, 2, 3, 4])('when it is paused, stepped and sped up at random: seed %i', async (seed) => {
    const random = seeded(seed);
    const run = await openRun({ replay: { speed: 600 } });
    run.stepMs = 1;
    let commands = 0;
    while (run.state !== 'finished') {
      if (random() < 0.3) {
        commands++;
        const verbs = [Verb.play, Verb.pause, Verb.stepBar, Verb.report, Verb.stepBar, Verb.play, Verb.stepSession];
        putCommand(run.block, verbs[Math.floor(random() * verbs.length)]!);
        if (random() < 0.2) putCommand(run.block, Verb.speed, Math.ceil(random() * 2) * 3_600_000);
      }
      if ((await run.once(Math.floor(random() * 20))) === 'time') run.nowMs += random() * 500;
    }
    expect(commands).toBeGreaterThan(5);
    expect(run.coordinator.report().fingerprint, `seed ${seed}`).toBe(straight);
  });

  test.each<[string, Changes]>([
    ['at 1 ×', { replay: { speed: 1 } }],
    ['at 600 ×', { replay: { speed: 600 } }],
    ['without autoRoll', { session: { autoRoll: false } }],
    ['without autoActivate', { prefetch: { autoActivate: false } }],
    ['without prefetch', { prefetch: { enabled: false } }],
    ['with another prefetch window', { prefetch: { windowMinutes: 1, checkIntervalMinutes: 1 } }],
  ])('%s', async (_, changes) => {
    expect(await fingerprintOf(changes)).toBe(straight);
  });

  test.each([0, 1, 2])('in turns of %i ms', async (budgetMs) => {
    const run = await openRun();
    run.stepMs = 1;
    const report = await run.toEnd(Verb.play, budgetMs);
    expect(run.needs).toContain('turn');
    expect(report.fingerprint).toBe(straight);
  });

  test('through the loop of the single thread, its strategy looking on', async () => {
    const store = new MemoryStore();
    await storeDataset(store, 'feed', tapes);
    await storeDataset(store, 'first', sources[0]! as Record<string, BarColumns>);
    await storeDataset(store, 'second', sources[1]! as Record<string, BarColumns>);
    const plan = await planOf(store, usual);
    let instants = 0;
    const report = await playToEnd(plan, store, undefined, { instant: () => void instants++ });
    expect([instants, report.fingerprint]).toEqual([390 * 2 + 210, straight]);
    const paced = await planOf(store, { ...usual, replay: { speed: 1_000_000 }, session: { autoRoll: false } });
    let waits = 0;
    expect((await playToEnd(paced, store, () => void waits++)).fingerprint).toBe(straight);
    expect(waits).toBe(2);
  }, 30_000);

  test('whatever its datasets are called', async () => {
    const store = new MemoryStore();
    await storeDataset(store, 'x', tapes);
    await storeDataset(store, 'y', sources[0]! as Record<string, BarColumns>);
    await storeDataset(store, 'z', sources[1]! as Record<string, BarColumns>);
    const plan = await planOf(store, { ...usual, data: { ...usual.data, dataset: 'x', fillFrom: ['y', 'z'] } });
    expect((await playToEnd(plan, store)).fingerprint).toBe(straight);
  });
});

describe('another tape has another fingerprint', () => {
  const changedPrice = (index: number, column: number, by: number): BarColumns =>
    columnsOf(
      rowsOf(tapes.B).map((row, i) => (i === index ? (row.map((x, k) => (k === column ? x + by : x)) as never) : row)),
    );

  test.each([
    ['a close by a cent', 500, 4, 0.01],
    ['an open by the smallest bit', 400, 1, 2 ** -44],
    ['a volume by one', 390, 5, 1],
    ['the last close of all', tapes.B.count - 1, 4, 0.01],
  ])('when one number changes: %s', async (_, index, column, by) => {
    expect(await fingerprintOf({}, { ...tapes, B: changedPrice(index, column, by) })).not.toBe(straight);
  });

  test.each<[string, Changes]>([
    ['the seed of the drops changes', { feed: { seed: 8 } }],
    ['nothing is dropped', { feed: { dropRate: 0 } }],
    ['a fill source is taken away', { data: { fillFrom: ['first'] } }],
    ['the fill sources change places', { data: { fillFrom: ['second', 'first'] } }],
    ['all fill sources are taken away', { data: { fillFrom: [] } }],
    ['the symbols change places', { data: { symbols: ['B', 'A'] } }],
    ['a symbol is left out', { data: { symbols: ['A'] } }],
    ['upkeep is off', { upkeep: { enabled: false } }],
    ['another interval is derived', { upkeep: { derivedIntervals: ['5m', '30m'] } }],
    ['the run begins a session later', { data: { from: '2024-11-27' } }],
    ['the session closes earlier', { session: { end: '15:59' } }],
    ['the roll delay is another', { session: { rollDelayMinutes: 31 } }],
  ])('when %s', async (_, changes) => {
    expect(await fingerprintOf(changes)).not.toBe(straight);
  });

  test('when one bar is missing', async () => {
    const without = keepBars(tapes.B, (_, index) => index !== 777);
    expect(await fingerprintOf({ data: { fillFrom: [] } }, { ...tapes, B: without })).not.toBe(
      await fingerprintOf({ data: { fillFrom: [] } }),
    );
  });
});
