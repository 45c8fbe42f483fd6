import type { Desk } from '../../src/strategy/desk.ts';
import { describe, expect, test } from 'vitest';
import { playToEnd } from '../../src/cli/play.ts';
import { MemoryStore } from '../../src/library/memory-store.ts';
import { Verb } from '../../src/memory/commands.ts';
import { RecordRing } from '../../src/memory/record-ring.ts';
import { calendar } from '../../src/time/calendar.ts';
import { minute } from '../../src/time/instant.ts';
import type { Session } from '../../src/time/session.ts';
import { DrivenRun } from '../support/driven-run.ts';
import { planOf } from '../support/synthetic.ts';
import { importText, randomTrades, tradesCsv, type Trade } from '../support/tick-files.ts';

const quick = { replay: { speed: 'max' as const }, history: { trailingDays: 0 } };

async function storeOf(trades: readonly Trade[]): Promise<MemoryStore> {
  const store = new MemoryStore();
  await importText(store, 'T.csv', tradesCsv(trades));
  return store;
}

/** Bars of a session by the plainest reading of what a bar is, `[start, open, high, low, close, volume]`. */
function barsOf(trades: readonly Trade[], symbol: string, open: number, close: number, interval: number): number[][] {
  const bars = new Map<number, number[]>();
  for (const { symbol: name, time, price, size } of trades) {
    if (name !== symbol || time < open || time >= close) continue;
    const start = open + Math.floor((time - open) / interval) * interval;
    const bar = bars.get(start);
    if (!bar) bars.set(start, [start, price, price, price, price, size]);
    else bars.set(start, [start, bar[1]!, Math.max(bar[2]!, price), Math.min(bar[3]!, price), price, bar[5]! + size]);
  }
  return [...bars.values()].sort((a, b) => a[0]! - b[0]!);
}

