import { parentPort, workerData } from 'node:worker_threads';
import { ring, waitFor, type Role } from '../../src/memory/bell.ts';
import { Block } from '../../src/memory/block.ts';
import type { Shape } from '../../src/memory/layout.ts';

/** One of two players that hand a number to and fro; its own turns are the numbers that leave `remainder` modulo 2. */
export interface BellTask {
  readonly buffer: SharedArrayBuffer;
  readonly shape: Shape;
  readonly own: Role;
  readonly other: Role;
  readonly remainder: number;
  readonly rounds: number;
  /** `Infinity` spins first; a number sleeps at once. */
  readonly timeoutMs: number;
}

const { buffer, shape, own, other, remainder, rounds, timeoutMs } = workerData as BellTask;
const block = new Block(buffer, shape);
let late = 0;
for (;;) {
  const mine = (): boolean => {
    const n = Atomics.load(block.counts, 0);
    return n >= rounds || n % 2 === remainder;
  };
  const before = performance.now();
  waitFor(block, own, mine, timeoutMs);
  if (performance.now() - before >= timeoutMs) late++;
  if (Atomics.load(block.counts, 0) >= rounds) break;
  if (!mine()) continue;
  Atomics.add(block.counts, 0, 1);
  ring(block, other);
}
parentPort!.postMessage(late);
