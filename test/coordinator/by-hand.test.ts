import { describe, expect, test } from 'vitest';
import { readConfig } from '../../src/config/read.ts';
import { toPlace, toTick } from '../../src/coordinator/rewind.ts';
import { MemoryStore } from '../../src/library/memory-store.ts';
import { putCommand, Verb } from '../../src/memory/commands.ts';
import { takePicture } from '../../src/memory/picture.ts';
import { View } from '../../src/memory/view.ts';
import { timelineOf } from '../../src/session/run-timeline.ts';
import type { RunPlan } from '../../src/session/plan.ts';
import type { RunReport } from '../../src/session/report.ts';
import { withOrders } from '../../src/session/with-orders.ts';
import { bookPiece } from '../../src/strategy/book-piece.ts';
import { handCommand, type HandOrder } from '../../src/strategy/hand-order.ts';
import { DrivenRun } from '../support/driven-run.ts';
import { planOf, randomWalk, seeded, storeDataset } from '../support/synthetic.ts';

type Changes = Parameters<typeof planOf>[1];

const byHand = { name: 'scripted', params: {} };
const none = { symbol: 0, size: null, limit: null, stop: null, sl: null, tp: null, order: null };

/** Short sessions of two symbols; slots that neither has are instants without a bar. */
async function handRun({ strategy, ...rest }: Changes = { strategy: byHand }) {
  const store = new MemoryStore();
  const walk = (seed: number) =>
    randomWalk('2024-11-18', '2024-11-22', seed, (_, slot) => slot % 9 !== 4 && slot % 9 !== 5);
  await storeDataset(store, 'feed', { A: walk(1), B: walk(2) });
  const plan = await planOf(store, {
    data: { dataset: 'feed', from: '2024-11-20' },
    session: { end: '10:15' },
    history: { trailingDays: 1 },
    replay: { speed: 'max' },
    ...rest,
    ...(strategy && { strategy }),
  });
  return { store, plan, run: await DrivenRun.open(plan, store) };
}

async function give(run: DrivenRun, order: Partial<HandOrder> & Pick<HandOrder, 'op'>) {
  putCommand(run.block, Verb.order, ...handCommand({ ...none, ...order }));
  await run.drive();
  return run.scripts.at(-1)!;
}

async function step(run: DrivenRun, bars: number): Promise<void> {
  for (let n = 0; n < bars; n++) await run.command(Verb.stepBar);
}

/** What a run came to that has the report's configuration and no hand in it. */
async function replayed(store: MemoryStore, { config }: RunReport, speed: number | 'max' = 'max') {
  const written = JSON.parse(JSON.stringify(config)) as Record<string, object>;
  expect(readConfig(written).ok).toBe(true);
  const plan = await planOf(store, { ...written, replay: { speed } } as Changes);
  return (await DrivenRun.open(plan, store)).toEnd();
}

function expectSame(one: RunReport, other: RunReport): void {
  expect(one.fingerprint).toBe(other.fingerprint);
  expect(one.trades).toEqual(other.trades);
  expect(one.equity).toEqual(other.equity);
}

function accountOf(run: DrivenRun, plan: RunPlan) {
  return takePicture(new View(run.block, timelineOf(plan)), { symbol: 0, interval: 0, logAfter: Infinity })!.account!;
}

