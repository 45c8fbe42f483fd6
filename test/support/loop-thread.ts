import { parentPort, workerData } from 'node:worker_threads';
import type { BarColumns } from '../../src/bars/columns.ts';
import { Coordinator, type Listener } from '../../src/coordinator/coordinator.ts';
import type { FromLoop, RunStart } from '../../src/coordinator/messages.ts';
import { Attachment } from '../../src/library/attach.ts';
import { MemoryStore } from '../../src/library/memory-store.ts';
import { hasCommand } from '../../src/memory/commands.ts';
import { Role, waitFor } from '../../src/memory/bell.ts';
import { Block } from '../../src/memory/block.ts';
import type { RunPlan } from '../../src/session/plan.ts';
import { shapeOf } from '../../src/session/shape.ts';
import { Upkeep } from '../../src/upkeep/upkeep.ts';
import { storeDataset } from './synthetic.ts';

/** One of the page's workers, for Node. The library is told by message which runs to serve, the others serve one. */
export type LoopStart =
  | ({ readonly role: 'coordinator' | 'upkeep' } & RunStart)
  | { readonly role: 'library'; readonly datasets: Readonly<Record<string, Readonly<Record<string, BarColumns>>>> };

/** A run that the library is to lay out; it lets go of the one before. */
export interface ToLibrary {
  readonly plan: RunPlan;
  readonly buffer: SharedArrayBuffer;
}

const start = workerData as LoopStart;
if (start.role === 'library') void keep(start.datasets);
else if (start.role === 'upkeep') lookAfter(start);
else coordinate(start);

/** Plays, and never comes back. */
function coordinate({ plan, buffer, from }: RunStart): never {
  const block = new Block(buffer!, shapeOf(plan));
  const tell = (message: FromLoop): void => parentPort!.postMessage(message);
  const clocks = { now: () => performance.now(), epochMs: performance.timeOrigin };
  const listener: Listener = {
    onStand: (event) => tell({ kind: 'stand', event }),
    onReport: (report, place) => tell({ kind: 'report', report, place }),
  };
  const coordinator = new Coordinator(plan, block, clocks, listener, null, from);
  for (;;) {
    if (coordinator.run() === 'time')
      waitFor(block, Role.coordinator, () => hasCommand(block), coordinator.dueMs - clocks.now());
    else waitFor(block, Role.coordinator, () => coordinator.ready());
  }
}

function lookAfter({ plan, buffer }: RunStart): void {
  const block = new Block(buffer!, shapeOf(plan));
  const upkeep = new Upkeep(plan, block);
  while (upkeep.run() !== 'nothing') waitFor(block, Role.upkeep, () => upkeep.ready());
}

async function keep(datasets: Extract<LoopStart, { role: 'library' }>['datasets']): Promise<void> {
  const store = new MemoryStore();
  for (const [name, symbols] of Object.entries(datasets)) await storeDataset(store, name, symbols);
  let attachment = new Attachment();
  const breathe = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));
  parentPort!.on('message', ({ plan, buffer }: ToLibrary) => {
    attachment.stop();
    attachment = new Attachment();
    void attachment.serve(plan, buffer, store, breathe);
  });
}
