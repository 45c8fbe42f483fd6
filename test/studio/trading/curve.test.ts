import { expect, test } from 'vitest';
import type { PictureCurve } from '../../../src/memory/account-picture.ts';
import { SlotAxis } from '../../../src/studio/chart/slot-axis.ts';
import { pointsInSight } from '../../../src/studio/trading/curve-points.ts';
import { curveWindow } from '../../../src/studio/trading/curve-window.ts';
import { calendar } from '../../../src/time/calendar.ts';
import { minute } from '../../../src/time/instant.ts';

const sessions = calendar('XNYS').sessions('2024-11-18', '2024-11-26');
const base = new SlotAxis(sessions, minute);
const quarter = new SlotAxis(sessions, 15 * minute);
const plot = { x: 0, y: 0, width: 600, height: 100 };

test('the stretch of the curve holds what is in sight, in about a point a pixel, and is the same for views that differ by little', () => {
  const window = curveWindow(base, base, { from: 800, to: 1_100 }, false, 600);
  expect(window.merge).toBe(1);
  expect(base.position(window.from.session, window.from.slot)).toBeLessThanOrEqual(800);
  expect(base.position(window.until!.session, window.until!.slot)).toBeGreaterThanOrEqual(1_100);
  expect(curveWindow(base, base, { from: 801, to: 1_101 }, false, 600)).toEqual(window);
  expect(curveWindow(base, base, { from: 800, to: 1_100 }, true, 600).until).toBeNull();
  // 120 bars of 15 minutes are 1,800 minutes: four to a point.
  expect(curveWindow(quarter, base, { from: 10, to: 130 }, false, 600).merge).toBe(4);
});

function curveOf(slots: readonly (readonly [session: number, slot: number])[], merge: number): PictureCurve {
  const empty = new Float64Array(slots.length);
  return {
    merge,
    session: Int32Array.from(slots, ([session]) => session),
    slot: Int32Array.from(slots, ([, slot]) => slot),
    low: empty,
    high: empty,
    last: empty,
    drawdown: empty,
  };
}

test('its points stand where the candles of their time do, on any interval, one beyond either edge', () => {
  const slots = Array.from({ length: 100 }, (_, i) => [2, i] as const);
  const points = pointsInSight(curveOf(slots, 1), base, base, { from: 780 + 20, to: 780 + 40 }, plot);
  expect([points[0]!.place, points.at(-1)!.place]).toEqual([19, 41]);
  expect(points[1]!.x).toBeCloseTo(0.5 * 30, 9);

  const merged = curveOf(
    [0, 4, 8, 12, 16].map((slot) => [2, slot] as const),
    4,
  );
  const [first, second] = pointsInSight(merged, quarter, base, { from: 52, to: 54 }, plot);
  expect(first!.x).toBeCloseTo((2 / 15) * 300, 9);
  expect(second!.x - first!.x).toBeCloseTo((4 / 15) * 300, 9);
});