describe('an order by hand', () => {
  test('is filled by the bar that comes next, and is shown at once', async () => {
    const { run, plan, store } = await handRun();
    await step(run, 3);
    const { orders, refusal } = await give(run, { op: 'buy', size: 10 });
    expect(refusal).toBeNull();
    expect(orders).toMatchObject([{ bar: 3, after: 0, op: 'buy', size: 10, symbol: 0 }]);
    expect(accountOf(run, plan)).toMatchObject({ waitingOrders: 1, ordersAhead: 0 });
    await step(run, 1);
    expect([...accountOf(run, plan).units]).toEqual([10, 0]);
    const report = await run.toEnd();
    expect(report.trades).toMatchObject([]);
    expect(report.config.strategy!.params).toEqual({ orders: [{ bar: 3, op: 'buy', size: 10 }] });
    expectSame(report, await replayed(store, report));
  });

  test('that comes after slots without a bar keeps its place', async () => {
    const { run, store } = await handRun();
    await step(run, 6);
    const { orders } = await give(run, { op: 'buy', size: 10 });
    expect(orders).toMatchObject([{ bar: 4, after: 2 }]);
    await step(run, 5);
    await give(run, { op: 'close' });
    const report = await run.toEnd();
    expect(report.trades).toHaveLength(1);
    expectSame(report, await replayed(store, report));
  });

  test('between two sessions waits for the open, and makes the same run', async () => {
    const { run, plan, store } = await handRun();
    await run.command(Verb.stepSession);
    const { orders, refusal } = await give(run, { op: 'buy', size: 5 });
    expect(refusal).toBeNull();
    await give(run, { op: 'sell', size: 3, symbol: 1 });
    expect(orders).toMatchObject([{ after: 1 }]);
    expect(accountOf(run, plan)).toMatchObject({ waitingOrders: 0, ordersAhead: 2 });
    await step(run, 1);
    expect([...accountOf(run, plan).units]).toEqual([5, -3]);
    const report = await run.toEnd();
    expectSame(report, await replayed(store, report));
  });

  test('closes, cancels and flattens', async () => {
    const { run, plan, store } = await handRun();
    await step(run, 2);
    await give(run, { op: 'buy', size: 10, sl: 1, tp: 1e6 });
    await give(run, { op: 'sell', size: 4, symbol: 1 });
    await give(run, { op: 'buy', size: 4, limit: 0.5 });
    await step(run, 1);
    await run.command(Verb.book);
    const waiting = run.pieces.at(-1)!.orders;
    expect(waiting.map(({ role }) => role).sort()).toEqual(['entry', 'sl', 'tp']);
    await give(run, { op: 'cancel', order: waiting.find(({ role }) => role === 'sl')!.id });
    await run.command(Verb.book);
    expect(run.pieces.at(-1)!.open).toMatchObject([{ sl: null, tp: 1e6 }, { symbol: 1 }]);
    await give(run, { op: 'flatten' });
    await step(run, 1);
    expect([...accountOf(run, plan).units, accountOf(run, plan).waitingOrders]).toEqual([0, 0, 0]);
    const report = await run.toEnd();
    expect(report.trades).toHaveLength(2);
    expectSame(report, await replayed(store, report));
  });

  test('is refused with its reason, and then is no part of the run', async () => {
    const { run, store } = await handRun();
    expect((await give(run, { op: 'buy' })).refusal).toMatch(/first bar/);
    await step(run, 2);
    expect((await give(run, { op: 'buy', size: 1.5 })).refusal).toMatch(/whole units from 1 on/);
    expect((await give(run, { op: 'buy', limit: -3 })).refusal).toMatch(/order\.limit was -3/);
    expect((await give(run, { op: 'buy', symbol: 7 })).refusal).toMatch(/too few bars/);
    expect((await give(run, { op: 'close' })).refusal).toMatch(/Nothing is held/);
    expect((await give(run, { op: 'flatten' })).refusal).toMatch(/no order waits/);
    // The broker's own refusals are told with the orders.
    expect((await give(run, { op: 'buy', size: 1, sl: 1e6 })).refusal).toBeNull();
    await run.command(Verb.book);
    expect(run.pieces.at(-1)!.refused).toMatchObject([
      { symbol: 0, reason: 'stop-loss, price and take-profit are not in this order' },
    ]);
    const report = await run.toEnd();
    expect((await give(run, { op: 'buy' })).refusal).toMatch(/is over/);
    expectSame(report, await replayed(store, report));
  });

  test('that the broker turns down is told with the answer, and let go once a later one is taken', async () => {
    const { run } = await handRun();
    const { book } = run.coordinator.engine!;
    const askew = { op: 'buy', size: 1, limit: 50, sl: 60 } as const;
    await step(run, 2);
    const reason = 'stop-loss, price and take-profit are not in this order';
    const { refusal, turnedDown } = await give(run, askew);
    expect(refusal).toBeNull();
    expect(turnedDown).toEqual([{ order: 1, symbol: 0, reason }]);
    expect((await give(run, { ...askew, symbol: 1 })).turnedDown).toEqual([{ order: 2, symbol: 1, reason }]);
    expect(bookPiece(book, 0).refused.map(({ order }) => order)).toEqual([1, 2]);
    expect((await give(run, { op: 'buy', size: 1.5 })).refusal).not.toBeNull();
    expect(bookPiece(book, 0).refused).toHaveLength(2);
    expect((await give(run, { op: 'buy', size: 1 })).turnedDown).toEqual([]);
    expect(bookPiece(book, 0).refused).toEqual([]);
  });

  test('of a list is remembered as turned down until one is taken at a later bar', async () => {
    const askew = { op: 'buy', size: 1, limit: 50, sl: 60 };
    const orders = [
      { ...askew, bar: 1 },
      { ...askew, bar: 1 },
      { op: 'buy', size: 1, bar: 1 },
      { op: 'buy', size: 1, bar: 3 },
    ];
    const { run } = await handRun({ strategy: { ...byHand, params: { orders } } });
    const refused = (): number[] => bookPiece(run.coordinator.engine!.book, 0).refused.map(({ order }) => order);
    await step(run, 2);
    expect(refused()).toEqual([1, 2]);
    await step(run, 1);
    expect(refused()).toEqual([]);
  });

  test('is refused where the strategy is another one, or none', async () => {
    for (const strategy of [{ name: 'SMA cross', params: {} }, undefined]) {
      const { run } = await handRun(strategy ? { strategy } : {});
      await step(run, 2);
      expect((await give(run, { op: 'buy' })).refusal).toMatch(/takes no orders by hand|takes orders by hand/);
    }
  });
});

