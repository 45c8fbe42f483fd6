/// <reference lib="webworker" />
import type { ToLoop } from '../src/coordinator/messages.ts';
import { closeScope } from '../src/own/close-scope.ts';
import { HookWatch } from '../src/own/hook-watch.ts';
import { OwnDesk } from '../src/own/own-desk.ts';
import { OwnStrategy, type OwnFactory } from '../src/own/own-strategy.ts';
import type { PlayCells } from '../src/player/own-cells.ts';
import { lineTeller } from './line-teller.ts';
import { serveCells } from './serve-cells.ts';
import { runServer } from './serve-run.ts';

declare const self: DedicatedWorkerGlobalScope;

/** The script of this worker begins with own code as a function, which nobody has called yet (src/studio/own/own-host.ts). */
const make: OwnFactory = Reflect.get(self, 'ownCode');

/** Where nobody can look at the words of the block. */
let onLine: ((line: number) => void) | undefined;
const run = runServer(
  (plan, block, tell) => {
    if (!isShared(block.buffer)) onLine = lineTeller((line) => tell({ kind: 'hook-line', line }));
    return new OwnStrategy(make, plan, new HookWatch(() => performance.now(), block.words, onLine));
  },
  () => onLine?.(0),
);
self.onmessage = (event: MessageEvent<ToLoop> | MessageEvent<PlayCells>) => {
  if (isOfCells(event)) serveCells(make, event.ports[0]!);
  else run(event);
};
closeScope(self, [OwnDesk]);

function isOfCells(event: MessageEvent<ToLoop> | MessageEvent<PlayCells>): event is MessageEvent<PlayCells> {
  return event.data.kind === 'cells';
}

function isShared(buffer: ArrayBufferLike): boolean {
  return typeof SharedArrayBuffer === 'function' && buffer instanceof SharedArrayBuffer;
}