describe('a dataset of ticks', () => {
  test.each([
    [1, '1m', minute],
    [2, '7m', 7 * minute],
    [3, '30s', minute / 2],
  ])('makes the bars that its trades are, seed %i, %s', async (seed, interval, intervalMs) => {
    const trades = randomTrades('2024-11-27', '2024-12-02', seed, ['A', 'B']);
    const plan = await planOf(await storeOf(trades), {
      ...quick,
      data: { interval },
      upkeep: { derivedIntervals: [] },
    });
    const bars: number[][][] = [[], []];
    const strategy = {
      instant: ({ view }: Desk) => {
        if (view.slots < view.frame.grids[0]!.count) return;
        for (const s of [0, 1])
          for (const { start, open, high, low, close, volume } of view.lastBars(s, 1_000))
            bars[s]!.push([start, open, high, low, close, volume]);
      },
    };
    const report = await playToEnd(plan, await storeOf(trades), undefined, strategy);
    const sessions = calendar('XNYS').sessions('2024-11-27', '2024-12-02');
    expect(sessions.map(({ early }) => early)).toContain(true);
    for (const [s, symbol] of ['A', 'B'].entries())
      expect(bars[s]).toEqual(sessions.flatMap(({ open, close }) => barsOf(trades, symbol, open, close, intervalMs)));
    expect(report.data[0]).toMatchObject({ dataset: 'T', symbol: 'A', interval: 'ticks' });
    expect(report.sessions.map(({ symbols }) => symbols.A!.volume)).toEqual(
      sessions.map(({ open, close }) =>
        barsOf(trades, 'A', open, close, intervalMs).reduce((sum, bar) => sum + bar[5]!, 0),
      ),
    );
  });

  test('delivers each trade at the first instant that is not before it, and none earlier', async () => {
    const trades = randomTrades('2024-11-29', '2024-12-02', 4, ['A', 'B']);
    const store = await storeOf(trades);
    const plan = await planOf(store, quick);
    const seen: [string, number, number][] = [];
    let before = -Infinity;
    const strategy = {
      instant: ({ view }: Desk) => {
        const at = view.frame.grids[0]!.ends[view.slots - 1]!;
        for (const [s, symbol] of ['A', 'B'].entries()) {
          const fresh = view.lastTicks(s, 60).filter(({ time }) => time > before || time === view.frame.session.open);
          const updated = view.block.ticksUpdated[s] === 1;
          const isNew = fresh.filter(({ time }) => time > before || view.slots === 1);
          expect(updated).toBe(isNew.length > 0);
          for (const { time, price } of isNew) {
            expect(time).toBeLessThanOrEqual(at);
            seen.push([symbol, time, price]);
          }
        }
        before = at;
      },
    };
    const report = await playToEnd(plan, store, undefined, strategy);
    const sessions = calendar('XNYS').sessions('2024-11-29', '2024-12-02');
    const inside = trades.filter(({ time }) => sessions.some(({ open, close }) => time >= open && time <= close));
    for (const symbol of ['A', 'B'])
      expect(seen.filter(([name]) => name === symbol).map(([, time, price]) => [time, price])).toEqual(
        inside.filter((trade) => trade.symbol === symbol).map(({ time, price }) => [time, price]),
      );
    const total = (field: 'ticks' | 'outside') =>
      report.sessions.reduce((sum, { records }) => sum + records!.A![field] + records!.B![field], 0);
    expect(total('ticks')).toBe(inside.length);
    expect(total('ticks') + total('outside')).toBe(trades.length);
  });

  test('of more trades than the flow holds, all in one minute, passes through it in pieces', async () => {
    const { open } = calendar('XNYS').sessions('2024-12-02', '2024-12-02')[0]!;
    const trades = Array.from({ length: 40_000 }, (_, i) => ({
      symbol: 'A',
      time: open + (i < 30_000 ? 60_001 + i : 3_600_000 + i * 300),
      price: 100 + (i % 7),
      size: 1,
    }));
    const store = await storeOf(trades);
    const plan = await planOf(store, quick);
    let most = 0;
    const strategy = { instant: ({ view }: Desk) => void (most = Math.max(most, view.ticks.count(0))) };
    const run = await DrivenRun.open(plan, store, strategy);
    const report = await run.toEnd();
    expect(most).toBe(40_000);
    expect(report.sessions[0]!.records).toEqual({ A: { quotes: 0, ticks: 40_000, outside: 0 } });
    expect(report.sessions[0]!.symbols.A!.volume).toBe(40_000);
    expect(run.needs.filter((need) => need === 'records').length).toBeGreaterThan(3);
  });

  test('has one fingerprint, however it is played, and another for one trade changed', async () => {
    const trades = randomTrades('2024-11-27', '2024-12-03', 6, ['A', 'B', 'C']);
    const changes = { ...quick, history: { trailingDays: 2 } };
    const store = await storeOf(trades);
    const plan = await planOf(store, changes);
    const { fingerprint, sessions } = await playToEnd(plan, store);
    for (const [verb, budget] of [
      [Verb.stepBar, Infinity],
      [Verb.stepSession, 3],
    ] as const) {
      const run = await DrivenRun.open(plan, store);
      run.stepMs = budget === Infinity ? 0 : 1;
      expect((await run.toEnd(verb, budget)).fingerprint).toBe(fingerprint);
    }
    // A trade that no bar's values tell of: its size goes to the one after it in the same minute.
    const at = trades.findIndex(
      ({ time, symbol, size }, i) =>
        symbol === 'B' && size > 1 && i > 2_000 && trades[i + 1]?.symbol === 'B' && time % minute > 1_000,
    );
    const [a, b] = [trades[at]!, trades[at + 1]!];
    expect(Math.floor(a.time / minute)).toBe(Math.floor(b.time / minute));
    const changed = trades.with(at, { ...a, size: a.size - 1 }).with(at + 1, { ...b, size: b.size + 1 });
    const other = await storeOf(changed);
    const report = await playToEnd(await planOf(other, changes), other);
    expect(report.sessions.map(({ symbols }) => symbols)).toEqual(sessions.map(({ symbols }) => symbols));
    expect(report.fingerprint).not.toBe(fingerprint);
  });
});

