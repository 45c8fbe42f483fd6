/// <reference lib="webworker" />
import type { FromLoop, ToLoop } from '../src/coordinator/messages.ts';
import { doneOf, Role, waitFor } from '../src/memory/bell.ts';
import { Block } from '../src/memory/block.ts';
import { Courtesy } from '../src/memory/drawing.ts';
import { shapeOf } from '../src/session/shape.ts';
import { Upkeep } from '../src/upkeep/upkeep.ts';

declare const self: DedicatedWorkerGlobalScope;

self.onmessage = ({ data }: MessageEvent<ToLoop>) => {
  if (data.kind !== 'start' || !data.buffer) return;
  const block = new Block(data.buffer, shapeOf(data.plan));
  const courtesy = new Courtesy(block, () => performance.timeOrigin + performance.now());
  courtesy.rest();
  const upkeep = new Upkeep(data.plan, block, () => performance.now());
  while (upkeep.run() !== 'nothing') {
    courtesy.rest();
    waitFor(block, Role.upkeep, () => upkeep.ready());
  }
  block.words[doneOf(Role.upkeep)] = 1;
  self.postMessage({ kind: 'free' } satisfies FromLoop);
};
