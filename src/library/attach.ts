import { Role, ring, waitForAsync } from '../memory/bell.ts';
import { Block } from '../memory/block.ts';
import { Word } from '../memory/layout.ts';
import type { RunPlan } from '../session/plan.ts';
import { shapeOf } from '../session/shape.ts';
import { Stager } from './stage.ts';
import type { BarReader } from './store.ts';

/** Milliseconds between two looks at whether the run was given up. */
const patienceMs = 500;

/** The library's part in a run on shared memory: lays sessions out as they are asked for, in its own thread. */
export class Attachment {
  private stopped = false;

  /** The run is over or was stopped; `serve` resolves soon after. */
  stop(): void {
    this.stopped = true;
  }

  /**
   * Resolves when every session is laid out or the run was stopped. Rejects when bars cannot be read, after it has told the
   * coordinator. `breathe` lets other work of the thread in.
   */
  async serve(plan: RunPlan, buffer: SharedArrayBuffer, store: BarReader, breathe: () => Promise<void>): Promise<void> {
    const block = new Block(buffer, shapeOf(plan));
    try {
      const stager = await Stager.open(plan, block, store);
      while (!this.stopped && !stager.done) {
        if (!stager.ready()) await waitForAsync(block, Role.library, () => stager.ready(), patienceMs);
        while (!this.stopped && stager.ready()) await stager.stageNext();
        await breathe();
      }
    } catch (error) {
      block.header.store(Word.failed, 1);
      ring(block, Role.coordinator);
      throw error;
    }
  }
}
