import { Provenance } from '../../../src/bars/provenance.ts';
import { Coordinator } from '../../../src/coordinator/coordinator.ts';
import { Delivery } from '../../../src/coordinator/deliver.ts';
import type { BarStore } from '../../../src/library/store.ts';
import { MemoryStore } from '../../../src/library/memory-store.ts';
import { Stager } from '../../../src/library/stage.ts';
import { columnOffset, createBlock, stateOffset, type Block } from '../../../src/memory/block.ts';
import { putCommand, Verb } from '../../../src/memory/commands.ts';
import { Entry, JournalReader } from '../../../src/memory/journal.ts';
import { Word } from '../../../src/memory/layout.ts';
import type { RunPlan } from '../../../src/session/plan.ts';
import { timelineOf } from '../../../src/session/run-timeline.ts';
import { shapeOf } from '../../../src/session/shape.ts';
import { Upkeep } from '../../../src/upkeep/upkeep.ts';
import type { configWith } from '../../support/synthetic.ts';
import { planOf, randomWalk, storeDataset } from '../../support/synthetic.ts';
import { expectAnswer, median } from '../measure.ts';

const symbols = 100;
/** Enough for the engine to have compiled what is measured, as it has after a few sessions of a run. */
const rounds = 41;
const sessions = 5;
/** Of 39,000 bars this share is a thousand. */
const thousandLost = 0.0256;

/** Milliseconds of one session of a hundred symbols and 390 minutes, each beside a bare loop that comes to the same answer. */
export interface LoopCosts {
  /** One look for gaps over the whole session, and one at the end of each minute of it. */
  readonly gapsAtOnce: number;
  readonly gapsByMinute: number;
  readonly bareGaps: number;
  /** The derived bars of 5m and 15m. */
  readonly derived: number;
  readonly bareDerived: number;
  /** A thousand gaps filled from what is staged, mended derived bars included. */
  readonly filling: number;
  readonly filled: number;
  /** What the coordinator does for upkeep while a session plays at 600 times real time, in percent of that time. */
  readonly upkeepShare: number;
}

export async function measureLoops(): Promise<LoopCosts> {
  const store = new MemoryStore();
  await storeDataset(
    store,
    'loops',
    Object.fromEntries(
      Array.from({ length: symbols }, (_, s) => [`S${s}`, randomWalk('2022-01-03', '2022-01-07', s + 1)]),
    ),
  );
  return {
    ...(await gaps(store)),
    ...(await derived(store)),
    ...(await filling(store)),
    upkeepShare: await upkeepShare(store),
  };
}

/** Milliseconds of the work, the median of some rounds; `prepare` is not counted. */
async function timed<T>(prepare: () => Promise<T>, work: (prepared: T) => void): Promise<number> {
  const times = [];
  for (let n = 0; n < rounds; n++) {
    const prepared = await prepare();
    const from = performance.now();
    work(prepared);
    times.push(performance.now() - from);
  }
  return median(times);
}

interface Staged {
  readonly plan: RunPlan;
  readonly block: Block;
}

/** A fresh block with every session of a run laid out. */
async function staged(store: MemoryStore, changes: Parameters<typeof configWith>[0]): Promise<Staged> {
  const plan = await planOf(store, { history: { enabled: false }, ...changes });
  const block = createBlock(shapeOf(plan), true);
  const stager = await Stager.open(plan, block, store);
  block.words[Word.wantedByCoordinator] = plan.sessions.length;
  while (stager.ready()) await stager.stageNext();
  expectAnswer('sessions staged', block.words[Word.staged], plan.sessions.length);
  return { plan, block };
}

async function gaps(store: MemoryStore): Promise<Pick<LoopCosts, 'gapsAtOnce' | 'gapsByMinute' | 'bareGaps'>> {
  const feed = { dropRate: 0.01 };
  const every = (checkIntervalSeconds: number) => () =>
    staged(store, { feed, upkeep: { checkIntervalSeconds } }).then((run) => ({
      ...run,
      upkeep: new Upkeep(run.plan, run.block),
    }));
  const once = await every(86_400)();
  const bare = missing(once.block);
  once.upkeep.run();
  expectAnswer('missing slots', journaled(once), bare);
  const [atOnce, byMinute] = [
    await timed(every(86_400), ({ upkeep }) => void upkeep.run()),
    await timed(every(60), ({ upkeep }) => void upkeep.run()),
  ];
  const bareMs = await timed(
    () => Promise.resolve(once.block),
    (block) => expectAnswer('missing slots', missing(block), bare),
  );
  return { gapsAtOnce: atOnce / sessions, gapsByMinute: byMinute / sessions, bareGaps: bareMs / sessions };
}

function missing({ slabs, symbols: count, words }: Block): number {
  const base = slabs[0]!;
  let found = 0;
  for (let session = 0; session < words[Word.staged]!; session++) {
    const from = stateOffset(base, session);
    for (let i = from; i < from + base.slots * count; i++) if (base.states[i] !== Provenance.staged) found++;
  }
  return found;
}

/** Missing slots that upkeep's journal tells of. */
function journaled({ plan, block }: Staged): number {
  const journal = new JournalReader(block);
  const { ticks } = timelineOf(plan);
  let found = 0;
  for (let tick = 0; tick < ticks; tick++) {
    if (!journal.covers(tick)) throw new Error(`upkeep has not come to tick ${tick}`);
    while (journal.next(tick)) if (journal.kind === Entry.missing) found += journal.count;
    journal.release();
  }
  return found;
}

