import { expect, test } from 'vitest';
import { barColumns } from '../../src/bars/columns.ts';
import { createBlock } from '../../src/memory/block.ts';
import { Word, type Shape } from '../../src/memory/layout.ts';
import { Timeline } from '../../src/memory/timeline.ts';
import { View } from '../../src/memory/view.ts';
import { minute } from '../../src/time/instant.ts';
import { sessionOfMinutes } from '../support/market-session.ts';
import type { TearTask } from '../support/tear-thread.ts';
import { answer, thread } from '../support/threads.ts';

const slots = 64;
const symbols = 16;
const shape: Shape = { symbols, intervals: [{ slots, history: 0 }], sessions: 8, quotes: 0, ticks: 0 };
const sessions = Array.from({ length: 8 }, () => sessionOfMinutes(slots));

/** Whether all numbers are the same. */
const isWhole = (numbers: ArrayLike<number>): boolean => Array.prototype.every.call(numbers, (n) => n === numbers[0]);

test('reads beside a writer at full speed are whole when validated; the same reads are torn without', async () => {
  const block = createBlock(shape, true);
  const view = new View(block, new Timeline(sessions, [minute]));
  const stop = new SharedArrayBuffer(4);
  const writer = thread('tear-thread.ts', {
    buffer: block.buffer as SharedArrayBuffer,
    shape,
    stop,
  } satisfies TearTask);
  try {
    expect(await answer(writer)).toBe('running');
    const out = barColumns(slots);
    const readBars = (): number[] => {
      const numbers: number[] = [];
      for (let s = 0; s < symbols; s += 5) {
        view.copyLast(s, slots, out);
        numbers.push(...out.close.subarray(0, out.count), ...out.open.subarray(0, out.count));
      }
      return numbers;
    };
    const readMetrics = (): number[] => [...block.sessionOpen, ...block.sessionVolume];

    let torn = 0;
    let whole = 0;
    const until = performance.now() + 1_500;
    while (performance.now() < until) {
      for (const read of [readBars, readMetrics]) {
        view.refresh();
        if (!isWhole(read())) torn++;
      }
      const bars = view.validated(readBars);
      const metrics = view.steady(Word.metricsRevision, readMetrics);
      for (const numbers of [bars, metrics]) {
        if (numbers === undefined) continue;
        if (!isWhole(numbers)) expect.fail(`a validated read was torn: ${numbers.join(' ')}`);
        whole++;
      }
    }
    expect(torn, 'reads torn without validation').toBeGreaterThan(0);
    expect(whole, 'validated reads').toBeGreaterThan(20);
    Atomics.store(new Int32Array(stop), 0, 1);
    expect(await answer<number>(writer)).toBeGreaterThan(1);
  } finally {
    await writer.terminate();
  }
}, 30_000);

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
