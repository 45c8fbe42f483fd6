import type { RecordKind } from '../bars/records.ts';
import { layoutOf, type Shape } from '../memory/layout.ts';
import { hasFaults, hasLateBars } from './feed-faults.ts';
import type { RunPlan } from './plan.ts';
import { timelineOf } from './run-timeline.ts';

/** Latest quotes and ticks that are kept of each symbol. */
const records = 64;

/** Rows of the flow of quotes and ticks: a power of two of which half takes a row of every symbol. */
function flowRows(symbols: number): number {
  let rows = 8_192;
  while (rows < symbols * 2) rows *= 2;
  return rows;
}

/** Bytes of the block that a run needs. */
export function blockBytes(plan: RunPlan): number {
  return layoutOf(shapeOf(plan)).bytes;
}

/** The shape of the block that a run needs. */
export function shapeOf(plan: RunPlan): Shape {
  const slots = timelineOf(plan).mostSlots();
  const has = (kind: RecordKind): boolean => plan.records.some((each) => each.kind === kind);
  return {
    symbols: plan.symbols.length,
    intervals: plan.intervals.map(({ historySessions }, i) => ({ slots: slots[i]!, history: historySessions })),
    sessions: plan.sessions.length,
    quotes: has('quotes') ? records : 0,
    ticks: has('ticks') ? records : 0,
    flow: plan.records.length === 0 ? 0 : flowRows(plan.symbols.length),
    faults: hasFaults(plan.config),
    lateBars: hasLateBars(plan.config),
    account: plan.strategy !== null,
  };
}

/** The word for a speed: thousandths of real time, 0 for "max". */
export function speedWord(speed: number): number {
  return speed === Infinity ? 0 : Math.max(1, Math.round(speed * 1_000));
}
