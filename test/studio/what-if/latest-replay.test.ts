import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { LatestReplay, type Replayer } from '../../../src/studio/what-if/latest-replay.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

/** Replays a number in so many milliseconds to its tenfold. */
function staged(tookMs: (wish: number) => number) {
  const told: string[] = [];
  const begun: number[] = [];
  let [opened, ended] = [0, 0];
  const open = (): Promise<Replayer<number, number>> => {
    opened++;
    let isOver = false;
    return Promise.resolve({
      replay: (wish) => {
        begun.push(wish);
        return new Promise((resolve, reject) =>
          setTimeout(() => {
            if (isOver) return;
            if (wish < 0) reject(new Error(`${wish} is below 0`));
            else resolve(10 * wish);
          }, tookMs(wish)),
        );
      },
      end: () => {
        isOver = true;
        ended++;
      },
    });
  };
  const replay = new LatestReplay<number, number>(open, {
    onAnswer: (wish, answer) => told.push(`${wish}: ${answer}`),
    onFailed: (thrown) => told.push((thrown as Error).message),
  });
  return { replay, told, begun, counts: () => ({ opened, ended }) };
}

test('of wishes that come while a replay is under way the latest is next, and only its answer is told', async () => {
  const { replay, told, begun, counts } = staged(() => 100);
  const work = replay.ask(1);
  await vi.advanceTimersByTimeAsync(50);
  expect(replay.ask(2)).toBeUndefined();
  replay.ask(3);
  await vi.advanceTimersByTimeAsync(200);
  await work;
  expect(begun).toEqual([1, 3]);
  expect(told).toEqual(['3: 30']);
  expect(counts()).toEqual({ opened: 1, ended: 0 });
});

test('a replay that nobody wants any more is ended once it has taken a second', async () => {
  const { replay, told, counts } = staged((wish) => (wish === 1 ? 60_000 : 10));
  const work = replay.ask(1);
  await vi.advanceTimersByTimeAsync(400);
  replay.ask(2);
  await vi.advanceTimersByTimeAsync(500);
  expect(told).toEqual([]);
  await vi.advanceTimersByTimeAsync(200);
  await work;
  expect(told).toEqual(['2: 20']);
  expect(counts()).toEqual({ opened: 2, ended: 1 });
});

test('one that is still wanted goes on however long it takes', async () => {
  const { replay, told } = staged(() => 60_000);
  const work = replay.ask(1);
  await vi.advanceTimersByTimeAsync(60_000);
  await work;
  expect(told).toEqual(['1: 10']);
});

test('cancelled, it tells nothing, is ended, and can be asked again', async () => {
  const { replay, told, counts } = staged(() => 100);
  const work = replay.ask(1);
  await vi.advanceTimersByTimeAsync(50);
  replay.cancel();
  await work;
  await vi.advanceTimersByTimeAsync(1_000);
  expect(told).toEqual([]);
  expect(counts()).toEqual({ opened: 1, ended: 1 });
  const again = replay.ask(4);
  await vi.advanceTimersByTimeAsync(100);
  await again;
  expect(told).toEqual(['4: 40']);
});

test('a failure is told, unless something else is wanted meanwhile', async () => {
  const { replay, told } = staged(() => 100);
  const work = replay.ask(-1);
  await vi.advanceTimersByTimeAsync(100);
  await work;
  expect(told).toEqual(['-1 is below 0']);
  const again = replay.ask(-2);
  replay.ask(5);
  await vi.advanceTimersByTimeAsync(200);
  await again;
  expect(told).toEqual(['-1 is below 0', '5: 50']);
});
