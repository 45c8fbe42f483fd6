import { beforeAll, describe, expect, it } from 'vitest';
import { playToEnd } from '../../src/cli/play.ts';
import { MemoryStore } from '../../src/library/memory-store.ts';
import { Verb } from '../../src/memory/commands.ts';
import type { BarColumns } from '../../src/bars/columns.ts';
import { planRun } from '../../src/session/plan-run.ts';
import { planStrategy } from '../../src/strategy/plan-strategy.ts';
import { shelf } from '../../src/strategy/shelf.ts';
import { DrivenRun } from '../support/driven-run.ts';
import { configWith, planOf, randomWalk, storeDataset } from '../support/synthetic.ts';

const [from, to] = ['2024-11-04', '2024-11-15'];
const store = new MemoryStore();
const bars: Record<string, BarColumns> = {};
beforeAll(async () => {
  for (const [symbol, seed] of [
    ['A', 1],
    ['B', 2],
  ] as const)
    bars[symbol] = randomWalk(from, to, seed, (start) => (start / 60_000) % 97 !== 0);
  await storeDataset(store, 'walk', bars);
});

/** Parameters with which a strategy trades on a random walk of ten sessions. */
const lively: Readonly<Record<string, object>> = {
  'gap fade': { gap: 0.0001 },
  scripted: {
    orders: [
      { bar: 5, op: 'buy', size: 10, sl: 1 },
      { bar: 50, op: 'close' },
    ],
  },
};

describe.each(shelf.map(({ name }) => name))('%s', (name) => {
  const planned = () =>
    planOf(store, {
      data: { from: '2024-11-06' },
      strategy: { name, params: lively[name] ?? {} },
      broker: {
        commission: { fixed: 0, rate: 0.0001, perShare: 0, minimum: 0.01 },
        spread: 0.0002,
        slippage: 0.0001,
        finalizeTrades: true,
      },
    } as never);

  it('trades inside of the bars, and is worth what its trades made', async () => {
    const { trades, equity, sessions, statistics } = await playToEnd(await planned(), store);
    expect(sessions.every(({ states }) => states.at(-1)![0] === 'ended')).toBe(true);
    expect(trades.length).toBeGreaterThan(0);
    for (const { symbol, entryTime, exitTime, entryPrice, exitPrice } of trades)
      for (const [time, price] of [
        [entryTime, entryPrice],
        [exitTime, exitPrice],
      ] as const) {
        const { start, low, high } = bars[symbol]!;
        const at = start.indexOf(Date.parse(time));
        if (at < 0) continue; // Closed at the end, at the last close of a symbol without a bar then.
        expect(price).toBeGreaterThanOrEqual(low[at]!);
        expect(price).toBeLessThanOrEqual(high[at]!);
      }
    const made = trades.reduce((sum, { pnl }) => sum + pnl, 10_000);
    expect(equity.at(-1)![1]).toBeCloseTo(made, 6);
    expect(statistics['backtesting.py']!['# Trades']).toBe(trades.length);
  });

  it('comes out the same when the run is stepped and played to a time', async () => {
    const straight = await playToEnd(await planned(), store);
    const run = await DrivenRun.open(await planned(), store);
    for (let bar = 0; bar < 50; bar++) await run.command(Verb.stepBar);
    await run.command(Verb.runTo, 1_500);
    const report = await run.toEnd();
    expect(report.fingerprint).toBe(straight.fingerprint);
    expect(report.trades).toEqual(straight.trades);
    expect(report.equity).toEqual(straight.equity);
  });
});

describe('in parity mode', () => {
  const onShelf = shelf.flatMap(({ name }) => [
    [name, 1],
    [name, 2],
  ]) as [string, number][];

  it.each(onShelf)('%s over %d symbols is warned of just where none of its orders counts', async (name, symbols) => {
    const changes = {
      data: { from: '2024-11-06', symbols: ['A', 'B'].slice(0, symbols) },
      strategy: { name, params: lively[name] ?? {} },
      broker: { fills: 'parity', finalizeTrades: true },
    };
    const config = configWith(changes as never);
    const planned = planRun(config, new Set(), await store.list(), planStrategy(config.strategy!));
    if (!planned.ok) throw new Error(planned.findings.map(({ message }) => message).join('; '));
    const warned = planned.warnings.filter(({ setting }) => setting === 'broker.fills');
    const { trades } = await playToEnd(planned.plan, store);
    expect(warned).toHaveLength(trades.length === 0 ? 1 : 0);
  });
});

it('a parameter that is none, or out of its range, is named', () => {
  const wrong = (name: string, params: object): string[] => {
    const read = planStrategy({ name, params: params as never });
    return read.ok ? [] : read.findings.map(({ message }) => message);
  };
  expect(wrong('SMA cros', {})[0]).toMatch(/strategy.name was "SMA cros".*nearest is SMA cross/);
  expect(wrong('momentum', {})[0]).toMatch(
    /it must be a strategy of the shelf \(there are buy and hold, .* and scripted\)$/,
  );
  expect(wrong('SMA cross', { length: 5 })).toEqual([
    'strategy.params.length is no parameter of "SMA cross"; there are fast and slow',
  ]);
  expect(wrong('SMA cross', { fst: 5 })).toEqual([
    'strategy.params.fst is no parameter of "SMA cross"; the nearest is fast',
  ]);
  expect(wrong('SMA cross', { fast: 0 })).toEqual([
    'strategy.params.fast was 0; it must be a whole number from 1 to 1000',
  ]);
  expect(wrong('SMA cross', { fast: 30, slow: 10 })).toEqual([
    'strategy.params.slow was 10; it must be more than fast (30)',
  ]);
  expect(wrong('scripted', { orders: [{ bar: 1, op: 'buy', size: 1.5 }] })[0]).toMatch(/whole units from 1 on/);
});
