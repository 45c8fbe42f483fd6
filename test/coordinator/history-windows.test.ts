import type { Desk } from '../../src/strategy/desk.ts';
import { describe, expect, test } from 'vitest';
import { barColumns } from '../../src/bars/columns.ts';
import { Provenance } from '../../src/bars/provenance.ts';
import { playToEnd } from '../../src/cli/play.ts';
import { MemoryStore } from '../../src/library/memory-store.ts';
import type { Bar } from '../../src/memory/view.ts';
import { calendar } from '../../src/time/calendar.ts';
import { planOf, randomWalk, storeDataset } from '../support/synthetic.ts';
import { rowsOf } from '../support/walk.ts';

const [from, to] = ['2024-01-02', '2024-03-28'];
const walk = randomWalk(from, to, 11, (_, slot) => slot % 97 !== 5);
const sessions = calendar('XNYS').sessions(from, to);

const whole = randomWalk(from, to, 11);

/** What a session comes to, worked out from the rows. */
function dayBar(index: number, bars = walk): Omit<Bar, 'provenance'> {
  const { open, close } = sessions[index]!;
  const rows = rowsOf(bars).filter(([start]) => start >= open && start < close);
  return {
    start: open,
    open: rows[0]![1],
    high: Math.max(...rows.map((row) => row[2])),
    low: Math.min(...rows.map((row) => row[3])),
    close: rows.at(-1)![4],
    volume: rows.reduce((sum, row) => sum + row[5], 0),
  };
}

describe('days by history.windows', () => {
  test.each([
    ['with gaps', walk, Provenance.incomplete],
    // Whole days are made of the shorter derived bars, where these are kept.
    ['whole', whole, Provenance.whole],
  ])('are there at the first instant, each interval as deep as it was asked for: %s', async (_, bars, provenance) => {
    const store = new MemoryStore();
    await storeDataset(store, 'A', { A: bars });
    const windows = [
      { interval: '1d', sessions: 40 },
      { interval: '5m', sessions: 2 },
    ];
    const first = 50;
    const plan = await planOf(store, { data: { from: sessions[first]!.date }, history: { windows } });
    const place = (text: string): number => plan.intervals.findIndex((each) => each.text === text);
    let seen: { days: Bar[]; fives: Bar[]; minutes: Bar[] } | undefined;
    let last: Bar[] = [];
    await playToEnd(plan, store, undefined, {
      instant({ view }: Desk) {
        const ends = view.slots === view.frame.grids[0]!.count;
        if (seen && !ends) return;
        const days = view.lastBarsAcross(0, 1_000, place('1d'));
        seen ??= {
          days,
          fives: view.lastBarsAcross(0, 10_000, place('5m')),
          minutes: view.lastBarsAcross(0, 10_000),
        };
        if (ends) last = days;
      },
    });
    const day = (index: number): Bar => ({ ...dayBar(index, bars), provenance });
    expect(seen!.days).toEqual(Array.from({ length: 40 }, (_, i) => day(first - 40 + i)));
    expect([seen!.fives.length, seen!.minutes.length]).toEqual([2 * 78, 1]);
    expect(last).toEqual(Array.from({ length: 41 }, (_, i) => day(sessions.length - 41 + i)));
  });

  test('are copied as they are read', async () => {
    const store = new MemoryStore();
    await storeDataset(store, 'A', { A: walk });
    const plan = await planOf(store, {
      data: { from: sessions[30]!.date, to: sessions[30]!.date },
      history: { windows: [{ interval: '1d', sessions: 20 }] },
    });
    const day = plan.intervals.length - 1;
    let counts: number[] = [];
    const out = barColumns(10);
    await playToEnd(plan, store, undefined, {
      instant({ view }: Desk) {
        if (view.slots !== 1) return;
        counts = [view.copyLastAcross(0, 10, out, day), view.barCount(0, day)];
      },
    });
    expect(counts).toEqual([10, 0]);
    expect(Array.from(out.close)).toEqual(Array.from({ length: 10 }, (_, i) => dayBar(20 + i).close));
  });
});
