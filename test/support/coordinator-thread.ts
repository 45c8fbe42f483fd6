import { parentPort, workerData } from 'node:worker_threads';
import { Coordinator } from '../../src/coordinator/coordinator.ts';
import type { FromLoop, RunStart } from '../../src/coordinator/messages.ts';
import { hasCommand } from '../../src/memory/commands.ts';
import { Role, waitFor } from '../../src/memory/bell.ts';
import { Block } from '../../src/memory/block.ts';
import { shapeOf } from '../../src/session/shape.ts';

/** The page's coordinator worker, for Node: it plays on shared memory, and never comes back. */
const { plan, buffer, from } = workerData as RunStart;
const block = new Block(buffer!, shapeOf(plan));
const tell = (message: FromLoop): void => parentPort!.postMessage(message);
const clocks = { now: () => performance.now(), epochMs: performance.timeOrigin };
const listener = {
  onStand: (event: Extract<FromLoop, { kind: 'stand' }>['event']) => tell({ kind: 'stand', event }),
  onReport: (
    report: Extract<FromLoop, { kind: 'report' }>['report'],
    place: { session: number; slots: number; ended: boolean },
  ) => tell({ kind: 'report', report, place }),
};
const coordinator = new Coordinator(plan, block, clocks, listener, null, from);
for (;;) {
  if (coordinator.run() === 'time')
    waitFor(block, Role.coordinator, () => hasCommand(block), coordinator.dueMs - clocks.now());
  else waitFor(block, Role.coordinator, () => coordinator.ready());
}
