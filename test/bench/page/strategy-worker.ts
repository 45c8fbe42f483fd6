/// <reference lib="webworker" />
import { Coordinator } from '../../../src/coordinator/coordinator.ts';
import type { Standstill } from '../../../src/coordinator/coordinator.ts';
import { Role, waitFor } from '../../../src/memory/bell.ts';
import { Block } from '../../../src/memory/block.ts';
import type { RunPlan } from '../../../src/session/plan.ts';
import type { RunReport } from '../../../src/session/report.ts';
import { shapeOf } from '../../../src/session/shape.ts';
import { SmaCross } from '../sma-cross.ts';
import { RollClock } from './roll-clock.ts';

declare const self: DedicatedWorkerGlobalScope;

export interface StrategyStart {
  readonly plan: RunPlan;
  readonly buffer: SharedArrayBuffer;
  /** What is called at each instant: averages, or a clock that times the rolls. */
  readonly strategy: 'sma-cross' | 'roll-clock';
}

export interface StrategyStand {
  readonly event: Standstill;
  readonly crossings: number;
  /** Microseconds from the last bar of a session to the first of the next, by roll. */
  readonly rollsMicros: readonly number[];
}

/** Told in this order; as in the page, the report is no part of the run. */
export type FromStrategy = { readonly stand: StrategyStand } | { readonly report: RunReport };

// The coordinator's worker of the page, with a strategy: the page itself cannot name one yet.
self.onmessage = ({ data }: MessageEvent<StrategyStart>) => {
  const { plan, buffer } = data;
  const block = new Block(buffer, shapeOf(plan));
  const sma = new SmaCross(plan.symbols.length);
  const rolls = new RollClock(() => performance.now());
  const coordinator: Coordinator = new Coordinator(
    plan,
    block,
    { now: () => performance.now(), epochMs: performance.timeOrigin },
    {
      onStand(event) {
        self.postMessage({
          stand: { event, crossings: sma.crossings, rollsMicros: rolls.micros },
        } satisfies FromStrategy);
        self.postMessage({ report: coordinator.report() } satisfies FromStrategy);
      },
      onReport: () => undefined,
    },
    data.strategy === 'sma-cross' ? sma : rolls,
  );
  while (coordinator.run() !== 'nothing') waitFor(block, Role.coordinator, () => coordinator.ready());
};