describe('a run that goes back', () => {
  test('gives the later orders again, until another one takes their place', async () => {
    const { run, plan, store } = await handRun();
    await step(run, 3);
    await give(run, { op: 'buy', size: 10 });
    await step(run, 20);
    const { orders } = await give(run, { op: 'close' });
    const straight = await run.toEnd();
    await run.command(Verb.report, 1);
    const timeline = timelineOf(plan);
    const { place } = run;
    const known = { plan: withOrders(plan, orders), timeline, report: { sessions: [], interventions: [] }, place };
    const way = toTick(known, timeline.firstTick(plan.firstPlayed) + 9);
    const back = await DrivenRun.open(known.plan, store, undefined, way.from);
    await back.command(way.verb, way.argument);
    expect(accountOf(back, plan)).toMatchObject({ ordersAhead: 1 });
    const again = await DrivenRun.open(known.plan, store, undefined, way.from);
    await again.command(way.verb, way.argument);
    expectSame(await again.toEnd(), straight);

    const other = await give(back, { op: 'sell', size: 2 });
    expect(other.orders.map(({ op }) => op)).toEqual(['buy', 'sell']);
    expect(accountOf(back, plan)).toMatchObject({ ordersAhead: 0 });
    const report = await back.toEnd();
    expect(report.fingerprint).not.toBe(straight.fingerprint);
    expectSame(report, await replayed(store, report));
  });

  test('drops what lies ahead when it is told to', async () => {
    const orders = [
      { bar: 2, op: 'buy', size: 1 },
      { bar: 40, op: 'close' },
    ];
    const { run, plan, store } = await handRun({ strategy: { name: 'scripted', params: { orders } } });
    await step(run, 5);
    expect(accountOf(run, plan).ordersAhead).toBe(1);
    expect((await give(run, { op: 'forget' })).orders).toHaveLength(1);
    const report = await run.toEnd();
    expect(report.config.strategy!.params).toEqual({ orders: [{ bar: 2, op: 'buy', size: 1 }] });
    expectSame(report, await replayed(store, report));
  });
});

describe('any orders at any places', () => {
  test.each(Array.from({ length: 24 }, (_, i) => i + 1))(
    'come out the same when they are replayed: seed %i',
    async (seed) => {
      const random = seeded(seed);
      const pick = (n: number): number => Math.floor(random() * n);
      const { run, plan, store } = await handRun({
        strategy: byHand,
        replay: { speed: pick(2) === 0 ? 'max' : 60_000 },
        ...(pick(3) === 0 && { broker: { hedging: true, commission: 0.001 } }),
        ...(pick(3) === 0 && { broker: { exclusiveOrders: true } }),
        ...(pick(4) === 0 && { broker: { fills: 'parity' } }),
        ...(pick(3) === 0 && { feed: { seed, dropRate: 0.1, delayRate: 0.1 } }),
      });
      let current = run;
      let planNow = plan;
      for (let move = 0; move < 60 && current.state !== 'finished'; move++) {
        const last = accountOf(current, plan).worth;
        const price = pick(2) === 0 ? null : 60 + random() * 80;
        const order: HandOrder = {
          ...none,
          op: (['buy', 'sell', 'close', 'cancel', 'flatten', 'buy', 'sell'] as const)[pick(7)]!,
          symbol: pick(2),
          size: last > 0 && pick(2) === 0 ? 1 + pick(20) : random() * 0.5,
          limit: pick(3) === 0 ? price : null,
          stop: pick(3) === 0 ? price : null,
          sl: pick(4) === 0 ? 20 + random() * 100 : null,
          tp: pick(4) === 0 ? 60 + random() * 100 : null,
          order: 1 + pick(30),
        };
        const asked = order.op === 'cancel' ? order : { ...order, order: null };
        const { orders, refusal } = await give(current, asked);
        if (refusal === null) planNow = withOrders(planNow, orders);
        if (pick(12) === 0) {
          await current.command(Verb.report, 1);
          await current.command(Verb.report);
          const outline = current.outlines.at(-1)!;
          const timeline = timelineOf(plan);
          const first = timeline.firstTick(plan.firstPlayed);
          const now = timeline.firstTick(current.place.session) + current.place.slots;
          const known = { plan: planNow, timeline, report: outline, place: current.place };
          const way = pick(2) === 0 ? toPlace(known) : toTick(known, first + pick(Math.max(1, now - first)));
          current = await DrivenRun.open(planNow, store, undefined, way.from);
          await current.command(way.verb, way.argument);
        }
        if (pick(40) === 0) await current.command(Verb.stepSession);
        else await step(current, pick(9));
      }
      const report = await current.toEnd();
      const given = (report.config.strategy!.params['orders'] as unknown[] | undefined)?.length ?? 0;
      expect(given, `seed ${seed}`).toBeGreaterThan(5);
      for (const speed of ['max', 60_000] as const) expectSame(await replayed(store, report, speed), report);
    },
  );
});
