import { describe, expect, test } from 'vitest';
import type { PictureAccount } from '../../../src/memory/account-picture.ts';
import type { Trade } from '../../../src/strategy/trade.ts';
import { SlotAxis } from '../../../src/studio/chart/slot-axis.ts';
import { closedRow, instantBefore, openRow, positionsOf } from '../../../src/studio/trading/trade-rows.ts';
import { calendar } from '../../../src/time/calendar.ts';
import { instant, minute } from '../../../src/time/instant.ts';

const sessions = calendar('XNYS').sessions('2024-11-25', '2024-11-27');
const axis = new SlotAxis(sessions, minute);

describe('the instant before a bar', () => {
  test('is the end of the slot before it, and of the first slot of a session the close before', () => {
    const { open } = sessions[1]!;
    expect(instantBefore(open + 5 * minute, axis, 0)).toBe(open + 5 * minute);
    expect(instantBefore(open, axis, 0)).toBe(sessions[0]!.close);
  });

  test('is the open where nothing was played before', () => {
    const { open } = sessions[1]!;
    expect(instantBefore(open, axis, 1)).toBe(open);
    expect(instantBefore(sessions[0]!.open, axis, 0)).toBe(sessions[0]!.open);
  });

  test('is before a break where the bar is the first after it', () => {
    const lunch = calendar('XTKS').sessions('2024-11-25', '2024-11-25');
    const [, second] = new SlotAxis(lunch, minute).segments(0);
    const start = instantBefore(second!.start, new SlotAxis(lunch, minute), 0);
    expect(start).toBeLessThan(second!.start);
  });
});

test('positions are the symbols with open trades, also where long and short ones cancel out', () => {
  const account = {
    units: Float64Array.of(0, 10, -4, 0),
    entryPrices: Float64Array.of(NaN, 50, 20, NaN),
    openProfits: Float64Array.of(0, 15, 8, -3),
  } as unknown as PictureAccount;
  expect(positionsOf(account)).toEqual([
    { symbol: 1, units: 10, entryPrice: 50, price: 51.5, profit: 15 },
    { symbol: 2, units: -4, entryPrice: 20, price: 18, profit: 8 },
    { symbol: 3, units: 0, entryPrice: NaN, price: NaN, profit: -3 },
  ]);
});

test('a trade that is open gains with the latest price, a short one with its fall', () => {
  const trade = {
    id: 7,
    symbol: 1,
    size: -10,
    entryTime: instant(0),
    entryPrice: 50,
    sl: null,
    tp: null,
    doubts: 0,
  };
  expect(openRow(trade, 3, 48)).toMatchObject({ key: 'open 7', number: 3, exit: null, profit: 20, share: 0.04 });
});

test('a trade that closed has the doubts of both its fills', () => {
  const trade = { pnl: 5, entryTime: 1, exitTime: 2, entry: { doubts: 2 }, exit: { doubts: 4 } } as unknown as Trade;
  expect(closedRow(trade, 4, 0)).toMatchObject({ key: 'closed 4', number: 5, profit: 5, doubts: 6 });
});
