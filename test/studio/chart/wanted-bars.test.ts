import { describe, expect, test } from 'vitest';
import { ChartView } from '../../../src/studio/chart/chart-view.svelte.ts';
import { SlotAxis } from '../../../src/studio/chart/slot-axis.ts';
import { wantedBars } from '../../../src/studio/chart/wanted-bars.ts';
import { calendar } from '../../../src/time/calendar.ts';
import { minute } from '../../../src/time/instant.ts';

const sessions = calendar('XNYS').sessions('2024-09-03', '2024-11-27');
const axis = new SlotAxis(sessions, minute);

describe('the bars that the chart looks at', () => {
  test('hold what is in sight and as much on either side, and no more however many there are', () => {
    const span = { from: 10_000, to: 10_120 };
    const { from, until, before } = wantedBars(axis, span, false, new ChartView());
    const [first, last] = [axis.position(from.session, from.slot), axis.position(until!.session, until!.slot)];
    expect(first).toBeLessThanOrEqual(span.from - 60);
    expect(last).toBeGreaterThanOrEqual(span.to + 60);
    expect(last - first).toBeLessThan(500);
    expect(before).toBe(0);
  });

  test('are the same while the view moves by less than its width', () => {
    const window = (from: number): unknown => wantedBars(axis, { from, to: from + 120 }, false, new ChartView());
    expect(window(10_010)).toEqual(window(10_000));
    expect(window(10_500)).not.toEqual(window(10_000));
  });

  test('reach up to the clock while the tape is followed', () => {
    expect(wantedBars(axis, { from: 10_000, to: 10_120 }, true, new ChartView()).until).toBeNull();
  });

  test('have what overlays need: bars before, the open of the session, the session before', () => {
    const view = new ChartView();
    const span = { from: 10_200, to: 10_300 };
    const plain = wantedBars(axis, span, true, view);
    view.chooseOverlay('sma-long', { on: true, length: 200 });
    expect(wantedBars(axis, span, true, view)).toEqual({ ...plain, before: 199 });
    view.chooseOverlay('vwap', { on: true, length: 0 });
    expect(wantedBars(axis, span, true, view).from).toEqual({ session: plain.from.session, slot: 0 });
    view.chooseOverlay('previous', { on: true, length: 0 });
    expect(wantedBars(axis, span, true, view).from).toEqual({ session: plain.from.session - 1, slot: 0 });
  });

  test('end with the run', () => {
    const end = axis.offsets[sessions.length]!;
    const { until } = wantedBars(axis, { from: end - 50, to: end + 50 }, false, new ChartView());
    expect(axis.position(until!.session, until!.slot)).toBe(end);
    expect(wantedBars(axis, { from: -50, to: 50 }, false, new ChartView()).from).toEqual({ session: 0, slot: 0 });
  });
});
