import { describe, expect, it } from 'vitest';
import type { MapOverview } from '../../../src/library/quality-map.ts';
import { cellKind } from '../../../src/studio/map/cell-kind.ts';
import { cellAt, cellOf, layoutOf, openingZoom, zoomSteps } from '../../../src/studio/map/geometry.ts';
import { monthTotals } from '../../../src/studio/map/month-totals.ts';
import { noCounts } from '../../../src/quality/counts.ts';
import { dayText } from '../../../src/time/day.ts';
import { day, minute } from '../../../src/time/instant.ts';

/** Days of 390 minutes from 1970 on. */
function overviewOf(days: number): MapOverview {
  const rows = Array.from({ length: days }, (_, i) => ({
    ...{ date: dayText(i), from: i * day, until: (i + 1) * day, anchor: i * day, early: false },
    stretches: [{ start: i * day, end: i * day, sessionOpen: i * day, sessionClose: i * day }],
  }));
  const span = { from: 570 * minute, until: 960 * minute };
  return { rows, slotMs: minute, byDate: false, calendar: 'X', zone: 'UTC', symbols: [], span };
}
const margins = { left: 100, right: 50, top: 20 };
const size = { width: 950, height: 620 };

describe('the geometry of a map', () => {
  it('shows months, then sessions, then every minute, in columns of whole slots', () => {
    const overview = overviewOf(365);
    const layouts = zoomSteps.map((step) => layoutOf(overview, step, size, margins));
    expect(layouts.map(({ lines }) => lines)).toEqual([12, 365, 365, 365, 365]);
    expect(layouts.map(({ columnMs }) => columnMs / minute)).toEqual([1, 1, 1, 1, 1]);
    expect(layouts.map(({ columnWidth }) => columnWidth >= 2)).toEqual([true, true, true, true, true]);
    expect(layouts[4]!.width).toBe(100 + 390 * 14 + 50);
    const narrow = layoutOf(overview, zoomSteps[1]!, { width: 390, height: 600 }, margins);
    expect(narrow.columnMs / minute).toBe(5);
    expect(narrow.width).toBeLessThanOrEqual(390);
  });

  it('finds the cell of a point, and of a time', () => {
    const overview = overviewOf(40);
    const layout = layoutOf(overview, zoomSteps[4]!, size, margins);
    const cell = cellOf(layout, overview, 7, 7 * day + 575 * minute);
    expect(cell).toEqual({ line: 7, column: 5 });
    expect(cellAt(layout, 100 + 5 * 14 + 1, 20 + 7 * layout.line + 1)).toEqual(cell);
    expect(cellAt(layout, 99, 30)).toBeUndefined();
    const months = layoutOf(overview, zoomSteps[0]!, size, margins);
    expect([cellOf(months, overview, 30, 30 * day).line, cellOf(months, overview, 31, 31 * day).line]).toEqual([0, 1]);
  });

  it('opens a few sessions so that they fill the room, and many years by month', () => {
    expect(layoutOf(overviewOf(6), zoomSteps[2]!, size, margins).line).toBe(28);
    expect(zoomSteps[openingZoom(overviewOf(6), 600)]!.name).toBe('weeks');
    expect(zoomSteps[openingZoom(overviewOf(200), 600)]!.name).toBe('months');
    expect(zoomSteps[openingZoom(overviewOf(5_000), 600)]!.name).toBe('years');
  });

  it('tells cells apart by what is there of what is expected', () => {
    expect([cellKind(0, 0, 0), cellKind(0, 0, 2), cellKind(5, 5, 1), cellKind(5, 0, 1)]).toEqual([
      'shut',
      'outside',
      'present',
      'missing',
    ]);
    expect([cellKind(10, 9, 0), cellKind(100, 89, 0), cellKind(1_000, 999, 0)]).toEqual(['mostly', 'partly', 'mostly']);
  });

  it('adds rows up by month', () => {
    const counts = noCounts(40);
    counts.expected.fill(390);
    counts.present.fill(380);
    counts.outside[39] = 3;
    expect(monthTotals(overviewOf(40), counts)).toEqual([
      { row: 0, date: '1970-01-01', sessions: 31, expected: 31 * 390, present: 31 * 380, outside: 0 },
      { row: 31, date: '1970-02-01', sessions: 9, expected: 9 * 390, present: 9 * 380, outside: 3 },
    ]);
  });
});