async function derived(store: MemoryStore): Promise<Pick<LoopCosts, 'derived' | 'bareDerived'>> {
  const { plan, block } = await staged(store, {});
  const frame = timelineOf(plan).frame(0);
  const delivery = new Delivery(block);
  delivery.begin(0, frame);
  const { count } = frame.grids[0]!;
  for (let slot = 0; slot < count; slot++) delivery.stream(slot);
  const prepared = (): Promise<Delivery> => Promise.resolve(delivery);
  const view = await timed(prepared, () => {
    for (let slot = 0; slot < count; slot++) delivery.derive(slot);
  });
  const sum = (interval: number): number => {
    const slabs = block.slabs[interval]!;
    let total = 0;
    for (const column of [slabs.open, slabs.high, slabs.low, slabs.close, slabs.volume])
      for (let i = 0; i < symbols * slabs.slots; i++) total += column[i]!;
    return total;
  };
  const outs = [5, 15].map((length) => ({ length, columns: new Float64Array((5 * symbols * count) / length) }));
  const bare = await timed(
    () => Promise.resolve(),
    () => {
      for (const { length, columns } of outs) bareDerive(block, count, length, columns);
    },
  );
  outs.forEach(({ columns }, i) =>
    expectAnswer(
      'sum of the derived bars',
      Math.round(sum(i + 1)),
      Math.round(columns.reduce((total, value) => total + value, 0)),
    ),
  );
  return { derived: view, bareDerived: bare };
}

function bareDerive(block: Block, count: number, length: number, out: Float64Array): void {
  const { open, high, low, close, volume } = block.slabs[0]!;
  let to = 0;
  for (let s = 0; s < symbols; s++) {
    const from = columnOffset(block.slabs[0]!, symbols, 0, s);
    for (let slot = from; slot < from + count; slot += length) {
      let top = high[slot]!;
      let bottom = low[slot]!;
      let sum = 0;
      for (let i = slot; i < slot + length; i++) {
        if (high[i]! > top) top = high[i]!;
        if (low[i]! < bottom) bottom = low[i]!;
        sum += volume[i]!;
      }
      out[to++] = open[slot]!;
      out[to++] = top;
      out[to++] = bottom;
      out[to++] = close[slot + length - 1]!;
      out[to++] = sum;
    }
  }
}

async function filling(store: MemoryStore): Promise<Pick<LoopCosts, 'filling' | 'filled'>> {
  let filled = 0;
  const milliseconds = await timed(
    async () => {
      const { plan, block } = await staged(store, {
        data: { fillFrom: ['loops'] },
        feed: { dropRate: thousandLost },
      });
      const frame = timelineOf(plan).frame(0);
      const { count } = frame.grids[0]!;
      const delivery = new Delivery(block);
      delivery.begin(0, frame);
      for (let slot = 0; slot < count; slot++) delivery.stream(slot);
      for (let slot = 0; slot < count; slot++) delivery.derive(slot);
      const base = block.slabs[0]!;
      const places: [symbol: number, slot: number][] = [];
      for (let slot = 0; slot < count; slot++)
        for (let s = 0; s < symbols; s++)
          if (base.states[stateOffset(base, 0) + slot * symbols + s]! >= Provenance.candidate) places.push([s, slot]);
      return { delivery, places, count };
    },
    ({ delivery, places, count }) => {
      for (const [symbol, slot] of places) {
        delivery.fill(symbol, slot);
        delivery.mend(symbol, slot, count);
      }
      filled = places.length;
    },
  );
  return { filling: milliseconds, filled };
}

async function upkeepShare(store: MemoryStore): Promise<number> {
  const coordinatorMs = async (enabled: boolean): Promise<number> => {
    const times = [];
    for (let n = 0; n < rounds; n++) {
      const { plan, block } = await staged(store, {
        data: { fillFrom: ['loops'] },
        feed: { dropRate: 0.01 },
        upkeep: { enabled },
        replay: { speed: 'max' },
      });
      times.push(playStaged(plan, block));
    }
    return median(times);
  };
  const sessionMs = (390 * 60_000) / 600;
  return (100 * ((await coordinatorMs(true)) - (await coordinatorMs(false)))) / (sessions * sessionMs);
}

/** Plays what is staged; returns the milliseconds that the coordinator took. */
function playStaged(plan: RunPlan, block: Block): number {
  const clocks = { now: () => performance.now(), epochMs: performance.timeOrigin };
  const listener = { onStand: () => undefined, onReport: () => undefined };
  const coordinator = new Coordinator(plan, block, clocks, listener);
  const upkeep = new Upkeep(plan, block);
  upkeep.run();
  putCommand(block, Verb.play);
  const from = performance.now();
  const need = coordinator.run();
  const milliseconds = performance.now() - from;
  expectAnswer('what the coordinator came back for', need, 'nothing');
  expectAnswer('sessions played', coordinator.report().totals.sessions, plan.sessions.length);
  return milliseconds;
}

/** Milliseconds from a cold library to a session whose thousand gaps are filled: one thread, the run's first session. */
export async function fillStored(plan: RunPlan, store: BarStore): Promise<{ milliseconds: number; filled: number }> {
  const block = createBlock(shapeOf(plan), true);
  const from = performance.now();
  const stager = await Stager.open(plan, block, store);
  block.words[Word.wantedByCoordinator] = plan.sessions.length;
  while (stager.ready()) await stager.stageNext();
  playStaged(plan, block);
  return { milliseconds: performance.now() - from, filled: block.words[Word.fills]! };
}
