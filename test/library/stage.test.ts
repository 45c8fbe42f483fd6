import { describe, expect, test } from 'vitest';
import type { BarColumns } from '../../src/bars/columns.ts';
import { Provenance } from '../../src/bars/provenance.ts';
import { MemoryStore } from '../../src/library/memory-store.ts';
import { Stager } from '../../src/library/stage.ts';
import { columnOffset, createBlock, stateOffset, type Block } from '../../src/memory/block.ts';
import { Word } from '../../src/memory/layout.ts';
import { stagedFault } from '../../src/memory/staged-fault.ts';
import { stateCauses } from '../../src/session/state.ts';
import { calendar } from '../../src/time/calendar.ts';
import type { RunPlan } from '../../src/session/plan.ts';
import { shapeOf } from '../../src/session/shape.ts';
import { hour, minute } from '../../src/time/instant.ts';
import { session } from '../support/market-session.ts';
import { planOf, randomWalk, storeDataset } from '../support/synthetic.ts';
import { columnsOf, keepBars, rowsOf, type Row } from '../support/walk.ts';

type Changes = Parameters<typeof planOf>[1];
type Datasets = Record<string, Record<string, BarColumns>>;

/** A store that notes which chunks are asked for, and fails when it is told to. */
class WatchedStore extends MemoryStore {
  readonly asked: string[] = [];
  failing = false;

  override async chunk(dataset: string, symbol: number, chunk: number): Promise<Uint8Array> {
    this.asked.push(`${dataset} ${symbol}/${chunk}`);
    if (this.failing) throw new Error('the disk is gone');
    return super.chunk(dataset, symbol, chunk);
  }
}

interface Stage {
  readonly block: Block;
  readonly plan: RunPlan;
  readonly stager: Stager;
  readonly store: WatchedStore;
}

async function openStage(datasets: Datasets, changes: Changes = {}): Promise<Stage> {
  const store = new WatchedStore();
  for (const [name, symbols] of Object.entries(datasets)) await storeDataset(store, name, symbols);
  const [feed, ...fillFrom] = Object.keys(datasets);
  const data = { dataset: feed!, fillFrom, ...changes.data };
  const plan = await planOf(store, { history: { enabled: false }, ...changes, data });
  const block = createBlock(shapeOf(plan), false);
  return { block, plan, store, stager: await Stager.open(plan, block, store) };
}

/** State bytes of a symbol in a session. */
function statesOf({ block }: Stage, at: number, symbol = 0): number[] {
  const base = block.slabs[0]!;
  return Array.from(
    { length: base.slots },
    (_, slot) => base.states[stateOffset(base, at) + slot * block.symbols + symbol]!,
  );
}

function closesOf({ block }: Stage, at: number, symbol = 0): number[] {
  const base = block.slabs[0]!;
  const from = columnOffset(base, block.symbols, at, symbol);
  return [...base.close.subarray(from, from + base.slots)];
}

const { empty, staged, candidate } = Provenance;
const [from, to] = ['2024-11-26', '2024-11-29'];
const early = session(to);

