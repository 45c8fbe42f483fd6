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
/** The workers of a run are told of it in a microtask. */
const begun = (): Promise<void> => Promise.resolve();

beforeEach(async () => {
  vi.useFakeTimers();
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
  await begun();
  const start = coordinator().told[0]!;
  block = new Block((start as { buffer: SharedArrayBuffer }).buffer, shapeOf(plan));
});

afterEach(() => {
  handle.dispose();
  SilentWorker.breakAll();
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

describe('a worker that was lost', () => {
  const upTo = (slots: number) => {
    block.words[Word.session] = plan.firstPlayed;
    block.words[Word.slots] = slots;
  };
  /** The workers of the block that the run is on now, and the commands that it was told. */
  const anew = async () => {
    await begun();
    const worker = SilentWorker.started.at(-2)!;
    const fresh = new Block((worker.told[0] as { buffer: SharedArrayBuffer }).buffer, shapeOf(plan));
    return { worker, block: fresh, commands: () => commandsOf(fresh) };
  };
  const commandsOf = (of: Block) => {
    const verbs: [number, number][] = [];
    while (hasCommand(of)) {
      const { verb, argument } = takeCommand(of);
      verbs.push([verb, argument]);
    }
    return verbs;
  };
  const stand = (state: 'paused' | 'finished') =>
    ({ data: { kind: 'stand', event: { state, fingerprint: null } } }) as const;

  it('while the run played: it is played up to where it was in a fresh block, and goes on without a stand', async () => {
    const losses: unknown[] = [];
    let freshBlocks = 0;
    handle.onLoss((loss) => losses.push(loss));
    handle.onFresh(() => freshBlocks++);
    handle.play();
    commandsOf(block);
    upTo(7);
    handle.revive('upkeep', 'silence');
    expect(SilentWorker.started.slice(0, 2).every(({ hasEnded }) => hasEnded)).toBe(true);
    const { worker, commands } = await anew();
    expect(commands()).toEqual([[Verb.runTo, 6]]);
    expect(freshBlocks).toBe(0);
    worker.onmessage!(stand('paused'));
    expect(commands()).toEqual([[Verb.play, 0]]);
    expect(stands).toEqual([]);
    expect(freshBlocks).toBe(1);
    expect(losses).toEqual([
      { worker: 'upkeep', reason: 'silence', at: { session: plan.firstPlayed, slots: 7, ended: false } },
    ]);
    worker.onmessage!(stand('finished'));
    expect(stands).toHaveLength(1);
  });

  it('while the run stood: it stands there again, and what nobody obeyed is told anew', async () => {
    upTo(3);
    handle.setSpeed(5);
    handle.revive('coordinator', 'silence');
    const { worker, commands } = await anew();
    expect(commands()).toEqual([
      [Verb.speed, 5_000],
      [Verb.runTo, 2],
    ]);
    worker.onmessage!(stand('paused'));
    expect(stands).toHaveLength(1);
    expect(commands()).toEqual([[Verb.speed, 5_000]]);
  });

  it('before the first bar: it begins anew and plays', async () => {
    handle.play();
    commandsOf(block);
    handle.revive('library', 'silence');
    expect((await anew()).commands()).toEqual([[Verb.play, 0]]);
  });

  it('on the way to a place: the way begins anew', async () => {
    upTo(9);
    handle.revive('coordinator', 'silence');
    await begun();
    handle.revive('coordinator', 'silence');
    expect((await anew()).commands()).toEqual([[Verb.runTo, 8]]);
  });

  it('again and again at the same place fails the run, and names the worker', async () => {
    for (let n = 0; n < 4; n++) {
      SilentWorker.started.at(-2)!.onerror!({ message: 'out of memory' });
      await begun();
    }
    expect(stands).toHaveLength(1);
    expect(stands[0]).toMatchObject({ state: 'failed' });
    expect(stands[0]!.error!.message).toMatch(/coordinator.*3 times.*out of memory/);
  });
});
