/// <reference lib="webworker" />
import { Coordinator } from '../../src/coordinator/coordinator.ts';
import type { FromLoop, ToLoop } from '../../src/coordinator/messages.ts';
import { Role, waitFor } from '../../src/memory/bell.ts';
import { Block } from '../../src/memory/block.ts';
import { shapeOf } from '../../src/session/shape.ts';
import type { Strategy } from '../../src/strategy/strategy.ts';

declare const self: DedicatedWorkerGlobalScope;

const tell = (message: FromLoop): void => self.postMessage(message);

/**
 * The page's coordinator worker on shared memory with faults of its own: the strategy throws at the tenth instant of the first
 * session, and playing the twentieth instant of the second session throws.
 */
self.onmessage = ({ data }: MessageEvent<ToLoop>) => {
  if (data.kind !== 'start') return;
  const { plan, from } = data;
  const block = new Block(data.buffer!, shapeOf(plan));
  const { barsUpdated } = block;
  const strategy: Strategy = {
    instant({ view: { session, slots } }) {
      if (session === plan.firstPlayed && slots === 10) throw new Error('the average of no bars');
      if (session === plan.firstPlayed + 1 && slots === 19) Object.defineProperty(block, 'barsUpdated', broken);
    },
  };
  const broken: PropertyDescriptor = {
    configurable: true,
    get() {
      Object.defineProperty(block, 'barsUpdated', { value: barsUpdated });
      throw new Error('a flag that cannot be set');
    },
  };
  const clocks = { now: () => performance.now(), epochMs: performance.timeOrigin };
  const coordinator = new Coordinator(
    plan,
    block,
    clocks,
    {
      onStand: (event) => tell({ kind: 'stand', event }),
      onReport: (report, place) => tell({ kind: 'report', report, place }),
      onOutline: (report, place) => tell({ kind: 'outline', report, place }),
      onStory: (story) => tell({ kind: 'stories', stories: [story] }),
    },
    strategy,
    from,
  );
  for (;;) {
    coordinator.run();
    waitFor(block, Role.coordinator, () => coordinator.ready());
  }
};
