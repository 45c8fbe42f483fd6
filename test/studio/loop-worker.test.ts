import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import type { FromLoop, ToLoop } from '../../src/coordinator/messages.ts';
import { LoopWorker, restLoopWorkers, takeLoopWorker } from '../../src/studio/loop-worker.ts';
import { SilentWorker } from '../support/silent-worker.ts';

const start = { kind: 'start' } as ToLoop & { readonly kind: 'start' };
const alive: FromLoop = { kind: 'alive' };
const free: FromLoop = { kind: 'free' };
let heard: string[];
const serve = (worker: LoopWorker, run: string): void =>
  worker.serve(
    start,
    ({ kind }) => heard.push(`${run} ${kind}`),
    (message) => heard.push(`${run} failed: ${message}`),
  );

beforeEach(() => {
  heard = [];
  vi.stubGlobal('Worker', SilentWorker);
});

afterEach(() => {
  SilentWorker.breakAll();
  vi.unstubAllGlobals();
});

it('serves the next run, and what it still tells of the one before is not heard', () => {
  const first = takeLoopWorker('coordinator');
  const [worker] = SilentWorker.started;
  serve(first, 'first');
  worker!.onmessage!({ data: alive });
  first.leave();
  const next = takeLoopWorker('coordinator');
  serve(next, 'next');
  worker!.onmessage!({ data: alive });
  worker!.onmessage!({ data: free });
  worker!.onmessage!({ data: alive });
  expect(heard).toEqual(['first alive', 'next alive']);
  expect([SilentWorker.started.length, worker!.told.length, worker!.hasEnded]).toEqual([1, 2, false]);
});

it('is ended where another one rests already, and each loop has its own', () => {
  const workers = [takeLoopWorker('upkeep'), takeLoopWorker('upkeep'), takeLoopWorker('coordinator')];
  for (const worker of workers) serve(worker, 'run');
  for (const worker of workers) worker.leave();
  expect(SilentWorker.started.map(({ hasEnded }) => hasEnded)).toEqual([false, true, false]);
  expect(takeLoopWorker('coordinator')).toBe(workers[2]);
  expect(takeLoopWorker('upkeep')).toBe(workers[0]);
});

it('rests before there is a run', () => {
  restLoopWorkers();
  restLoopWorkers();
  expect(SilentWorker.started).toHaveLength(2);
  for (const loop of ['coordinator', 'upkeep'] as const) serve(takeLoopWorker(loop), loop);
  for (const worker of SilentWorker.started) worker.onmessage!({ data: alive });
  expect(heard.toSorted()).toEqual(['coordinator alive', 'upkeep alive']);
  expect(SilentWorker.started).toHaveLength(2);
});

it('is not used again when it breaks while it rests', () => {
  const worker = takeLoopWorker('upkeep');
  serve(worker, 'run');
  worker.leave();
  SilentWorker.started[0]!.onerror!({ message: 'out of memory' });
  expect([heard, SilentWorker.started[0]!.hasEnded]).toEqual([[], true]);
  expect(takeLoopWorker('upkeep')).not.toBe(worker);
});

it('tells the run that it serves that it broke', () => {
  const worker = takeLoopWorker('upkeep');
  serve(worker, 'run');
  SilentWorker.started[0]!.onerror!({ message: 'out of memory' });
  expect(heard).toEqual(['run failed: out of memory']);
});

it('that plays own code never rests', () => {
  const worker = new LoopWorker(new SilentWorker() as never);
  serve(worker, 'run');
  worker.leave();
  expect(SilentWorker.started[0]!.hasEnded).toBe(true);
});