describe('a session that is laid out', () => {
  test('has each bar of the feed in its slot, staged, and zeros where there is none', async () => {
    const feed = randomWalk(from, to, 1, (_, slot) => slot % 9 !== 4);
    const stage = await openStage({ feed: { A: feed } });
    for (let at = 0; at < 3; at++) {
      await stage.stager.stageNext();
      const { open, close } = stage.plan.sessions[at]!;
      const bars = new Map(rowsOf(feed).map((row) => [row[0], row]));
      const slots = Array.from({ length: 390 }, (_, slot) =>
        open + slot * minute < close ? bars.get(open + slot * minute) : undefined,
      );
      expect(statesOf(stage, at)).toEqual(slots.map((row) => (row ? staged : empty)));
      expect(closesOf(stage, at)).toEqual(slots.map((row) => row?.[4] ?? 0));
      expect(stage.block.stagedLastDue[at]).toBe(at === 2 ? 209 : 389);
      expect(stage.block.words[Word.staged]).toBe(at + 1);
    }
    expect([stage.stager.done, stage.stager.ready()]).toEqual([true, false]);
  });

  test('counts the bars of its day outside it, before the open and after the close, and those off the grid', async () => {
    const row = (start: number): Row => [start, 1, 2, 1, 2, 10];
    const rows = [
      row(early.dayStart - minute),
      row(early.dayStart),
      row(early.open - minute),
      row(early.open),
      row(early.open + 90_000),
      row(early.close),
      row(early.dayEnd - minute),
      row(early.dayEnd),
    ];
    const stage = await openStage({ feed: { A: columnsOf(rows), B: columnsOf([row(early.open)]) } });
    await stage.stager.stageNext();
    expect([...stage.block.stagedOutside.subarray(0, 2)]).toEqual([4, 0]);
    expect([...stage.block.stagedOffGrid.subarray(0, 2)]).toEqual([1, 0]);
    expect(statesOf(stage, 0).slice(0, 3)).toEqual([staged, empty, empty]);
    expect(stage.block.stagedLastDue[0]).toBe(0);
  });

  test.each([
    // Sunday evening to Tuesday 18:00 in Chicago; the hour of the clock change lies before.
    ['CME equity', '2024-11-03T23:00:00Z', '2024-11-06T00:00:00Z', [23 * 60, 23 * 60, 60], [60, 60, 0]],
    ['FX', '2024-11-03T22:00:00Z', '2024-11-05T23:00:00Z', [24 * 60, 24 * 60, 60], [0, 0, 0]],
    ['XTKS', '2024-11-05T15:00:00Z', '2024-11-07T15:00:00Z', [330, 330], [1_110, 1_110]],
  ])('%s: a bar counts in one session’s account', async (name, start, end, inside, outside) => {
    const rows: Row[] = [];
    for (let at = Date.parse(start); at < Date.parse(end); at += minute) rows.push([at, 1, 2, 1, 2, 10]);
    const stage = await openStage({ feed: { A: columnsOf(rows) } }, { session: { calendar: name } });
    const { sessions } = stage.plan;
    expect(sessions).toHaveLength(inside.length);
    for (let at = 0; at < sessions.length; at++) await stage.stager.stageNext();
    const held = sessions.map((_, at) => statesOf(stage, at).filter((state) => state === staged).length);
    expect(held).toEqual(inside);
    expect([...stage.block.stagedOutside.subarray(0, sessions.length)]).toEqual(outside);
    const counted = [...inside, ...outside].reduce((sum, bars) => sum + bars, 0);
    expect(counted).toBe(rows.length);
  });

  test('has no bar of a day on which its symbol has none', async () => {
    const all = randomWalk(from, to, 1);
    const stage = await openStage({ feed: { A: all, B: keepBars(all, (start) => start > early.open - hour) } });
    await stage.stager.stageNext();
    expect(new Set(statesOf(stage, 0, 1))).toEqual(new Set([empty]));
    expect(new Set(statesOf(stage, 0, 0))).toEqual(new Set([staged]));
  });

  test('leaves nothing of the session that had its slab before', async () => {
    const mostAhead = 32;
    const days = calendar('XNYS')
      .sessions('2024-09-03', to)
      .slice(-mostAhead - 2);
    const whole = randomWalk(days[0]!.date, to, 1);
    const stage = await openStage({
      feed: { A: keepBars(whole, (start) => start < days[1]!.open || start >= early.open) },
    });
    const { depth } = stage.block.slabs[0]!;
    expect([depth, days.length]).toEqual([1 + mostAhead, depth + 1]);
    for (let at = 0; at <= depth; at++) {
      Atomics.store(stage.block.words, Word.session, at);
      await stage.stager.stageNext();
      const bars = at === 0 ? 390 : at === depth ? 210 : 0;
      expect(statesOf(stage, at).filter((state) => state === staged)).toHaveLength(bars);
      expect(closesOf(stage, at).filter((close) => close !== 0)).toHaveLength(bars);
    }
  });

  test('has a digest of its bars by slot: equal for equal bars, another in the slot where they differ and in no other', async () => {
    const stepsOf = async (datasets: Datasets): Promise<string[]> => {
      const stage = await openStage(datasets);
      await stage.stager.stageNext();
      const { stagedSteps } = stage.block;
      return Array.from({ length: 210 }, (_, slot) => stagedSteps.subarray(slot * 2, slot * 2 + 2).join(' '));
    };
    const slotsThatDiffer = async (datasets: Datasets): Promise<number[]> =>
      (await stepsOf(datasets)).flatMap((step, slot) => (step === usual[slot] ? [] : [slot]));
    const whole = randomWalk(to, to, 1);
    const usual = await stepsOf({ feed: { A: whole } });
    expect(new Set(usual).size).toBe(210);
    expect(await slotsThatDiffer({ other: { B: whole } })).toEqual([]);
    const without = keepBars(whole, (_, i) => i !== 100);
    expect(await slotsThatDiffer({ feed: { A: without } })).toEqual([100]);
    expect(await slotsThatDiffer({ feed: { A: without }, source: { A: whole } })).toEqual([]);
  });
});

