import { beforeAll, describe, expect, it } from 'vitest';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { day } from '../../src/time/instant.ts';
import { MemoryStore } from '../../src/library/memory-store.ts';
import { strategyOf } from '../../src/strategy/plan-strategy.ts';
import type { Strategy } from '../../src/strategy/strategy.ts';
import { DrivenRun } from '../support/driven-run.ts';
import { planOf, storeDataset } from '../support/synthetic.ts';
import { columnsOf } from '../support/walk.ts';
import { run } from '../../src/cli/run.ts';
import type { RunReport } from '../../src/session/report.ts';
import { configOf, csvOf, scenarios, type Scenario } from '../support/scenarios.ts';
import { hasSharedData } from '../support/shared-data.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

const folder = temporaryFolder();

async function play(scenario: Scenario, fills: 'parity' | 'honest'): Promise<RunReport> {
  const config = join(folder, `${scenario.id}-${fills}.json`);
  const bars = join(folder, `${scenario.id}.csv`);
  writeFileSync(config, JSON.stringify(configOf(scenario, fills)));
  writeFileSync(bars, csvOf(scenario));
  const { report } = await run(config, [bars], () => undefined);
  return JSON.parse(report) as RunReport;
}

const near = (a: number, b: number, tolerance: number): boolean =>
  Math.abs(a - b) <= tolerance * Math.max(1, Math.abs(a), Math.abs(b));

function differences({ trades, equity, statistics }: RunReport, scenario: Scenario): string[] {
  const out: string[] = [];
  if (trades.length !== scenario.trades.length) out.push(`${trades.length} trades, not ${scenario.trades.length}`);
  for (const [i, wanted] of scenario.trades.entries()) {
    const t = trades[i];
    if (!t) break;
    const { size, entryBar, exitBar, entryPrice, exitPrice, sl, tp, pnl, commission, returnPct } = t;
    const found = [size, entryBar, exitBar, entryPrice, exitPrice, sl, tp, pnl, commission, returnPct];
    const same = found.every((value, k) =>
      value === null || wanted[k] === null ? value === wanted[k] : near(value, wanted[k]!, 1e-9),
    );
    if (!same) out.push(`trade ${i}: ${JSON.stringify(found)}, not ${JSON.stringify(wanted)}`);
  }
  if (equity.length !== scenario.equity.length) out.push(`${equity.length} points, not ${scenario.equity.length}`);
  scenario.equity.forEach((value, bar) => {
    const [, found = NaN] = equity[bar] ?? [];
    if (!near(value, found, 1e-9)) out.push(`equity at bar ${bar}: ${found}, not ${value}`);
  });
  const figures = statistics['backtesting.py'] ?? {};
  for (const [name, value] of Object.entries(scenario.stats)) {
    const found = figures[name];
    const same =
      typeof value === 'number'
        ? typeof found === 'number' && near(value, found, 1e-8)
        : found === (typeof value === 'string' ? `${value}Z` : value);
    if (!same) out.push(`${name}: ${found}, not ${value}`);
  }
  return out;
}

/** Plays a scenario without the terminal, beside what the strategy is told of its orders. */
async function playDirectly(
  scenario: Scenario,
): Promise<{ refused: number[]; cancelled: number; deferred: number; open: number[][] }> {
  const store = new MemoryStore();
  const rows = scenario.bars.map(
    ([open, high, low, close], i) => [Date.UTC(2024, 0, 1 + i), open, high, low, close, 0] as const,
  );
  await storeDataset(store, 'A', { A: columnsOf(rows) }, '1d', day);
  const plan = await planOf(store, configOf(scenario, 'parity'));
  const own = strategyOf(plan.strategy!, 1);
  const refused: number[] = [];
  let cancelled = 0;
  const told: Strategy = {
    instant: (desk) => own.instant?.(desk),
    order(_desk, { reason, bar }) {
      if (reason.startsWith('stop-loss, price')) refused.push(bar + 1);
      if (reason.startsWith('the margin')) cancelled++;
    },
  };
  const run = await DrivenRun.open(plan, store, told);
  await run.toEnd();
  const { trades, deferred } = run.coordinator.engine!.book;
  return {
    refused,
    cancelled,
    deferred,
    open: trades.map(({ size, entryBar, entryPrice }) => [size, entryBar, entryPrice]),
  };
}

describe.runIf(hasSharedData)('the scenarios of backtesting.py 0.6.6', () => {
  let all: Scenario[] = [];
  beforeAll(() => {
    all = scenarios();
  });

  it('give the same trades, equity and statistics in the parity mode', async () => {
    const wrong: string[] = [];
    for (const scenario of all) {
      const found = differences(await play(scenario, 'parity'), scenario);
      if (found.length > 0) wrong.push(`scenario ${scenario.id}: ${found.join('; ')}`);
    }
    expect(wrong).toEqual([]);
  }, 120_000);

  it('refuse and cancel the same orders, and leave the same trades open', async () => {
    for (const scenario of all) {
      const { refused, cancelled, deferred, open } = await playDirectly(scenario);
      expect([scenario.id, refused, cancelled, deferred], 'orders').toEqual([
        scenario.id,
        scenario.rejectedAtBars,
        scenario.cancelled,
        scenario.ambiguousWarnings,
      ]);
      expect([scenario.id, open.length]).toEqual([scenario.id, scenario.open.length]);
      open.forEach((trade, i) => trade.forEach((value, k) => expect(value).toBeCloseTo(scenario.open[i]![k]!, 9)));
    }
  }, 120_000);

  it('fill nothing outside of its bar in the honest mode', async () => {
    let fills = 0;
    const outside: string[] = [];
    for (const scenario of all) {
      const { trades } = await play(scenario, 'honest');
      for (const { entryBar, exitBar, entryPrice, exitPrice } of trades)
        for (const [bar, price] of [
          [entryBar, entryPrice],
          [exitBar, exitPrice],
        ] as const) {
          const [, high, low] = scenario.bars[bar]!;
          fills++;
          if (price < low || price > high) outside.push(`scenario ${scenario.id}, bar ${bar}: ${price}`);
        }
    }
    expect(outside).toEqual([]);
    expect(fills).toBeGreaterThan(3_000);
  }, 120_000);
});
