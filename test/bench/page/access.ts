import type { Desk } from '../../../src/strategy/desk.ts';
import { barColumns } from '../../../src/bars/columns.ts';
import { runAlone } from '../../../src/coordinator/alone.ts';
import { Coordinator } from '../../../src/coordinator/coordinator.ts';
import { breathe } from '../../../src/library/breathe.ts';
import { MemoryStore } from '../../../src/library/memory-store.ts';
import { Stager } from '../../../src/library/stage.ts';
import { columnOffset, createBlock, stateOffset } from '../../../src/memory/block.ts';
import { CommandQueue, Verb } from '../../../src/memory/commands.ts';
import type { View } from '../../../src/memory/view.ts';
import { shapeOf } from '../../../src/session/shape.ts';
import { Upkeep } from '../../../src/upkeep/upkeep.ts';
import { planOf, randomWalk, storeDataset } from '../../support/synthetic.ts';
import { expectAnswer, median } from '../measure.ts';

const symbols = 100;
const rounds = 9;
const calls = 200_000;
/** The slot at which the strategy measures: far enough into the session for every question. */
const atSlots = 300;
/** One at which twenty bars reach into the session before. */
const earlySlots = 8;

/** Nanoseconds a call of an access method and of a loop over typed arrays that reads the same. */
export interface AccessCost {
  readonly method:
    'count' | 'latest bar' | 'latest of 3' | 'last 20 bars' | 'last 20 bars with gaps' | 'last 20 into history';
  readonly viewNs: number;
  readonly bareNs: number;
}

/** Costs inside a strategy's call, on shared memory. The answers of both sides are compared first. */
export async function measureAccess(): Promise<AccessCost[]> {
  const full = await atInstant(
    () => true,
    (view) => [
      cost('count', counts(view), bareCounts(view)),
      cost('latest bar', latest(view), bareLatest(view)),
      cost('latest of 3', latestOfThree(view), bareLatestOfThree(view)),
      cost('last 20 bars', lastTwenty(view), bareLastTwenty(view)),
    ],
  );
  const gappy = await atInstant(
    (_, slot) => slot % 97 !== 1,
    (view) => [cost('last 20 bars with gaps', lastTwenty(view), bareBack(view, [view.session]))],
  );
  const across = await atInstant(
    () => true,
    (view) => [cost('last 20 into history', acrossTwenty(view), bareBack(view, [view.session, view.session - 1]))],
    earlySlots,
  );
  return [...full, ...gappy, ...across];
}

type Loop = (calls: number) => number;

function cost(method: AccessCost['method'], view: Loop, bare: Loop): AccessCost {
  expectAnswer(method, view(1_000), bare(1_000));
  const nanoseconds = (loop: Loop): number => {
    const start = performance.now();
    const answer = loop(calls);
    const end = performance.now();
    if (Number.isNaN(answer)) throw new Error(`${method} gave no number`);
    return ((end - start) * 1e6) / calls;
  };
  const times = Array.from({ length: rounds }, () => [nanoseconds(view), nanoseconds(bare)] as const);
  return { method, viewNs: median(times.map(([ns]) => ns)), bareNs: median(times.map(([, ns]) => ns)) };
}

/** Plays two sessions, and measures in the second one. */
async function atInstant(
  has: (start: number, slot: number) => boolean,
  measure: (view: View) => AccessCost[],
  at = atSlots,
): Promise<AccessCost[]> {
  const store = new MemoryStore();
  await storeDataset(
    store,
    'access',
    Object.fromEntries(
      Array.from({ length: symbols }, (_, s) => [`S${s}`, randomWalk('2022-01-03', '2022-01-04', s + 1, has)]),
    ),
  );
  const plan = await planOf(store, { replay: { speed: 'max' } });
  const block = createBlock(shapeOf(plan), true);
  let costs: AccessCost[] = [];
  const strategy = {
    instant({ view }: Desk): void {
      if (view.session === 1 && view.slots === at) costs = measure(view);
    },
  };
  const clocks = { now: () => performance.now(), epochMs: performance.timeOrigin };
  const listener = { onStand: () => undefined, onReport: () => undefined };
  const coordinator = new Coordinator(plan, block, clocks, listener, strategy);
  const commands = new CommandQueue(block);
  commands.put(Verb.play);
  const idle = { now: clocks.now, turn: breathe, until: breathe };
  await runAlone(coordinator, new Upkeep(plan, block), await Stager.open(plan, block, store), idle, commands);
  return costs;
}

function counts(view: View): Loop {
  return (n) => {
    let sum = 0;
    for (let i = 0; i < n; i++) sum += view.barCount((i * 37) % symbols);
    return sum;
  };
}

function bareCounts({ block: { counts: column } }: View): Loop {
  return (n) => {
    let sum = 0;
    for (let i = 0; i < n; i++) sum += column[(i * 37) % symbols]!;
    return sum;
  };
}

function latest(view: View): Loop {
  const { open, high, low, close, volume } = view.block.slabs[0]!;
  return (n) => {
    let sum = 0;
    for (let i = 0; i < n; i++) {
      const at = view.latestAt((i * 37) % symbols);
      sum += open[at]! + high[at]! + low[at]! + close[at]! + volume[at]!;
    }
    return sum;
  };
}

