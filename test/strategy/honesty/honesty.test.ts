import { describe, expect, test } from 'vitest';
import { Provenance } from '../../../src/bars/provenance.ts';
import type { FillFacts } from '../../../src/strategy/fill-facts.ts';
import type { HonestyCheck, HonestyInput } from '../../../src/strategy/honesty/check.ts';
import { honestyOf } from '../../../src/strategy/honesty/honesty.ts';
import { priceStep } from '../../../src/strategy/honesty/price-step.ts';
import { Doubt, type Trade } from '../../../src/strategy/trade.ts';
import { day, instant } from '../../../src/time/instant.ts';

/** A fill without a doubt, given a bar before. */
const fill = (bar: number, more: Partial<FillFacts> = {}): FillFacts => ({
  doubts: 0,
  provenance: Provenance.streamed,
  givenBar: bar - 1,
  low: 99.5,
  high: 100.25,
  otherPrice: null,
  ...more,
});

/** Ten bought at 100 on the bar of that number and sold on the next one, one bar a day. */
function trade(bar: number, pnl: number, more: Partial<Trade> = {}): Trade {
  return {
    symbol: 'A',
    size: 10,
    entryBar: bar,
    exitBar: bar + 1,
    entryTime: instant(bar * day),
    exitTime: instant((bar + 1) * day),
    entryPrice: 100,
    exitPrice: 100 + pnl / 10,
    sl: null,
    tp: null,
    pnl,
    commission: 0,
    returnPct: pnl / 1_000,
    entry: fill(bar),
    exit: fill(bar + 1),
    ...more,
  };
}

const clean: readonly Trade[] = Array.from({ length: 40 }, (_, i) => trade(2 * i, i % 2 === 0 ? 10 : -2));
const sessions = Array.from({ length: 100 }, (_, i) => ({ open: i * day, quality: { A: 100 } }));

function checkOf(id: string, changes: Partial<HonestyInput>): HonestyCheck {
  const checks = honestyOf({ trades: clean, sessions, parameters: 2, ...changes });
  return checks.find((check) => check.id === id)!;
}

/** The clean trades with the one at a place changed. */
const withTrade = (place: number, change: Partial<Trade>): Trade[] =>
  clean.map((one, i) => (i === place ? { ...one, ...change } : one));

test('a run without a fault is doubted nowhere', () => {
  const checks = honestyOf({ trades: clean, sessions, parameters: 2 });
  expect(checks.filter(({ doubtful }) => doubtful).map(({ id }) => id)).toEqual([]);
  expect(new Set(checks.map(({ id }) => id)).size).toBe(checks.length);
});

test('a run without a trade is answered too', () => {
  for (const { value, doubtful, id } of honestyOf({ trades: [], sessions: [], parameters: 3 })) {
    expect(Number.isFinite(value), id).toBe(true);
    expect(doubtful, id).toBe(id === 'parameters');
  }
});

