import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { secondsLeft, Waiting, type Wait } from '../../src/studio/waiting.ts';

let shown: Wait | undefined;

beforeEach(() => {
  shown = undefined;
  vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval', 'setTimeout', 'performance'] });
});
afterEach(() => void vi.useRealTimers());

const waiting = (): Waiting => new Waiting((wait) => (shown = wait));

/** Work that a test settles itself. */
function work(waits: Waiting, what: string, share?: () => number | undefined): () => Promise<void> {
  let settle = (): void => undefined;
  void waits.during(what, new Promise<void>((resolve) => (settle = resolve)), share);
  return async () => {
    settle();
    await vi.advanceTimersByTimeAsync(0);
  };
}

it('what takes less than 300 ms is not shown, what takes longer is, for 300 ms at least', async () => {
  const waits = waiting();
  const quick = work(waits, 'quick');
  await vi.advanceTimersByTimeAsync(290);
  expect(shown).toBeUndefined();
  await quick();
  await vi.advanceTimersByTimeAsync(1_000);
  expect(shown).toBeUndefined();

  const slow = work(waits, 'slow');
  await vi.advanceTimersByTimeAsync(400);
  expect(shown).toEqual({ what: 'slow', share: undefined, leftSeconds: undefined });
  await slow();
  await vi.advanceTimersByTimeAsync(100);
  expect(shown?.what).toBe('slow');
  await vi.advanceTimersByTimeAsync(400);
  expect(shown).toBeUndefined();
  expect(vi.getTimerCount()).toBe(0);
});

it('tells how much is done and how long the rest takes at the pace so far; the oldest work first', async () => {
  const waits = waiting();
  let share = 0;
  const first = work(waits, 'first', () => share);
  const second = work(waits, 'second');
  await vi.advanceTimersByTimeAsync(1_900);
  share = 0.25;
  await vi.advanceTimersByTimeAsync(100);
  expect(shown).toEqual({ what: 'first', share: 0.25, leftSeconds: 6 });
  await first();
  await vi.advanceTimersByTimeAsync(100);
  expect(shown?.what).toBe('second');
  await second();
});

it('work that fails ends too', async () => {
  const waits = waiting();
  const failed = waits.during('failing', Promise.reject(new Error('no')));
  await expect(failed).rejects.toThrow('no');
  await vi.advanceTimersByTimeAsync(1_000);
  expect(shown).toBeUndefined();
});

it('of what has hardly begun or is done nobody says how long it takes', () => {
  expect([undefined, 0, 0.01, 1].map((share) => secondsLeft(1_000, share))).toEqual(Array(4).fill(undefined));
  expect(secondsLeft(1_000, 0.5)).toBe(1);
});