test('a run that is taken up at any of its sessions goes on as the straight run did', async () => {
  const trades = randomTrades('2024-11-26', '2024-12-04', 9, ['A', 'B']);
  const store = await storeOf(trades);
  const plan = await planOf(store, { ...quick, history: { trailingDays: 1 } });
  const straight = await (await DrivenRun.open(plan, store)).toEnd();
  for (let session = plan.firstPlayed + 1; session < plan.sessions.length; session++) {
    const from = { session, sessions: straight.sessions, interventions: [] };
    const report = await (await DrivenRun.open(plan, store, null, from)).toEnd();
    expect(report.fingerprint).toBe(straight.fingerprint);
    expect(report.sessions.map(({ records }) => records)).toEqual(straight.sessions.map(({ records }) => records));
  }
});

describe.each(['24/7', 'CMES', 'FX'])('sessions of %s, which close as the next one opens or on another day', (name) => {
  test('get every trade once, and the bars that it makes, wherever the run is taken up', async () => {
    const from = Date.UTC(2024, 10, 26);
    const trades: Trade[] = [];
    for (let i = 0; i < 4 * 24 * 12; i++)
      for (const at of [0, 1, 299_999])
        trades.push({ symbol: 'A', time: from + i * 5 * minute + at, price: 100 + (i % 17), size: 1 + (i % 5) });
    const store = await storeOf(trades);
    const plan = await planOf(store, { ...quick, session: { calendar: name }, data: { interval: '5m' } });
    expect(plan.sessions.length).toBeGreaterThan(2);
    const straight = await (await DrivenRun.open(plan, store)).toEnd();
    const inOpen = (time: number, session: Session): boolean =>
      time >= session.open &&
      time < session.close &&
      !session.breaks.some(({ start, end }) => time >= start && time < end);
    for (const [i, session] of plan.sessions.entries()) {
      const { symbols, records } = straight.sessions[i]!;
      const volume = trades.reduce((sum, { time, size }) => sum + (inOpen(time, session) ? size : 0), 0);
      expect(symbols.A!.volume, session.date).toBe(volume);
      const before = plan.sessions[i - 1]?.close;
      const own = trades.filter(
        ({ time }) =>
          (inOpen(time, session) && time !== before) ||
          time === session.close ||
          session.breaks.some(({ start }) => time === start),
      );
      expect(records!.A!.ticks, session.date).toBe(own.length);
    }
    for (let session = 1; session < plan.sessions.length; session++) {
      const origin = { session, sessions: straight.sessions, interventions: [] };
      const report = await (await DrivenRun.open(plan, store, null, origin)).toEnd();
      expect(report.fingerprint).toBe(straight.fingerprint);
      expect(report.sessions.map(({ records }) => records)).toEqual(straight.sessions.map(({ records }) => records));
    }
  });
});

test('a run of bars alone has no room for quotes and ticks, and says nothing of them', async () => {
  const store = new MemoryStore();
  const lines = ['timestamp,open,high,low,close', '2024-12-02T14:30:00Z,1,1,1,1', '2024-12-02T14:31:00Z,1,1,1,1', ''];
  await importText(store, 'A.csv', lines.join('\n'));
  const run = await DrivenRun.open(await planOf(store, quick), store);
  const report = await run.toEnd();
  expect([run.block.flow.length, run.block.tickRecords.length, run.block.quoteRecords.length]).toEqual([0, 0, 0]);
  expect(report.sessions[0]).not.toHaveProperty('records');
  expect(RecordRing.ticks(run.block).latest(0, new Float64Array(3))).toBe(false);
});
