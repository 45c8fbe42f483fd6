import { describe, expect, test } from 'vitest';
import { Provenance } from '../../../src/bars/provenance.ts';
import type { Desk } from '../../../src/strategy/desk.ts';
import { Doubt } from '../../../src/strategy/trade.ts';
import { traded, type Minute } from '../../support/scripted-market.ts';

/** A minute in which nothing happens, at a price. */
const still = (price: number, volume = 1_000): Minute => [price, price, price, price, volume];

/** Does something at the end of one bar. */
const at =
  (when: number, act: (desk: Desk) => void) =>
  (bar: number, desk: Desk): void => {
    if (bar === when) act(desk);
  };

/** One session: quiet, the bar that matters, quiet, and out at the end of it at 100. */
async function entered(bar: Minute, act: (desk: Desk) => void, broker: object = {}) {
  const market = [[still(100), bar, still(100), still(100)]];
  return traded(market, at(0, act), { broker: { finalizeTrades: true, ...broker } });
}

describe('what a bar fills', () => {
  test('a market order at the next open, not in the bar at whose end it was given', async () => {
    const { trades } = await entered([102, 103, 101, 102], (desk) => desk.buy(0, { size: 10 }));
    expect(trades).toMatchObject([{ entryBar: 1, entryPrice: 102, exitPrice: 100, pnl: -20 }]);
    expect(trades[0]!.entry).toMatchObject({ givenBar: 0, doubts: 0 });
  });

  test.each([
    ['a stop inside of the bar at its price', [100, 104, 99, 103], { stop: 102 }, 102],
    ['a stop beyond which the market opens at the open', [103, 104, 102.5, 103], { stop: 102 }, 103],
    ['a limit that the bar touches at its price', [100, 101, 98, 99], { limit: 98 }, 98],
    ['a limit beyond which the market opens at the open', [96, 97, 95, 96], { limit: 98 }, 96],
    ['a stop-limit whose limit is on the near side at the stop', [100, 104, 99, 103], { stop: 102, limit: 103 }, 102],
  ] as const)('%s', async (_, bar, terms, price) => {
    const { trades } = await entered(bar, (desk) => desk.buy(0, { size: 10, ...terms }));
    expect(trades).toMatchObject([{ entryBar: 1, entryPrice: price }]);
  });

  test.each([
    ['a stop that it does not reach', { stop: 105 }],
    ['a limit that it does not reach', { limit: 97 }],
  ] as const)('not %s', async (_, terms) => {
    const { trades } = await entered([100, 104, 98, 103], (desk) => desk.buy(0, { size: 10, ...terms }));
    expect(trades).toEqual([]);
  });

  test('the same for a seller, mirrored', async () => {
    const { trades } = await entered([97, 98, 96, 97], (desk) => desk.sell(0, { size: 10, stop: 98 }));
    expect(trades).toMatchObject([{ size: -10, entryPrice: 97, exitPrice: 100, pnl: -30 }]);
  });

  test('a stop-limit with its limit beyond the stop waits, as the bar may have been there before', async () => {
    const market = [[still(100), [100, 104, 99, 103], [103, 103, 101, 102], still(100)]] as const;
    const { trades } = await traded(
      market,
      at(0, (desk) => desk.buy(0, { size: 10, stop: 102, limit: 101.5 })),
      {
        broker: { finalizeTrades: true },
      },
    );
    expect(trades).toMatchObject([{ entryBar: 2, entryPrice: 101.5 }]);
  });

  test('nothing in a minute that did not trade', async () => {
    const market = [[still(100), still(100, 0), [101, 101, 101, 101], still(100)]] as const;
    const { trades } = await traded(
      market,
      at(0, (desk) => desk.buy(0, { size: 10 })),
      {
        broker: { finalizeTrades: true },
      },
    );
    expect(trades).toMatchObject([{ entryBar: 2, entryPrice: 101 }]);
  });

  test('nothing in a minute without a bar: the order waits for the next one', async () => {
    const market = [[still(100), null, [101, 101, 101, 101], still(100)]] as const;
    const { trades } = await traded(
      market,
      at(0, (desk) => desk.buy(0, { size: 10 })),
      {
        broker: { finalizeTrades: true },
      },
    );
    // The equity curve has no point for the minute without a bar.
    expect(trades).toMatchObject([{ entryBar: 1, entryPrice: 101, exitBar: 2 }]);
  });

  test('nothing in a bar that came after its time', async () => {
    const market = [Array.from({ length: 28 }, (_, i) => still(100 + i))];
    const { trades, report } = await traded(market, (_, desk) => void desk.buy(0, { size: 1 }), {
      broker: { finalizeTrades: true },
      feed: { delayRate: 0.4, delayMinutes: 2, seed: 3 },
    });
    expect(report.sessions[0]!.feed!['A']!.late).toBeGreaterThan(3);
    expect(trades.length).toBeGreaterThan(10);
    for (const { entry, entryTime, entryPrice } of trades) {
      expect(entry.provenance).toBe(Provenance.streamed);
      // The price says which minute the bar is of.
      expect(entryPrice).toBe(100 + (entryTime - Date.parse('2024-03-04T14:30:00Z')) / 60_000);
    }
  });
});