describe('what is doubtful is found, with its trades', () => {
  test('the order of events inside a bar: what hangs on it, whichever way it goes', () => {
    // The stop was taken at 99.8; the target, at 103, was in the bar too.
    const trades = withTrade(1, { exit: fill(3, { doubts: Doubt.orderInBar, otherPrice: 103 }) });
    const check = checkOf('orderInBar', { trades });
    expect(check.value).toBeCloseTo((10 * (103 - 99.8)) / 160, 12);
    expect(check).toMatchObject({ doubtful: true, trades: [1] });
    expect(check.otherProfit).toBeCloseTo(160 + 32, 12);
    expect(check.sentence).toContain(
      '1 fill depended on what came first inside a bar; 32.00 hang on it, 20.0 % of the profit of closed trades.',
    );
    // Of a short trade, and at its entry.
    const short = { size: -10, entry: fill(2, { doubts: Doubt.orderInBar, otherPrice: 99 }) };
    expect(checkOf('orderInBar', { trades: withTrade(1, short) }).otherProfit).toBeCloseTo(160 - 10, 12);
  });

  test.each([Provenance.filled, Provenance.repaired, Provenance.madeUp, Provenance.incomplete])(
    'a fill on a bar in state %i',
    (provenance) => {
      const check = checkOf('doubtfulBars', { trades: withTrade(4, { entry: fill(8, { provenance }) }) });
      expect(check).toMatchObject({ value: 1 / 80, doubtful: true, trades: [4] });
    },
  );

  test('what hangs on the fills of upkeep', () => {
    const filled = { exit: fill(9, { doubts: Doubt.filledBar, provenance: Provenance.filled }), pnl: 50 };
    const check = checkOf('upkeepFills', { trades: withTrade(4, filled) });
    expect(check).toMatchObject({ value: 50 / 200, doubtful: true, trades: [4], otherProfit: 150 });
    expect(check.sentence).toContain(
      'Without the 1 trade that touches bars of upkeep closed trades would have made 150.00 instead of 200.00.',
    );
  });

  test('trades held in a session of low quality, entered and left in good ones', () => {
    const bad = sessions.map((session, i) => (i === 9 ? { ...session, quality: { A: 94.9, B: 100 } } : session));
    const held = withTrade(4, { exitBar: 10, exitTime: instant(10 * day) });
    expect(checkOf('lowQuality', { trades: held, sessions: bad })).toMatchObject({
      value: 1 / 40,
      doubtful: false,
      trades: [4],
    });
    const other = held.map((one) => ({ ...one, symbol: 'B' }));
    expect(checkOf('lowQuality', { trades: other, sessions: bad }).trades).toEqual([]);
  });

  test('fills at the edges of sessions; parts of a trade count their entry once', () => {
    const entry = fill(0, { doubts: Doubt.sessionEdge });
    const trades = [trade(0, 1, { entry }), trade(0, 1, { entry })];
    expect(checkOf('sessionEdges', { trades })).toMatchObject({ value: 1 / 3, doubtful: true, trades: [0, 1] });
  });

  test('fills in the past or outside of their bar', () => {
    const past = checkOf('lookAhead', { trades: withTrade(3, { entry: fill(6, { givenBar: 6 }) }) });
    expect(past).toMatchObject({ value: 1, doubtful: true, trades: [3] });
    const outside = withTrade(3, { exit: fill(7, { doubts: Doubt.impossible }) });
    expect(checkOf('lookAhead', { trades: outside })).toMatchObject({ value: 1, trades: [3] });
  });

  test('one more tick: a hundredth where the bars of the fills have cents', () => {
    const check = checkOf('oneMoreTick', {});
    expect(check).toMatchObject({ doubtful: false, trades: [] });
    expect(check.otherProfit).toBeCloseTo(160 - 40 * 2 * 10 * 0.01, 9);
    const thin = clean.map((one, i) => ({ ...one, pnl: i % 2 === 0 ? 0.2 : -0.1 }));
    expect(checkOf('oneMoreTick', { trades: thin })).toMatchObject({ doubtful: true, trades: { length: 20 } });
  });

  test('the best five', () => {
    const trades = clean.map((one, i) => ({ ...one, pnl: i < 5 ? 100 : 1 }));
    expect(checkOf('bestFive', { trades })).toMatchObject({
      value: 500 / 535,
      doubtful: true,
      trades: [0, 1, 2, 3, 4],
      otherProfit: 35,
    });
  });

  test('trades for each parameter', () => {
    expect(checkOf('parameters', { parameters: 5 })).toMatchObject({ value: 8, doubtful: true });
    expect(checkOf('parameters', { parameters: 0 })).toMatchObject({ doubtful: false });
  });
});

test.each([
  [[1.25, 3.5], 0.01],
  [[100, 20], 1],
  [[0.00002853], 0.00002853 / 10_000],
  [[1.30512], 0.00001],
] as [number[], number][])('the step of %j is %d', (prices, step) => {
  expect(priceStep(prices)).toBeCloseTo(step, 12);
});

test('no price has no step', () => {
  expect(priceStep([])).toBeNaN();
});
