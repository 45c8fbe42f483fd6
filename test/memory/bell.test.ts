import { expect, test } from 'vitest';
import { ring, Role, waitFor, waitForAsync } from '../../src/memory/bell.ts';
import { createBlock } from '../../src/memory/block.ts';
import { Word, type Shape } from '../../src/memory/layout.ts';
import type { BellTask } from '../support/bell-thread.ts';
import { answer, thread } from '../support/threads.ts';

const shape: Shape = { symbols: 1, intervals: [{ slots: 4, history: 0 }], sessions: 1, quotes: 0, ticks: 0 };

/** How often a word was rung awake. */
const rings = Word.bells + Role.upkeep * 16;

test.each([
  ['spin before they sleep', Infinity, 20_000],
  ['sleep at once', 8_000, 5_000],
])(
  'two threads that hand over and %s lose no wake-up',
  async (_, timeoutMs, rounds) => {
    const block = createBlock(shape, true);
    const task = { buffer: block.buffer as SharedArrayBuffer, shape, rounds, timeoutMs };
    const players = [
      thread('bell-thread.ts', { ...task, own: Role.coordinator, other: Role.upkeep, remainder: 0 } satisfies BellTask),
      thread('bell-thread.ts', { ...task, own: Role.upkeep, other: Role.coordinator, remainder: 1 } satisfies BellTask),
    ];
    try {
      expect(await Promise.all(players.map((player) => answer<number>(player)))).toEqual([0, 0]);
      expect(block.counts[0]).toBe(rounds);
      expect(block.words[rings], 'somebody has slept and was woken').toBeGreaterThan(0);
    } finally {
      await Promise.all(players.map((player) => player.terminate()));
    }
  },
  60_000,
);

test('nobody is woken who does not sleep', () => {
  const block = createBlock(shape, true);
  ring(block, Role.upkeep);
  expect(block.words[rings]).toBe(0);
});

test('a wait ends when its time is over', () => {
  const block = createBlock(shape, true);
  const before = performance.now();
  waitFor(block, Role.upkeep, () => false, 20);
  expect(performance.now() - before).toBeGreaterThan(15);
});

test('a wait does not begin when what it waits for is there', async () => {
  const block = createBlock(shape, true);
  waitFor(block, Role.library, () => true);
  waitFor(block, Role.library, () => true, 60_000);
  await waitForAsync(block, Role.library, () => true, 60_000);
  expect(block.words[Word.bells + Role.library * 16 + 1]).toBe(0);
});

test('a wait that lets messages in ends with a ring, and otherwise with its time', async () => {
  const block = createBlock(shape, true);
  let there = false;
  const wait = waitForAsync(block, Role.library, () => there, 60_000);
  there = true;
  ring(block, Role.library);
  await wait;
  await waitForAsync(block, Role.library, () => false, 10);
  expect(block.words[Word.bells + Role.library * 16 + 1]).toBe(0);
}, 10_000);
