import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { FromLoop } from '../../src/coordinator/messages.ts';
import { MemoryStore } from '../../src/library/memory-store.ts';
import { Block } from '../../src/memory/block.ts';
import { hasCommand, takeCommand, Verb } from '../../src/memory/commands.ts';
import { commandCapacity, Word } from '../../src/memory/layout.ts';
import type { RunPlan } from '../../src/session/plan.ts';
import { shapeOf } from '../../src/session/shape.ts';
import { startRun } from '../../src/studio/run-client.ts';
import type { RunHandle, StandEvent } from '../../src/studio/run-handle.ts';
import { SilentWorker } from '../support/silent-worker.ts';
import { planOf, randomWalk, storeDataset } from '../support/synthetic.ts';

let plan: RunPlan;
let frames: (() => void)[];
let refuse: (reason: Error) => void;
let handle: RunHandle;
let block: Block;
let stands: StandEvent[];
const coordinator = () => SilentWorker.started[0]!;

beforeEach(async () => {
  vi.useFakeTimers();
  SilentWorker.started = [];
  frames = [];
  stands = [];
  vi.stubGlobal('Worker', SilentWorker);
  vi.stubGlobal('crossOriginIsolated', true);
  vi.stubGlobal('requestAnimationFrame', (frame: () => void) => frames.push(frame));
  const store = new MemoryStore();
  await storeDataset(store, 'WALK', { WALK: randomWalk('2024-03-07', '2024-03-08', 3) });
  plan = await planOf(store, {});
  handle = startRun(plan, {
    attach: () => new Promise((_, reject) => (refuse = reject)),
    lend: () => Promise.resolve(),
    detach: () => Promise.resolve(),
  });
  handle.onStand((event) => stands.push(event));
  const start = coordinator().told[0]!;
  block = new Block((start as { buffer: SharedArrayBuffer }).buffer, shapeOf(plan));
});

afterEach(() => {
  handle.dispose();
  vi.unstubAllGlobals();
  vi.useRealTimers();
});

describe('commands of the page', () => {
  it('that do not fit the ring come after the next frames, in their order', () => {
    const count = commandCapacity * 2 + 3;
    for (let n = 1; n <= count; n++) handle.setSpeed(n);
    const taken: number[] = [];
    const drain = () => {
      while (hasCommand(block)) taken.push(takeCommand(block).argument / 1_000);
    };
    drain();
    expect(taken).toHaveLength(commandCapacity);
    while (frames.length > 0) {
      frames.shift()!();
      drain();
    }
    expect(taken).toEqual(Array.from({ length: count }, (_, i) => i + 1));
    handle.pause();
    expect(takeCommand(block).verb).toBe(Verb.pause);
  });

  it('end with the one to stop, so that a coordinator that outlives its end rests', () => {
    handle.dispose();
    expect(takeCommand(block).verb).toBe(Verb.stop);
    expect(hasCommand(block)).toBe(false);
  });

  it('are dropped with the run', () => {
    for (let n = 0; n <= commandCapacity; n++) handle.setSpeed(1);
    handle.dispose();
    while (hasCommand(block)) takeCommand(block);
    frames.shift()!();
    expect(hasCommand(block)).toBe(false);
    expect(frames).toEqual([]);
  });
});

describe('a library that cannot read on', () => {
  const generic: FromLoop = {
    kind: 'stand',
    event: { state: 'failed', fingerprint: 'sha256:1', error: { message: 'the library could not read on' } },
  };
  const real = 'The bars of WALK are not in the library any more; import them again';
  const once = [{ state: 'failed', fingerprint: 'sha256:1', error: { message: real } }];

  const coordinatorTells = () => {
    Atomics.store(block.words, Word.failed, 1);
    coordinator().onmessage!({ data: generic });
  };
  const libraryTells = async () => {
    Atomics.store(block.words, Word.failed, 1);
    refuse(new Error(real));
    await vi.advanceTimersByTimeAsync(0);
  };

  it('is told once and with its own reason when the coordinator is first', async () => {
    coordinatorTells();
    expect(stands).toEqual([]);
    await libraryTells();
    await vi.advanceTimersByTimeAsync(5_000);
    expect(stands).toEqual(once);
  });

  it('is told once and with its own reason when the library is first', async () => {
    await libraryTells();
    coordinatorTells();
    await vi.advanceTimersByTimeAsync(5_000);
    expect(stands).toEqual(once);
  });

  it('is told in a moment when only one of them does', async () => {
    await libraryTells();
    await vi.advanceTimersByTimeAsync(5_000);
    expect(stands).toEqual([{ state: 'failed', fingerprint: null, error: { message: real } }]);
  });
});

it('tells the reason of a coordinator that fails by itself', () => {
  const event: StandEvent = { state: 'failed', fingerprint: null, error: { message: 'a strategy threw' } };
  coordinator().onmessage!({ data: { kind: 'stand', event } });
  coordinator().onerror!({ message: 'later' });
  expect(stands).toEqual([event]);
});