describe('bars that the feed loses', () => {
  test('are not laid out; the source that is the feed itself has them as candidates', async () => {
    const feed = { A: randomWalk(from, to, 1) };
    const stage = await openStage({ feed }, { feed: { dropRate: 0.2, seed: 3 }, data: { fillFrom: ['feed'] } });
    await stage.stager.stageNext();
    const states = statesOf(stage, 0);
    const lost = states.filter((state) => state === candidate).length;
    expect(lost).toBeGreaterThan(40);
    expect(lost).toBeLessThan(120);
    expect(states.filter((state) => state === staged)).toHaveLength(390 - lost);
    expect(closesOf(stage, 0)).toEqual([...feed.A.close.subarray(0, 390)]);
  });

  test('leave zeros where no source has them', async () => {
    const stage = await openStage({ feed: { A: randomWalk(from, to, 1) } }, { feed: { dropRate: 0.2, seed: 3 } });
    await stage.stager.stageNext();
    const closes = closesOf(stage, 0);
    for (const [slot, state] of statesOf(stage, 0).entries()) expect(closes[slot] === 0).toBe(state === empty);
  });

  test('are due no more: the last slot with anything due is one that is there', async () => {
    const stage = await openStage({ feed: { A: randomWalk(from, to, 1) } }, { feed: { dropRate: 0.9, seed: 3 } });
    await stage.stager.stageNext();
    expect(stage.block.stagedLastDue[0]).toBe(statesOf(stage, 0).lastIndexOf(staged));
    const none = await openStage({ feed: { A: randomWalk(from, to, 1) } }, { feed: { dropRate: 1 } });
    await none.stager.stageNext();
    expect(none.block.stagedLastDue[0]).toBe(-1);
  });

  test('are not lost in trailing sessions', async () => {
    const stage = await openStage(
      { feed: { A: randomWalk(from, to, 1) } },
      { feed: { dropRate: 0.5 }, history: { trailingDays: 1 }, data: { from: '2024-11-27', fillFrom: ['feed'] } },
    );
    await stage.stager.stageNext();
    await stage.stager.stageNext();
    expect(new Set(statesOf(stage, 0))).toEqual(new Set([staged]));
    expect(new Set(statesOf(stage, 1))).toEqual(new Set([staged, candidate]));
  });
});

describe('candidates', () => {
  test('are of the first source that has the slot, and never where the feed has it', async () => {
    const has = (slots: readonly number[], seed: number): BarColumns =>
      randomWalk(to, to, seed, (_, slot) => slots.includes(slot));
    const sources = [has([2, 5], 11), has([0, 2, 7], 12), has([5, 7, 8], 13)];
    const stage = await openStage({
      feed: { A: has([0, 1], 1) },
      x: { A: sources[0]! },
      y: { A: sources[1]! },
      z: { A: sources[2]! },
    });
    await stage.stager.stageNext();
    const states = statesOf(stage, 0);
    expect(states.slice(0, 10)).toEqual([
      staged,
      staged,
      candidate,
      empty,
      empty,
      candidate,
      empty,
      candidate + 1,
      candidate + 2,
      empty,
    ]);
    const closes = closesOf(stage, 0);
    expect([closes[2], closes[5], closes[7], closes[8]]).toEqual([
      sources[0]!.close[0],
      sources[0]!.close[1],
      sources[1]!.close[2],
      sources[2]!.close[2],
    ]);
    expect(stage.block.stagedLastDue[0]).toBe(8);
  });

  test('are not due when upkeep is off, and off the grid they are none', async () => {
    const row = (start: number): Row => [start, 1, 2, 1, 2, 10];
    const source = columnsOf([row(early.open - minute), row(early.open + 5 * minute), row(early.open + 6.5 * minute)]);
    const datasets = { feed: { A: columnsOf([row(early.open)]) }, source: { A: source } };
    for (const enabled of [true, false]) {
      const stage = await openStage(datasets, { upkeep: { enabled } });
      await stage.stager.stageNext();
      expect(statesOf(stage, 0).flatMap((state, slot) => (state === candidate ? [slot] : []))).toEqual([5]);
      expect(stage.block.stagedLastDue[0]).toBe(enabled ? 5 : 0);
    }
  });

  test('come from the 200th source too', async () => {
    const row = (start: number): Row => [start, 1, 2, 1, 2, 10];
    const datasets: Datasets = { feed: { A: columnsOf([row(early.open)]) } };
    for (let i = 0; i < 200; i++) datasets[`s${i}`] = { A: columnsOf([row(early.open + (i + 1) * minute)]) };
    const stage = await openStage(datasets);
    await stage.stager.stageNext();
    expect(statesOf(stage, 0).slice(0, 201)).toEqual([staged, ...Array.from({ length: 200 }, (_, i) => candidate + i)]);
  });
});

