import type { FromLoop, ToLoop } from '../coordinator/messages.ts';
import { coordinatorWorker, upkeepWorker, type RunWorker } from './workers.ts';

const make = { coordinator: coordinatorWorker, upkeep: upkeepWorker };
type Loop = keyof typeof make;

/**
 * A worker that plays runs on shared memory, one after the other: what it has compiled, and how it has learned to play fast, serves
 * the next run too. What it tells is heard while the run that it was given last is the only one that it has not let go of.
 */
export class LoopWorker {
  private readonly worker: RunWorker;
  private readonly loop: Loop | null;
  private runs = 0;

  /** `loop`: where it rests between runs; one that plays own code is ended instead. */
  constructor(worker: RunWorker, loop: Loop | null = null) {
    this.worker = worker;
    this.loop = loop;
  }

  serve(
    start: ToLoop & { readonly kind: 'start' },
    heard: (message: FromLoop) => void,
    failed: (message: string) => void,
  ): void {
    this.runs++;
    this.worker.onmessage = ({ data }) => {
      if (data.kind === 'free') this.runs--;
      else if (this.runs === 1) heard(data);
    };
    this.worker.onerror = ({ message }) => failed(message);
    this.worker.postMessage(start);
  }

  /** Its run was told that it is left: rests until the next one, where nobody rests yet. */
  leave(): void {
    const { loop } = this;
    if (loop === null || resting.has(loop)) return this.terminate();
    resting.set(loop, this);
    this.worker.onerror = () => {
      resting.delete(loop);
      this.terminate();
    };
  }

  terminate(): void {
    this.worker.terminate();
  }
}

const resting = new Map<Loop, LoopWorker>();

/** Has both rest before there is a run: they load while the page has nothing else to do. */
export function restLoopWorkers(): void {
  for (const loop of ['coordinator', 'upkeep'] as const)
    if (!resting.has(loop)) new LoopWorker(make[loop](), loop).leave();
}

/** The one that rests, or a new one. */
export function takeLoopWorker(loop: Loop): LoopWorker {
  const rested = resting.get(loop);
  resting.delete(loop);
  return rested ?? new LoopWorker(make[loop](), loop);
}