describe('where the bar does not tell what came first, the worse is taken and marked', () => {
  const bracket = (desk: Desk): void => void desk.buy(0, { size: 10, sl: 98, tp: 102 });

  test('of stop-loss and take-profit in one bar the stop-loss', async () => {
    const market = [[still(100), still(100), [100, 103, 97, 102.5], still(100)]] as const;
    const { trades, events } = await traded(market, at(0, bracket));
    expect(trades).toMatchObject([{ entryBar: 1, exitBar: 2, exitPrice: 98, pnl: -20 }]);
    expect(trades[0]!.exit).toMatchObject({ doubts: Doubt.orderInBar, otherPrice: 102 });
    expect(events.map(({ reason }) => reason)).toContain('its trade was closed');
  });

  test('one that the bar opens beyond is certain', async () => {
    const market = [[still(100), still(100), [103, 103, 97, 98], still(100)]] as const;
    const { trades } = await traded(market, at(0, bracket));
    expect(trades).toMatchObject([{ exitPrice: 103 }]);
    expect(trades[0]!.exit.doubts).toBe(0);
  });

  test('after an entry at a limit the stop-loss of the same bar, without a doubt', async () => {
    const { trades } = await entered([101, 101, 97, 99], (desk) => desk.buy(0, { size: 10, limit: 100, sl: 98 }));
    expect(trades).toMatchObject([{ entryBar: 1, exitBar: 1, entryPrice: 100, exitPrice: 98 }]);
    expect(trades[0]!.exit.doubts & Doubt.orderInBar).toBe(0);
  });

  test('after an entry at a limit the take-profit only where the bar closes beyond it', async () => {
    const terms = { size: 10, limit: 100, tp: 102 };
    const beyond = await entered([101, 103, 99, 102.5], (desk) => desk.buy(0, terms));
    expect(beyond.trades).toMatchObject([{ entryBar: 1, exitBar: 1, exitPrice: 102 }]);
    const short = await entered([101, 103, 99, 101], (desk) => desk.buy(0, terms));
    expect(short.trades).toMatchObject([{ entryBar: 1, exitBar: 3, exitPrice: 100 }]);
    expect(short.trades[0]!.exit).toMatchObject({ otherPrice: 102 });
  });

  test('after an entry at a stop the stop-loss, though it may have been before', async () => {
    const { trades } = await entered([100, 103, 98, 102.5], (desk) => desk.buy(0, { size: 10, stop: 102, sl: 99 }));
    expect(trades).toMatchObject([{ entryPrice: 102, exitPrice: 99, exitBar: 1 }]);
    expect(trades[0]!.exit).toMatchObject({ doubts: Doubt.orderInBar, otherPrice: 102.5 });
  });
});

describe('one cancels the other', () => {
  const both = (desk: Desk): void => {
    desk.buy(0, { size: 10, stop: 102, oneOf: 1 });
    desk.buy(0, { size: 10, limit: 98, oneOf: 1 });
  };

  test('the one that is filled', async () => {
    const { trades, events } = await entered([100, 101, 97, 98], both);
    expect(trades).toMatchObject([{ entryPrice: 98 }]);
    expect(events.map(({ reason }) => reason)).toEqual(
      expect.arrayContaining(['filled', 'another of its group was filled']),
    );
  });

  test('in a bar that reaches both the stop, which is worse, marked', async () => {
    const { trades } = await entered([100, 103, 97, 98], both);
    expect(trades).toMatchObject([{ entryPrice: 102 }]);
    expect(trades[0]!.entry).toMatchObject({ doubts: Doubt.orderInBar, otherPrice: 98 });
  });

  test('an order of another group stays', async () => {
    const { trades } = await entered([100, 103, 97, 98], (desk) => {
      desk.buy(0, { size: 10, stop: 102, oneOf: 1 });
      desk.buy(0, { size: 10, limit: 98, oneOf: 2 });
    });
    expect(trades.map(({ entryPrice }) => entryPrice).sort()).toEqual([102, 98]);
  });
});

