import type { FromLoop, ToLoop } from '../coordinator/messages.ts';
import type { PlayCells } from '../player/own-cells.ts';
import type { OwnScript } from '../strategy/own-script.ts';
import { startWorker } from './page-scripts.ts';

/** What an engine needs of the worker of its coordinator. */
export interface RunWorker {
  onmessage: ((event: MessageEvent<FromLoop>) => void) | null;
  onerror: ((event: ErrorEvent) => void) | null;
  postMessage(message: ToLoop | PlayCells, transfer?: Transferable[]): void;
  terminate(): void;
}

/** What runs own code; loaded before a set-up with own code has a plan (own/own-kit.svelte.ts). */
export interface OwnHost {
  worker(script: OwnScript): RunWorker;
  /**
   * Watches a worker: `call` gives a number that changes with every call of a hook, undefined while none is at work; `line` where the
   * code is. Tells once of a hook that does not come back. Returns what ends the watch.
   */
  watch(call: () => number | undefined, line: () => number, onStuck: (words: string) => void): () => void;
}

let own: OwnHost | undefined;

export function serveOwnCode(host: OwnHost): void {
  own = host;
}

/** Throws before it is there. */
export function ownHost(): OwnHost {
  if (!own) throw new Error('What runs own code is not loaded');
  return own;
}

/** The page's workers, made here alone: a hosted page loads their files, the one file has them within itself. */
export function coordinatorWorker(script?: OwnScript): RunWorker {
  return script ? ownHost().worker(script) : startWorker('coordinator');
}

export function libraryWorker(): Worker {
  return startWorker('library');
}

export function upkeepWorker(): Worker {
  return startWorker('upkeep');
}

export function sweepWorker(): Worker {
  return startWorker('sweep');
}
