import { expect, test } from 'vitest';
import { createBlock } from '../../src/memory/block.ts';
import { Word, type Shape } from '../../src/memory/layout.ts';
import { Timeline } from '../../src/memory/timeline.ts';
import { View } from '../../src/memory/view.ts';
import { minute } from '../../src/time/instant.ts';
import { sessionOfMinutes } from '../support/market-session.ts';

const slots = 64;
const symbols = 16;
const shape: Shape = { symbols, intervals: [{ slots, history: 0 }], sessions: 8, quotes: 0, ticks: 0 };
const sessions = Array.from({ length: 8 }, () => sessionOfMinutes(slots));

test('a validated read gives up while a roll does not end', () => {
  const block = createBlock(shape, false);
  const view = new View(block, new Timeline(sessions, [minute]));
  Atomics.add(block.words, Word.epoch, 1);
  let reads = 0;
  expect(view.validated(() => ++reads)).toBeUndefined();
  expect(reads).toBe(0);
  Atomics.add(block.words, Word.epoch, 1);
  expect(view.validated(() => 'read')).toBe('read');
});

test('a read during which the session rolled is done again', () => {
  const block = createBlock(shape, false);
  const view = new View(block, new Timeline(sessions, [minute]));
  let reads = 0;
  const answer = view.validated(() => {
    if (++reads < 3) Atomics.add(block.words, Word.epoch, 2);
    return reads;
  });
  expect(answer).toBe(3);
});
