import { describe, expect, test } from 'vitest';
import type { RunPlan } from '../../../src/session/plan.ts';
import { ChartView, mostStacked } from '../../../src/studio/chart/chart-view.svelte.ts';

const plan = {
  symbols: ['A', 'B', 'C', 'D', 'E'].map((name) => ({ name })),
  intervals: [{ text: '1m' }, { text: '5m' }],
} as unknown as RunPlan;

describe('what the chart was chosen to show', () => {
  test('is no symbol and the base where nothing was chosen, or what was chosen is not in the plan', () => {
    const view = new ChartView();
    expect([view.symbolsIn(plan), view.intervalIn(plan)]).toEqual([[], 0]);
    view.chartSymbol('Z');
    view.chartInterval('4h');
    expect([view.symbolsIn(plan), view.intervalIn(plan)]).toEqual([[], 0]);
  });

  test('is kept as plain data and comes back whole', () => {
    const view = new ChartView();
    view.chartSymbol('C');
    view.stack('C', 'A', true);
    view.chartInterval('5m');
    view.look({ middle: 1_700_000_000_000, slots: 80 });
    view.chooseOverlay('sma-long', { on: true, length: 100 });
    view.choosePrices('log');
    const other = new ChartView();
    other.restore(JSON.parse(JSON.stringify(view.state)));
    expect(other.state).toEqual(view.state);
    expect([other.symbolsIn(plan), other.intervalIn(plan)]).toEqual([[2, 0], 1]);
    expect(other.overlay('sma-long')).toEqual({ on: true, length: 100 });
    expect(other.overlay('vwap').on).toBe(false);
  });

  test.each([null, 'text', 7])('a state that is none (%j) changes nothing', (kept) => {
    const view = new ChartView();
    view.chartSymbol('B');
    view.restore(kept);
    expect(view.symbolsIn(plan)).toEqual([1]);
  });

  test('of a state that is broken in part the rest is taken', () => {
    const view = new ChartView();
    view.restore({
      symbols: 'B',
      interval: '5m',
      span: { middle: 'noon', slots: 3 },
      overlays: { vwap: { on: true, length: 0 }, gone: { on: true, length: 3 }, ema: { on: true, length: 1e9 } },
      prices: 'log',
    });
    expect(view.state).toEqual({
      symbols: [],
      interval: '5m',
      span: null,
      overlays: { vwap: { on: true, length: 0 }, ema: { on: true, length: 400 } },
      prices: 'log',
    });
  });
});

describe('stacked symbols', () => {
  test('stand under the charted one, four at most, and one is always left', () => {
    const view = new ChartView();
    for (const name of ['B', 'C', 'D', 'E']) view.stack('A', name, true);
    expect(view.symbolsIn(plan)).toEqual([0, 1, 2, 3]);
    expect(view.state.symbols).toHaveLength(mostStacked);
    for (const name of ['A', 'B', 'C', 'D']) view.stack('A', name, false);
    expect(view.symbolsIn(plan)).toEqual([0]);
  });

  test('stay when another symbol is charted, which does not stand there twice', () => {
    const view = new ChartView();
    view.stack('A', 'B', true);
    view.stack('A', 'C', true);
    view.chartSymbol('C');
    expect(view.symbolsIn(plan)).toEqual([2, 1]);
  });
});

test('the length of an overlay is one that it takes', () => {
  const view = new ChartView();
  for (const [given, taken] of [
    [0, 2],
    [33.4, 33],
    [9_999, 400],
    [NaN, 20],
  ] as const) {
    view.chooseOverlay('sma-short', { on: true, length: given });
    expect(view.overlay('sma-short').length).toBe(taken);
  }
});
