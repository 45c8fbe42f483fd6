import { parentPort, workerData } from 'node:worker_threads';
import { Block } from '../../src/memory/block.ts';
import { Word, type Shape } from '../../src/memory/layout.ts';

/** A writer that follows the block's rules as fast as it can, until `stop` is set: every number of a state is its generation. */
export interface TearTask {
  readonly buffer: SharedArrayBuffer;
  readonly shape: Shape;
  readonly stop: SharedArrayBuffer;
}

const { buffer, shape, stop } = workerData as TearTask;
const block = new Block(buffer, shape);
const stopped = new Int32Array(stop);
const { words } = block;
const base = block.slabs[0]!;
const { slots, sessions } = { slots: base.slots, sessions: shape.sessions };
parentPort!.postMessage('running');
let generation = 0;
while (Atomics.load(stopped, 0) === 0) {
  generation++;
  const session = generation % sessions;
  Atomics.add(words, Word.epoch, 1);
  Atomics.store(words, Word.slots, 0);
  Atomics.store(words, Word.session, session);
  base.close.fill(generation);
  base.open.fill(generation);
  block.counts.fill(slots);
  block.lastSlot.fill(slots - 1);
  base.states.fill(2);
  Atomics.store(words, Word.slots, slots);
  Atomics.add(words, Word.epoch, 1);
  for (let n = 0; n < 20; n++) {
    Atomics.add(words, Word.metricsRevision, 1);
    block.sessionOpen.fill(generation * 100 + n);
    block.sessionVolume.fill(generation * 100 + n);
    Atomics.add(words, Word.metricsRevision, 1);
  }
}
parentPort!.postMessage(generation);