describe('orders of the session', () => {
  const day = [still(100), still(101), still(102), still(103)];

  test('on the open fill at the first price of the next session, and not before', async () => {
    const next = [still(110), still(111), still(112), still(113)];
    const { trades } = await traded(
      [day, next],
      at(1, (desk) => desk.buy(0, { size: 10, at: 'open' })),
      {
        broker: { finalizeTrades: true },
      },
    );
    expect(trades).toMatchObject([{ entryBar: 4, entryPrice: 110, exitPrice: 113 }]);
    expect(trades[0]!.entry.doubts).toBe(Doubt.sessionEdge);
  });

  test('on the close fill at the last price of the session', async () => {
    const last: Minute = [103, 105, 102, 104];
    const { trades } = await traded(
      [[...day.slice(0, 3), last], day],
      (bar, desk) => {
        if (bar === 0) desk.buy(0, { size: 10, at: 'close' });
        if (bar === 4) desk.closePosition(0);
      },
      { broker: { cash: 10_000 } },
    );
    expect(trades).toMatchObject([{ entryBar: 3, entryPrice: 104, exitBar: 5, exitPrice: 101 }]);
  });

  test('on the close go where the last minute did not trade', async () => {
    const { trades, events } = await traded(
      [[...day.slice(0, 3), null], day],
      at(0, (desk) => desk.buy(0, { size: 10, at: 'close' })),
      { broker: { finalizeTrades: true } },
    );
    expect(trades).toEqual([]);
    expect(events).toMatchObject([{ reason: 'the market did not trade at the close' }]);
  });

  test('that are good for it go with it; others wait', async () => {
    const { trades, events } = await traded(
      [day, [still(90), still(95), still(95), still(95)]],
      at(0, (desk) => {
        desk.buy(0, { size: 10, limit: 95, good: 'session' });
        desk.buy(0, { size: 20, limit: 95 });
      }),
      { broker: { finalizeTrades: true } },
    );
    expect(trades).toMatchObject([{ size: 20, entryBar: 4, entryPrice: 90 }]);
    expect(events[0]).toMatchObject({ reason: 'its session ended' });
  });
});

describe('how much', () => {
  /** A tenth of a bar's volume, at its price. */
  const tenth = { fixed: 0, rate: 0, range: 0, volumeLimit: 0.1, volumeImpact: 0 };

  test('a share of the volume fills in parts, which say so, and the rest waits', async () => {
    const market = [
      [still(100), [100, 100, 100, 100, 200], [101, 101, 101, 101, 300], [102, 102, 102, 102, 1_000], still(103)],
    ] as const;
    const { trades } = await traded(
      market,
      at(0, (desk) => desk.buy(0, { size: 60 })),
      {
        broker: { finalizeTrades: true, slippage: tenth },
      },
    );
    expect(trades.map(({ size, entryBar, entryPrice, entry }) => [size, entryBar, entryPrice, entry.doubts])).toEqual([
      [20, 1, 100, Doubt.partFilled],
      [30, 2, 101, Doubt.partFilled],
      [10, 3, 102, 0],
    ]);
  });

  test('two orders share what a bar has to give, the first one first', async () => {
    const market = [[still(100), [100, 100, 100, 100, 250], still(101), still(102)]] as const;
    const { trades } = await traded(
      market,
      at(0, (desk) => {
        desk.buy(0, { size: 20 });
        desk.buy(0, { size: 20 });
      }),
      { broker: { finalizeTrades: true, slippage: tenth } },
    );
    expect(trades.map(({ size, entryBar }) => [size, entryBar])).toEqual([
      [20, 1],
      [5, 1],
      [15, 2],
    ]);
  });

  const turn = (bar: number, desk: Desk): void => {
    if (bar === 0) desk.buy(0, { size: 10 });
    if (bar === 1) desk.sell(0, { size: 4 });
  };
  const market = [[still(100), still(100), still(103), still(104)]];

  test('netting closes what lies on the other side', async () => {
    const { trades } = await traded(market, turn, { broker: { finalizeTrades: true } });
    expect(trades.map(({ size, exitPrice }) => [size, exitPrice])).toEqual([
      [4, 103],
      [6, 104],
    ]);
  });

  test('hedging holds both', async () => {
    const { trades } = await traded(market, turn, { broker: { finalizeTrades: true, hedging: true } });
    expect(trades.map(({ size, entryPrice, exitPrice }) => [size, entryPrice, exitPrice])).toEqual([
      [10, 100, 104],
      [-4, 103, 104],
    ]);
  });

  test('what spread and slippage ask beyond the bar is a cost, not a price', async () => {
    const { trades } = await entered([100, 100, 100, 100], (desk) => desk.buy(0, { size: 10 }), { slippage: 0.01 });
    // A dollar a unit in and out again.
    expect(trades).toMatchObject([{ entryPrice: 100, exitPrice: 100, commission: 20, pnl: -20 }]);
  });

  test('an order that the margin does not pay for goes, with the reason', async () => {
    const { trades, events } = await entered(still(100), (desk) => desk.buy(0, { size: 101 }));
    expect(trades).toEqual([]);
    expect(events).toMatchObject([{ reason: 'the margin is not enough' }]);
  });
});
