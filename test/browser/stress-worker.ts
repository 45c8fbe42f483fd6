/// <reference lib="webworker" />
import { Block } from '../../src/memory/block.ts';
import { Word } from '../../src/memory/layout.ts';
import { hauntedShape } from './haunted.ts';
import { read, stressTask, write, type StressAnswer, type StressTask } from '../support/stress.ts';

declare const self: DedicatedWorkerGlobalScope;

/** What a worker of these tests is told; it answers a read only. */
export type StressOrder =
  | { readonly kind: 'read'; readonly reads: number; readonly seconds: number }
  | { readonly kind: 'write'; readonly task: StressTask }
  | { readonly kind: 'haunt'; readonly buffer: SharedArrayBuffer; readonly owner: number };

/** Starts a writer of its own, and reads beside it. */
async function stress(reads: number, seconds: number): Promise<StressAnswer> {
  const task = stressTask();
  const writer = new Worker(self.location.href);
  writer.postMessage({ kind: 'write', task } satisfies StressOrder);
  const block = new Int32Array(task.block);
  while (Atomics.load(block, Word.staged) === 0) await new Promise((resolve) => setTimeout(resolve, 1));
  try {
    return read(task, reads, seconds);
  } finally {
    Atomics.store(new Int32Array(task.stop), 0, 1);
    writer.terminate();
  }
}

/** Writes its number all over its block and never ends: a coordinator that does not die. */
function haunt(buffer: SharedArrayBuffer, owner: number): never {
  const block = new Block(buffer, hauntedShape);
  const rest = new Int32Array(buffer, block.cells.byteOffset);
  for (;;) {
    rest.fill(owner);
    block.header.add(Word.coordinatorBeat, 1);
  }
}

self.onmessage = ({ data }: MessageEvent<StressOrder>) => {
  if (data.kind === 'write') write(data.task);
  else if (data.kind === 'haunt') haunt(data.buffer, data.owner);
  else void stress(data.reads, data.seconds).then((answer) => self.postMessage(answer));
};
