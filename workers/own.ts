/// <reference lib="webworker" />
import { closeScope } from '../src/own/close-scope.ts';
import { HookWatch } from '../src/own/hook-watch.ts';
import { OwnDesk } from '../src/own/own-desk.ts';
import { OwnStrategy, type OwnFactory } from '../src/own/own-strategy.ts';
import { serveRun } from './serve-run.ts';

declare const self: DedicatedWorkerGlobalScope;

/** The script of this worker begins with own code as a function, which nobody has called yet (src/studio/own/own-worker.ts). */
const make: OwnFactory = Reflect.get(self, 'ownCode');

/** Lines are told by message where nobody can look at the block, and no more often than this. */
const tellEveryMs = 20;

serveRun((plan, block, tell) => {
  let toldMs = -Infinity;
  let told = 0;
  const now = (): number => performance.now();
  const tellLine = (line: number): void => {
    if (line === told || now() - toldMs < tellEveryMs) return;
    told = line;
    toldMs = now();
    tell({ kind: 'hook-line', line });
  };
  const watch = new HookWatch(now, block.words, isShared(block.buffer) ? undefined : tellLine);
  return new OwnStrategy(make, plan, watch);
});
closeScope(self, [OwnDesk]);

function isShared(buffer: ArrayBufferLike): boolean {
  return typeof SharedArrayBuffer === 'function' && buffer instanceof SharedArrayBuffer;
}
