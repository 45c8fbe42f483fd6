import { parentPort } from 'node:worker_threads';
import type { BarColumns } from '../../src/bars/columns.ts';
import { Coordinator } from '../../src/coordinator/coordinator.ts';
import { Attachment } from '../../src/library/attach.ts';
import { MemoryStore } from '../../src/library/memory-store.ts';
import { Role, waitFor } from '../../src/memory/bell.ts';
import { Block } from '../../src/memory/block.ts';
import type { RunPlan } from '../../src/session/plan.ts';
import type { RunReport } from '../../src/session/report.ts';
import { shapeOf } from '../../src/session/shape.ts';
import { Upkeep } from '../../src/upkeep/upkeep.ts';
import { storeDataset } from './synthetic.ts';
import { importText } from './tick-files.ts';

/** One of the three workers of a run, waiting as the workers of the page do. Each message is a run, each answer its end. */
export interface RunTask {
  readonly role: 'coordinator' | 'upkeep' | 'library';
  readonly plan: RunPlan;
  readonly buffer: SharedArrayBuffer;
  readonly datasets: Readonly<Record<string, Readonly<Record<string, BarColumns>>>>;
  /** Texts to import, by the names of their files. */
  readonly files?: Readonly<Record<string, string>>;
}

export type RunAnswer = { readonly report: RunReport; readonly error: string | undefined } | 'done';

function coordinate(plan: RunPlan, block: Block): RunAnswer {
  let error: string | undefined;
  const clocks = { now: () => performance.now(), epochMs: 0 };
  const listener = {
    onStand: (event: { error?: { message: string } }) => void (error = event.error?.message),
    onReport: () => undefined,
  };
  const coordinator = new Coordinator(plan, block, clocks, listener);
  for (;;) {
    const need = coordinator.run();
    if (need === 'nothing') return { report: coordinator.report(), error };
    if (need === 'time') waitFor(block, Role.coordinator, () => false, coordinator.dueMs - clocks.now());
    else waitFor(block, Role.coordinator, () => coordinator.ready());
  }
}

async function play({ role, plan, buffer, datasets, files = {} }: RunTask): Promise<RunAnswer> {
  const block = new Block(buffer, shapeOf(plan));
  if (role === 'coordinator') return coordinate(plan, block);
  if (role === 'upkeep') {
    const upkeep = new Upkeep(plan, block);
    while (upkeep.run() !== 'nothing') waitFor(block, Role.upkeep, () => upkeep.ready());
    return 'done';
  }
  const store = new MemoryStore();
  for (const [name, symbols] of Object.entries(datasets)) await storeDataset(store, name, symbols);
  for (const [name, text] of Object.entries(files)) await importText(store, name, text);
  if (plan.data[0]!.dataset === 'gone') await store.remove('gone');
  await new Attachment()
    .serve(plan, buffer, store, () => new Promise((resolve) => setImmediate(resolve)))
    .catch(() => undefined);
  return 'done';
}

parentPort!.on('message', (task: RunTask) => void play(task).then((answer) => parentPort!.postMessage(answer)));
parentPort!.postMessage('done');
