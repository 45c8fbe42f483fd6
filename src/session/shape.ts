import type { RecordKind } from '../bars/records.ts';
import { createBlock, type Block } from '../memory/block.ts';
import { Word, type Shape } from '../memory/layout.ts';
import { Timeline } from '../memory/timeline.ts';
import { hasFaults, hasLateBars } from './feed-faults.ts';
import { firstLaid, type RunOrigin } from './origin.ts';
import type { RunPlan } from './plan.ts';

/** Latest quotes and ticks that are kept of each symbol. */
const records = 64;

/** Rows of the flow of quotes and ticks: a power of two of which half takes a row of every symbol. */
function flowRows(symbols: number): number {
  let rows = 8_192;
  while (rows < symbols * 2) rows *= 2;
  return rows;
}

/** The sessions of a run, cut into the slots of its intervals. */
export function timelineOf({ sessions, intervals, symbols }: RunPlan): Timeline {
  return new Timeline(
    sessions,
    intervals.map(({ ms }) => ms),
    symbols.map(({ intervalMs }) => intervalMs),
  );
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
  };
}

/** The word for a speed: thousandths of real time, 0 for "max". */
export function speedWord(speed: number): number {
  return speed === Infinity ? 0 : Math.max(1, Math.round(speed * 1_000));
}

/**
 * A fresh block for a run from there on; `shared` asks for shared memory, which needs an isolated page. The sessions up to the first
 * that is played are asked for in it, so that the library need not wait for the loops to come up.
 */
export function blockFor(plan: RunPlan, shared: boolean, from: RunOrigin): Block {
  const block = createBlock(shapeOf(plan), shared);
  block.words[Word.wantedByUpkeep] = from.session + 1;
  block.words[Word.origin] = block.words[Word.session] = firstLaid(plan, from);
  const { speed } = plan.config.replay;
  block.words[Word.speedThousandths] = speedWord(speed === 'max' ? Infinity : speed);
  return block;
}
