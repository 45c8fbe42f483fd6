import { describe, expect, test } from 'vitest';
import { toTick } from '../../src/coordinator/rewind.ts';
import { MemoryStore } from '../../src/library/memory-store.ts';
import type { CurveWindow, PictureAccount } from '../../src/memory/account-picture.ts';
import { Verb } from '../../src/memory/commands.ts';
import { takePicture } from '../../src/memory/picture.ts';
import { View } from '../../src/memory/view.ts';
import type { RunPlan } from '../../src/session/plan.ts';
import { timelineOf } from '../../src/session/run-timeline.ts';
import { bookPiece, type BookPiece } from '../../src/strategy/book-piece.ts';
import { DrivenRun } from '../support/driven-run.ts';
import { planOf, randomWalk, storeDataset } from '../support/synthetic.ts';

/** Four short sessions of two symbols with gaps; a cross trades them often, and its stops and costs leave orders waiting. */
async function tradingRun(strategy: RunPlan['config']['strategy']): Promise<{ plan: RunPlan; store: MemoryStore }> {
  const store = new MemoryStore();
  const walk = (seed: number): ReturnType<typeof randomWalk> =>
    randomWalk('2024-11-18', '2024-11-22', seed, (_, slot) => slot % 9 !== 4);
  await storeDataset(store, 'feed', { A: walk(1), B: walk(2) });
  const plan = await planOf(store, {
    data: { dataset: 'feed', from: '2024-11-19' },
    session: { end: '11:00' },
    history: { trailingDays: 1 },
    replay: { speed: 'max' },
    ...(strategy && { strategy }),
  });
  return { plan, store };
}

const cross = { name: 'SMA cross', params: { fast: 2, slow: 5 } };
const whole = { from: { session: 0, slot: 0 }, until: null, merge: 1 };

function accountOf(run: DrivenRun, plan: RunPlan, curve: CurveWindow = whole): PictureAccount {
  const view = new View(run.block, timelineOf(plan));
  return takePicture(view, { symbol: 0, interval: 0, logAfter: Infinity, curve })!.account!;
}

const sum = (values: Iterable<number>): number => [...values].reduce((total, value) => total + value, 0);

describe('the account in the block', () => {
  test('is that of the report at every bar, with the positions of its open trades', async () => {
    const { plan, store } = await tradingRun(cross);
    const run = await DrivenRun.open(plan, store);
    let held = 0;
    for (let n = 0; n < 250; n++) {
      await run.command(Verb.stepBar);
      const { trades, equity } = run.coordinator.report();
      const { book } = run.coordinator.engine!;
      const account = accountOf(run, plan);
      expect(account.worth).toBe(equity.at(-1)?.[1] ?? plan.config.broker.cash);
      expect(account.cash).toBe(book.cash);
      expect(account.cash + sum(account.openProfits)).toBeCloseTo(account.worth, 6);
      expect([account.closedTrades, account.waitingOrders]).toEqual([trades.length, book.queue.length]);
      expect(account.peak).toBe(Math.max(plan.config.broker.cash, ...equity.map(([, value]) => value)));
      const { open } = bookPiece(book, 0);
      for (const symbol of [0, 1]) {
        const own = open.filter((trade) => trade.symbol === symbol);
        expect(account.units[symbol]).toBe(sum(own.map(({ size }) => size)));
        if (own.length === 1) expect(account.entryPrices[symbol]).toBeCloseTo(own[0]!.entryPrice, 9);
        else expect(account.entryPrices[symbol]).toBeNaN();
        held += own.length;
      }
    }
    expect(held).toBeGreaterThan(50);
  });

  test('has a curve by slot over the sessions that are kept, merged to points that hold its lowest and highest', async () => {
    const { plan, store } = await tradingRun(cross);
    const run = await DrivenRun.open(plan, store);
    for (let n = 0; n < 3; n++) await run.command(Verb.stepSession);
    for (let n = 0; n < 20; n++) await run.command(Verb.stepBar);
    const { time, value } = run.coordinator.engine!.book.equity.curve();
    const account = accountOf(run, plan);
    const { session, slot, low, high, last, drawdown } = account.curve!;
    const frames = plan.sessions.map((_, k) => timelineOf(plan).frame(k));
    const known = new Map(Array.from(time, (start, i) => [start, value[i]!]));
    // One trailing session is kept beside the one that plays.
    expect([...new Set(session)]).toEqual([3, 4]);
    let peak = Math.max(...value.filter((_, i) => time[i]! < plan.sessions[3]!.open));
    let points = 0;
    for (let i = 0; i < last.length; i++) {
      expect([low[i], high[i]]).toEqual([last[i], last[i]]);
      peak = Math.max(peak, last[i]!);
      expect(drawdown[i]).toBe(last[i]! / peak - 1);
      const worth = known.get(frames[session[i]!]!.grids[0]!.starts[slot[i]!]!);
      if (worth === undefined) continue;
      expect(last[i]).toBe(worth);
      points++;
    }
    expect(points).toBeGreaterThan(90);

    const merged = accountOf(run, plan, { from: { session: 3, slot: 10 }, until: { session: 4, slot: 12 }, merge: 8 });
    const { curve } = merged;
    expect(curve!.slot[0]).toBe(8);
    expect(Math.max(...curve!.slot.filter((_, i) => curve!.session[i] === 4))).toBe(8);
    for (let i = 0; i < curve!.last.length; i++) {
      const end = curve!.session[i] === 4 ? 12 : Infinity;
      const own = [...last.keys()].filter(
        (j) =>
          session[j] === curve!.session[i] &&
          slot[j]! >= curve!.slot[i]! &&
          slot[j]! < Math.min(end, curve!.slot[i]! + 8),
      );
      expect(curve!.low[i]).toBe(Math.min(...own.map((j) => last[j]!)));
      expect(curve!.high[i]).toBe(Math.max(...own.map((j) => last[j]!)));
      expect(curve!.drawdown[i]).toBe(Math.min(...own.map((j) => drawdown[j]!)));
    }
  });

  test('after a step back it is what it was there, and looking and asking changes no fingerprint', async () => {
    const { plan, store } = await tradingRun(cross);
    const run = await DrivenRun.open(plan, store);
    const timeline = timelineOf(plan);
    const seen = new Map<number, [PictureAccount, BookPiece]>();
    const at = (of: DrivenRun): number => timeline.firstTick(of.session) + of.slots - 1;
    for (let n = 0; n < 160; n++) {
      await run.command(Verb.stepBar);
      seen.set(at(run), [accountOf(run, plan), bookPiece(run.coordinator.engine!.book, 0)]);
    }
    await run.command(Verb.report);
    const played = { plan, timeline, report: run.reports.at(-1)!, place: run.place };
    for (const tick of [...seen.keys()].filter((_, i) => i % 31 === 17)) {
      const { from, verb, argument } = toTick(played, tick);
      const back = await DrivenRun.open(plan, store, undefined, from);
      await back.command(verb, argument);
      expect(at(back)).toBe(tick);
      expect([accountOf(back, plan), bookPiece(back.coordinator.engine!.book, 0)]).toEqual(seen.get(tick));
    }
    const { fingerprint } = await run.toEnd();
    const straight = await DrivenRun.open(plan, store);
    expect((await straight.toEnd()).fingerprint).toBe(fingerprint);
  });

  test('there is none without a strategy', async () => {
    const { plan, store } = await tradingRun(null);
    const run = await DrivenRun.open(plan, store);
    await run.command(Verb.stepBar);
    const picture = takePicture(new View(run.block, timelineOf(plan)), { symbol: 0, interval: 0, logAfter: 0 })!;
    expect(picture.account).toBeNull();
    await run.command(Verb.book);
    expect(run.pieces).toEqual([]);
  });
});

