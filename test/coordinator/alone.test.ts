import { expect, test } from 'vitest';
import { runAlone, type Idle } from '../../src/coordinator/alone.ts';
import { Coordinator, type Standstill } from '../../src/coordinator/coordinator.ts';
import { MemoryStore } from '../../src/library/memory-store.ts';
import { Stager } from '../../src/library/stage.ts';
import { CommandQueue, Verb } from '../../src/memory/commands.ts';
import { commandCapacity } from '../../src/memory/layout.ts';
import { runStart } from '../../src/session/origin.ts';
import { blockFor } from '../../src/session/run-block.ts';
import { Upkeep } from '../../src/upkeep/upkeep.ts';
import { planOf, randomWalk, storeDataset } from '../support/synthetic.ts';

type Changes = Parameters<typeof planOf>[1];

interface Played {
  readonly coordinator: Coordinator;
  readonly stands: Standstill[];
  /** How the loop gave the thread away: "turn", or the milliseconds that it waited. */
  readonly idles: (number | 'turn')[];
}

/**
 * Runs the single thread's loop on a clock that goes `stepMs` a look; each time it waits for the user, the next command comes.
 * `atTurn` are the commands that come together, when the thread is given away for the first time.
 */
async function play(
  changes: Changes,
  stepMs: number,
  commands: readonly number[],
  atTurn: readonly number[] = [],
): Promise<Played> {
  const store = new MemoryStore();
  await storeDataset(store, 'feed', { A: randomWalk('2024-11-26', '2024-11-29', 1) });
  const plan = await planOf(store, { history: { enabled: false }, ...changes });
  const block = blockFor(plan, false, runStart(plan));
  const stands: Standstill[] = [];
  const idles: (number | 'turn')[] = [];
  const left = [...commands];
  const queue = new CommandQueue(block);
  let nowMs = 0;
  const idle: Idle = {
    now: () => (nowMs += stepMs),
    turn: async () => {
      if (!idles.includes('turn')) for (const verb of atTurn) queue.put(verb);
      idles.push('turn');
    },
    until: async (milliseconds) => {
      idles.push(milliseconds);
      if (milliseconds < Infinity) nowMs += Math.max(0, milliseconds);
      else queue.put(left.shift() ?? Verb.stop);
    },
  };
  const listener = { onStand: (event: Standstill) => void stands.push(event), onReport: () => undefined };
  const coordinator = new Coordinator(plan, block, { now: idle.now, epochMs: 0 }, listener);
  await runAlone(coordinator, new Upkeep(plan, block), await Stager.open(plan, block, store), idle, queue);
  return { coordinator, stands, idles };
}

test('the one thread waits for its user, and between bars', async () => {
  const { coordinator, stands, idles } = await play({ replay: { speed: 60 } }, 0, [Verb.stepBar, Verb.play]);
  expect(stands.map(({ state }) => state)).toEqual(['paused', 'finished']);
  expect(idles.filter((each) => each === Infinity)).toHaveLength(2);
  expect(idles.filter((each) => each === 1_000)).toHaveLength(2 * 390 + 210 - 1);
  expect(coordinator.report().sessions).toHaveLength(3);
});

test('the one thread lets others in at full speed, and plays the same', async () => {
  const fast = { replay: { speed: 'max' } } as const;
  const [slow, quick] = [await play(fast, 3, [Verb.play]), await play(fast, 0, [Verb.play])];
  expect(slow.idles.filter((each) => each === 'turn').length).toBeGreaterThan(3);
  expect(quick.idles).toEqual([Infinity]);
  expect(slow.coordinator.report().fingerprint).toBe(quick.coordinator.report().fingerprint);
});

test('the one thread has the next session ready at its open, with upkeep and without', async () => {
  for (const enabled of [true, false]) {
    const { coordinator } = await play({ replay: { speed: 'max' }, upkeep: { enabled } }, 1, [Verb.play]);
    expect(coordinator.report().sessions.map(({ prefetch }) => prefetch)).toEqual(['off', 'hit', 'hit']);
  }
});

test('the one thread ends when its user stops the run', async () => {
  const { coordinator, stands } = await play({ replay: { speed: 'max' } }, 0, [Verb.stepSession, Verb.stop]);
  expect(stands.map(({ state }) => state)).toEqual(['paused']);
  expect(coordinator.report().sessions).toHaveLength(1);
});

test('the one thread obeys every command, however many come at once', async () => {
  const many = Array.from({ length: 3 * commandCapacity }, () => Verb.play);
  const { stands } = await play({ replay: { speed: 'max' } }, 1, [Verb.play], [...many, Verb.pause]);
  expect(stands.map(({ state }) => state)).toEqual(['paused']);
});