function bareLatest(view: View): Loop {
  const { open, high, low, close, volume, slots } = view.block.slabs[0]!;
  const { lastSlot } = view.block;
  const first = columnOffset(view.block.slabs[0]!, symbols, view.session, 0);
  return (n) => {
    let sum = 0;
    for (let i = 0; i < n; i++) {
      const s = (i * 37) % symbols;
      const last = lastSlot[s]!;
      const at = last < 0 ? -1 : first + s * slots + last;
      sum += open[at]! + high[at]! + low[at]! + close[at]! + volume[at]!;
    }
    return sum;
  };
}

const three = [3, 41, 77];

function latestOfThree(view: View): Loop {
  const { close } = view.block.slabs[0]!;
  const places = new Int32Array(3);
  return (n) => {
    let sum = 0;
    for (let i = 0; i < n; i++) {
      three[1] = i % symbols;
      view.latestOf(three, places);
      sum += close[places[0]!]! + close[places[1]!]! + close[places[2]!]!;
    }
    return sum;
  };
}

function bareLatestOfThree(view: View): Loop {
  const { close, slots } = view.block.slabs[0]!;
  const { lastSlot } = view.block;
  const first = columnOffset(view.block.slabs[0]!, symbols, view.session, 0);
  const places = new Int32Array(3);
  return (n) => {
    let sum = 0;
    for (let i = 0; i < n; i++) {
      three[1] = i % symbols;
      for (let k = 0; k < 3; k++) places[k] = first + three[k]! * slots + lastSlot[three[k]!]!;
      sum += close[places[0]!]! + close[places[1]!]! + close[places[2]!]!;
    }
    return sum;
  };
}

function lastTwenty(view: View): Loop {
  const out = barColumns(20);
  return (n) => {
    let sum = 0;
    for (let i = 0; i < n; i++) {
      const count = view.copyLast((i * 37) % symbols, 20, out);
      sum += count + out.start[0]! + out.open[19]! + out.high[1]! + out.low[18]! + out.close[7]! + out.volume[11]!;
    }
    return sum;
  };
}

function bareLastTwenty(view: View): Loop {
  const { open, high, low, close, volume, slots } = view.block.slabs[0]!;
  const { starts } = view.frame.grids[0]!;
  const first = columnOffset(view.block.slabs[0]!, symbols, view.session, 0);
  const out = barColumns(20);
  return (n) => {
    let sum = 0;
    for (let i = 0; i < n; i++) {
      const slot = view.slots - 20;
      const from = first + ((i * 37) % symbols) * slots + slot;
      for (let k = 0; k < 20; k++) {
        out.start[k] = starts[slot + k]!;
        out.open[k] = open[from + k]!;
        out.high[k] = high[from + k]!;
        out.low[k] = low[from + k]!;
        out.close[k] = close[from + k]!;
        out.volume[k] = volume[from + k]!;
      }
      sum += 20 + out.start[0]! + out.open[19]! + out.high[1]! + out.low[18]! + out.close[7]! + out.volume[11]!;
    }
    return sum;
  };
}

function acrossTwenty(view: View): Loop {
  const out = barColumns(20);
  return (n) => {
    let sum = 0;
    for (let i = 0; i < n; i++) {
      const count = view.copyLastAcross((i * 37) % symbols, 20, out);
      sum += count + out.start[0]! + out.open[19]! + out.high[1]! + out.low[18]! + out.close[7]! + out.volume[11]!;
    }
    return sum;
  };
}

/** Walks back over the slots of some sessions, the latest first, to twenty bars. */
function bareBack(view: View, walked: readonly number[]): Loop {
  const slabs = view.block.slabs[0]!;
  const { open, high, low, close, volume, slots, states } = slabs;
  const sessions = walked.map((session) => ({
    first: columnOffset(slabs, symbols, session, 0),
    firstState: stateOffset(slabs, session),
    starts: view.timeline.frame(session).grids[0]!.starts,
    end: session === view.session ? view.slots : view.timeline.frame(session).grids[0]!.count,
  }));
  const out = barColumns(20);
  return (n) => {
    let sum = 0;
    for (let i = 0; i < n; i++) {
      const s = (i * 37) % symbols;
      let k = 19;
      for (const { first, firstState, starts, end } of sessions)
        for (let slot = end - 1; slot >= 0 && k >= 0; slot--) {
          const state = states[firstState + slot * symbols + s]!;
          if (state < 2 || state > 7) continue;
          const at = first + s * slots + slot;
          out.start[k] = starts[slot]!;
          out.open[k] = open[at]!;
          out.high[k] = high[at]!;
          out.low[k] = low[at]!;
          out.close[k] = close[at]!;
          out.volume[k] = volume[at]!;
          k--;
        }
      sum += 20 + out.start[0]! + out.open[19]! + out.high[1]! + out.low[18]! + out.close[7]! + out.volume[11]!;
    }
    return sum;
  };
}
