import { expose } from 'comlink';
import type { Attachment } from '../src/library/attach.ts';
import { openLibraryChannel, openLocks } from '../src/library/between-tabs.ts';
import { breathe } from '../src/library/breathe.ts';
import { BrowserStore } from '../src/library/browser-store.ts';
import { clearDeadImports } from '../src/library/dead-imports.ts';
import { IndexedDbStore } from '../src/library/indexeddb-store.ts';
import { lendBars } from '../src/library/lend.ts';
import { createLibraryService } from '../src/library/service.ts';
import { keepCauses } from '../src/library/thrown.ts';
import type { RunPlan } from '../src/session/plan.ts';

const kept = new IndexedDbStore();
const store = new BrowserStore(kept);
const channel = openLibraryChannel();
const locks = openLocks();
const storage = navigator.storage as StorageManager | undefined;

/** What serves runs on shared memory is not needed for the first sight of the page, and loaded right after it. */
const attaching = () => import('../src/library/attach.ts');

let attachment: Attachment | undefined;
/** How often a run was attached or detached: one that is called for while its code is on the way may be gone when it is there. */
let turns = 0;

const service = createLibraryService(store, {
  now: () => Date.now(),
  newId: () =>
    Array.from(crypto.getRandomValues(new Uint8Array(8)), (byte) => byte.toString(16).padStart(2, '0')).join(''),
  locks,
  storage,
  changed: () => channel?.postMessage(null),
});

const api = {
  /** Lays a run's sessions out in its block; the run before is let go. Rejects when bars cannot be read. */
  async attach(plan: RunPlan, buffer: SharedArrayBuffer): Promise<void> {
    const turn = ++turns;
    attachment?.stop();
    const { Attachment } = await attaching();
    if (turn !== turns) return;
    attachment = new Attachment();
    return attachment.serve(plan, buffer, store, breathe);
  },
  /** The run was given up. */
  detach(): void {
    turns++;
    attachment?.stop();
  },
  /** Reads bars of some datasets for a run that lays its sessions out itself, at the other end of the port. */
  lend(port: MessagePort, datasets: readonly string[]): void {
    lendBars(store, port, datasets);
  },
  /** A sign of life. */
  beat(): void {},
  /** Why datasets are not kept; undefined where they are. */
  refusal: () => store.refusal,
  ...service,
};

export type LibraryWorker = typeof api;

keepCauses();
expose(api);
store.refusal
  .then((refusal) => (refusal === undefined ? locks.then((manager) => clearDeadImports(kept, manager)) : undefined))
  .catch((error: unknown) => console.warn('Chunks of dead imports were left:', error))
  // Where it cannot be loaded now, the run that needs it says so.
  .then(() => (crossOriginIsolated ? attaching().catch(() => undefined) : undefined));
