import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { MemoryStore } from '../../src/library/memory-store.ts';
import { Block } from '../../src/memory/block.ts';
import { Word } from '../../src/memory/layout.ts';
import type { RunPlan } from '../../src/session/plan.ts';
import { shapeOf } from '../../src/session/shape.ts';
import { ReadyRun } from '../../src/studio/ready-run.ts';
import type { RunLibrary } from '../../src/studio/shared-engine.ts';
import { SilentWorker } from '../support/silent-worker.ts';
import { planOf, randomWalk, storeDataset } from '../support/synthetic.ts';

let plans: { one: RunPlan; other: RunPlan; large: RunPlan };
let attached: SharedArrayBuffer[];
let refuse: (reason: Error) => void;
let ready: ReadyRun;
let idle: (() => void) | undefined;

const library: RunLibrary = {
  attach: (_, buffer) => {
    attached.push(buffer);
    return new Promise((_, reject) => (refuse = reject));
  },
  lend: () => Promise.resolve(),
  detach: () => Promise.resolve(),
};
const prepare = (plan: RunPlan | undefined): void => ready.prepare(plan, () => library);
/** So much time has gone by, and the page has nothing to do; a plan has stood long enough if nothing else is said. */
const rest = (milliseconds = 300): Promise<void> => {
  vi.advanceTimersByTime(milliseconds);
  const work = idle;
  idle = undefined;
  work?.();
  // The workers of a run are told of it in a microtask.
  return Promise.resolve();
};
/** Runs that are not left. */
const runs = (): number => attached.filter((buffer) => new Int32Array(buffer)[Word.left] === 0).length;

beforeEach(async () => {
  const store = new MemoryStore();
  await storeDataset(store, 'WALK', { WALK: randomWalk('2024-03-04', '2024-03-08', 3) });
  const one = await planOf(store, {});
  const symbols = Array.from({ length: 2_000 }, () => one.symbols[0]!);
  plans = { one, other: await planOf(store, { history: { trailingDays: 1 } }), large: { ...one, symbols } };
  vi.useFakeTimers();
  vi.stubGlobal('Worker', SilentWorker);
  vi.stubGlobal('crossOriginIsolated', true);
  vi.stubGlobal('requestIdleCallback', (work: () => void) => ((idle = work), 1));
  vi.stubGlobal('cancelIdleCallback', () => (idle = undefined));
  attached = [];
  ready = new ReadyRun();
  await rest(1_000);
});

afterEach(() => {
  ready.drop();
  SilentWorker.breakAll();
  vi.unstubAllGlobals();
  vi.useRealTimers();
});

test('both loops are up before there is a plan, and the run that is made first takes them', async () => {
  expect([SilentWorker.started.length, runs()]).toEqual([2, 0]);
  prepare(plans.one);
  await rest();
  expect([SilentWorker.started.length, runs()]).toEqual([2, 1]);
});

test('no second loops are made where a run has begun before the first are', async () => {
  SilentWorker.breakAll();
  ready = new ReadyRun();
  prepare(plans.one);
  await rest();
  expect([SilentWorker.started.length, runs()]).toEqual([2, 1]);
  await rest(1_000);
  expect(SilentWorker.started).toHaveLength(2);
});

test('no loops are made ahead where memory cannot be shared', async () => {
  SilentWorker.breakAll();
  vi.stubGlobal('crossOriginIsolated', false);
  new ReadyRun();
  await rest(1_000);
  expect(SilentWorker.started).toEqual([]);
});

test('the run of a plan that stands is made while the page is idle, with its first sessions asked for', async () => {
  prepare(plans.one);
  vi.advanceTimersByTime(299);
  expect([idle, runs()]).toEqual([undefined, 0]);
  await rest();
  expect([runs(), attached.length]).toEqual([1, 1]);
  const block = new Block(attached[0]!, shapeOf(plans.one));
  expect(block.words[Word.wantedByUpkeep]).toBe(plans.one.firstPlayed + 1);
  const handle = ready.take(plans.one, library);
  expect([handle.plan, runs(), attached.length]).toEqual([plans.one, 1, 1]);
  handle.dispose();
});

test('a plan that changes before it has stood makes none, and one that changes later has its run given up', async () => {
  prepare(plans.one);
  vi.advanceTimersByTime(200);
  prepare(plans.other);
  vi.advanceTimersByTime(200);
  expect(idle).toBeUndefined();
  await rest();
  expect(SilentWorker.started).toHaveLength(2);
  prepare(plans.one);
  expect(runs()).toBe(0);
  prepare(undefined);
  await rest();
  expect(runs()).toBe(0);
});

test('another plan than the one made for, and a run that stood somewhere, are begun afresh', async () => {
  prepare(plans.one);
  await rest();
  const other = ready.take(plans.other, library);
  await Promise.resolve();
  expect([other.plan, runs(), attached.length]).toEqual([plans.other, 1, 2]);
  other.dispose();
  prepare(plans.one);
  await rest();
  const place = { session: plans.one.firstPlayed, slots: 5, ended: false };
  const kept = ready.take(plans.one, library, { place, interventions: [] });
  await Promise.resolve();
  expect([kept.wayShare, runs(), attached.length]).toEqual([0, 1, 4]);
  kept.dispose();
});

test('a run that fails before it is played is given up, and the next attempt tells why', async () => {
  prepare(plans.one);
  await rest();
  refuse(new Error('gone'));
  await vi.advanceTimersByTimeAsync(2_000);
  expect(runs()).toBe(0);
  const handle = ready.take(plans.one, library);
  await Promise.resolve();
  expect(attached).toHaveLength(2);
  handle.dispose();
});

test('a run that takes much memory is not made before it is played', async () => {
  prepare(plans.large);
  await rest();
  expect(SilentWorker.started.map(({ told }) => told)).toEqual([[], []]);
});