test('a report for going back is without what the strategy came to, and else the same', async () => {
  const { plan, store } = await tradingRun(cross);
  const run = await DrivenRun.open(plan, store);
  await run.toEnd();
  await run.command(Verb.report, 1);
  await run.command(Verb.report);
  const { sessions, fingerprint, totals } = run.reports.at(-1)!;
  expect(run.reports.length).toBe(1);
  expect(run.reports[0]!.trades.length).toBeGreaterThan(10);
  expect(run.outlines).toMatchObject([{ sessions, fingerprint, totals, trades: [], statistics: {} }]);
});

describe('orders and trades, when they are asked for', () => {
  test('come in pieces that follow each other, and are those of the report', async () => {
    const { plan, store } = await tradingRun({ name: 'SMA cross', params: { fast: 1, slow: 2 } });
    const run = await DrivenRun.open(plan, store);
    const { trades } = await run.toEnd();
    const closed = [];
    do {
      await run.command(Verb.book, closed.length);
      closed.push(...run.pieces.at(-1)!.closed);
    } while (closed.length < run.pieces.at(-1)!.closedTrades);
    expect(closed.length).toBe(trades.length);
    expect(closed.map(({ symbol, entryBar, pnl }) => [symbol, entryBar, pnl])).toEqual(
      trades.map(({ symbol, entryBar, pnl }) => [symbol, entryBar, pnl]),
    );
  });

  test('say what waits and what protects a trade', async () => {
    const orders = [
      { bar: 1, op: 'buy', size: 10, sl: 1, tp: 1e6 },
      { bar: 2, op: 'sell', size: 5, limit: 1e6, symbol: 1 },
    ];
    const { plan, store } = await tradingRun({ name: 'scripted', params: { orders } });
    const run = await DrivenRun.open(plan, store);
    for (let n = 0; n < 4; n++) await run.command(Verb.stepBar);
    await run.command(Verb.book);
    const { open, orders: waiting } = run.pieces.at(-1)!;
    expect(open).toMatchObject([{ symbol: 0, size: 10, sl: 1, tp: 1e6 }]);
    expect(
      waiting.map(({ role, symbol, isBuy, limit, stop, size }) => [role, symbol, isBuy, limit, stop, size]),
    ).toEqual([
      ['sl', 0, false, null, 1, 10],
      ['tp', 0, false, 1e6, null, 10],
      ['entry', 1, false, 1e6, null, 5],
    ]);
    expect(accountOf(run, plan).waitingOrders).toBe(3);
  });
});