describe('when sessions are laid out', () => {
  test('a session is laid out when one of the loops asks for it and its slab is free', async () => {
    const { block, stager } = await openStage({ feed: { A: randomWalk('2024-09-03', to, 1) } });
    const { ahead } = block.layout;
    expect(stager.ready()).toBe(false);
    Atomics.store(block.words, Word.wantedByCoordinator, 1);
    expect(stager.ready()).toBe(true);
    await stager.stageNext();
    expect(stager.ready()).toBe(false);
    Atomics.store(block.words, Word.wantedByUpkeep, 99);
    for (let session = 1; session <= ahead; session++) {
      expect(stager.ready(), `session ${session}`).toBe(true);
      await stager.stageNext();
    }
    expect(stager.ready()).toBe(false);
    Atomics.store(block.words, Word.session, 1);
    expect(stager.ready()).toBe(true);
  });

  test('each chunk is read once, the next one ahead of its need, and let go after', async () => {
    const { stager, store, plan } = await openStage({ feed: { A: randomWalk('2024-09-03', to, 1) } });
    const [manifest] = await store.list();
    const { chunks } = manifest!.symbols[0]!;
    expect(chunks.length).toBeGreaterThan(2);
    await stager.stageNext();
    expect(store.asked).toEqual(['feed 0/0']);
    for (let at = 1; at < plan.sessions.length; at++) {
      await stager.stageNext();
      const { dayEnd } = plan.sessions[at]!;
      const reached = chunks.filter(({ from }) => from < dayEnd);
      const { from, to: last } = reached.at(-1)!;
      const near = dayEnd - from > (last - from) / 4 ? 1 : 0;
      expect(store.asked).toHaveLength(Math.min(reached.length + near, chunks.length));
    }
    expect(store.asked).toEqual(chunks.map((_, i) => `feed 0/${i}`));
  });

  test('a chunk that cannot be read rejects and lays nothing out; when it can again, the session follows', async () => {
    const { stager, store, block } = await openStage({ feed: { A: randomWalk(from, to, 1) } });
    store.failing = true;
    await expect(stager.stageNext()).rejects.toThrow('the disk is gone');
    expect(block.words[Word.staged]).toBe(0);
    store.failing = false;
    await stager.stageNext();
    expect(block.words[Word.staged]).toBe(1);
  });

  test('a chunk read ahead that cannot be read disturbs nobody before its time', async () => {
    const { stager, store, plan, block } = await openStage({ feed: { A: randomWalk('2024-09-03', to, 1) } });
    const read = store.chunk.bind(store);
    store.chunk = (dataset, symbol, chunk) =>
      chunk === 1 ? Promise.reject(new Error('bad block')) : read(dataset, symbol, chunk);
    let at = -1;
    do {
      await stager.stageNext();
    } while (!stagedFault(block, ++at) && at + 1 < plan.sessions.length);
    expect(at).toBeGreaterThan(5);
    expect(stagedFault(block, at)).toEqual({
      cause: stateCauses.indexOf('error in the feed'),
      words: 'The stored bars of A cannot be read: bad block',
    });
    const base = block.slabs[0]!;
    const states = base.states.subarray(stateOffset(base, at), stateOffset(base, at) + base.stateStride);
    expect(states.every((state) => state === Provenance.empty)).toBe(true);
    // The slab is used again by a session that can be read.
    store.chunk = read;
    await stager.stageNext();
    expect(stagedFault(block, at + 1)).toBeNull();
  });
});
