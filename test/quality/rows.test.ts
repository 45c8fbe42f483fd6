import { describe, expect, it } from 'vitest';
import { layOut } from '../../src/quality/calendar-rows.ts';
import { countRows, gridOf, noCounts } from '../../src/quality/counts.ts';
import { eachGap } from '../../src/quality/gaps.ts';
import { latticeOf } from '../../src/quality/map-rows.ts';
import { calendar } from '../../src/time/calendar.ts';
import { customCalendar } from '../../src/time/custom-calendar.ts';
import { sessionGrid } from '../../src/time/grid.ts';
import { day, hour, minute } from '../../src/time/instant.ts';
import type { Calendar } from '../../src/time/market-calendar.ts';
import type { Session } from '../../src/time/session.ts';
import { zone } from '../../src/time/zone.ts';
import { hasSharedData } from '../support/shared-data.ts';
import { randomWalk, seeded } from '../support/synthetic.ts';
import { presenceOf, sharedStarts } from './bars.ts';

/** What is there by session, counted slot by slot with the grid that runs play on; and bars by what becomes of them. */
function counted(market: Calendar, starts: readonly number[], intervalMs: number) {
  const dayOf = (at: number): string => new Date(at).toISOString().slice(0, 10);
  const [first, last] = [starts[0]!, starts.at(-1)!];
  const sessions = market
    .sessions(dayOf(first - 2 * day), dayOf(last + 2 * day))
    .filter(({ open, close }) => close > first && open <= last);
  const has = new Set(starts);
  const taken = new Set<number>();
  const gaps: [from: number, to: number, slots: number][] = [];
  const rows = sessions.map((session) => {
    const { starts: slots, ends } = sessionGrid(session, intervalMs);
    let present = 0;
    let open: [number, number, number] | undefined;
    for (const [i, slot] of slots.entries()) {
      if (has.has(slot)) {
        present++;
        taken.add(slot);
        open = undefined;
      } else if (open && open[1] === slot) {
        open[1] = ends[i]!;
        open[2]++;
      } else gaps.push((open = [slot, ends[i]!, 1]));
    }
    return { session, expected: slots.length, present };
  });
  const isOf = (start: number, { dayStart, dayEnd }: Session): boolean => start >= dayStart && start < dayEnd;
  const outside = starts.filter((start) => !taken.has(start));
  return { rows, gaps, outside, outsideOf: (session: Session) => outside.filter((start) => isOf(start, session)) };
}

function mapped(market: Calendar, starts: readonly number[], intervalMs: number) {
  const laidOut = layOut(market, [presenceOf(starts, intervalMs)])!;
  const { rows } = laidOut;
  const presence = laidOut.presences[0]!;
  const lattice = latticeOf(rows);
  const counts = noCounts(rows.rows.length);
  countRows(presence, lattice, counts);
  const gaps: [from: number, to: number, slots: number][] = [];
  eachGap(presence, lattice, (_, from, to, slots) => gaps.push([from, to, slots]));
  return { presence, rows, lattice, counts, gaps };
}

/** The map says of bars under a calendar what counting slot by slot says. */
function expectRight(market: Calendar, starts: readonly number[], intervalMs: number, hint = ''): void {
  const right = counted(market, starts, intervalMs);
  const { presence, rows, lattice, counts, gaps } = mapped(market, starts, intervalMs);
  expect(gaps, hint).toEqual(right.gaps);
  const place = new Map(rows.rows.map(({ stretches }, i) => [stretches[0]?.sessionOpen, i]));
  for (const { session, expected, present } of right.rows) {
    const row = place.get(session.open)!;
    expect([session.date, counts.expected[row], counts.present[row], counts.outside[row]], hint).toEqual([
      session.date,
      expected,
      present,
      right.outsideOf(session).length,
    ]);
  }
  const sum = (column: Float64Array): number => column.reduce((total, each) => total + each, 0);
  expect(sum(counts.expected), hint).toBe(right.rows.reduce((total, { expected }) => total + expected, 0));
  // Every bar is in a slot or outside, and in one row.
  expect(sum(counts.present) + sum(counts.outside), hint).toBe(starts.length);
  for (const [i, row] of rows.rows.entries())
    if (i > 0) expect(row.from, hint).toBeGreaterThanOrEqual(rows.rows[i - 1]!.until);

  // A window of the map, column by column, from the bars one by one.
  const columnMs = intervalMs * 3;
  const from = -2 * hour;
  const columns = Math.ceil((28 * hour) / columnMs);
  const target = Int32Array.from(rows.rows, (_, i) => i);
  const grid = gridOf([presence, presence], lattice, { from, columnMs, columns, target, rows: rows.rows.length });
  const outside = new Uint32Array(grid.outside.length);
  const present = new Uint32Array(grid.present.length);
  const away = new Set(right.outside);
  for (const start of starts) {
    const row = rows.rows.findIndex((each) => start >= each.from && start < each.until);
    const column = Math.floor((start - rows.rows[row]!.anchor - from) / columnMs);
    if (column >= 0 && column < columns) (away.has(start) ? outside : present)[row * columns + column]! += 2;
  }
  expect(grid.outside, hint).toEqual(outside);
  expect(grid.present, hint).toEqual(present);
}

describe.skipIf(!hasSharedData)('a map of real bars (skipped without ../shared/data)', () => {
  it.each([
    ['plain/SPY.csv', 'XNYS'],
    ['plain/GOOG.csv', 'XNYS'],
    ['plain/SHY.csv', 'XNYS'],
    ['nautilus/gbpusd-m1-bid-2012.csv', 'FX'],
    ['nautilus/6EH4.XCME_1min_bars_20240101_20240131.csv.gz', 'CME FX'],
    ['nautilus/gbpusd-m1-bid-2012.csv', 'XTKS'],
    ['backtrader/2006-min-005.txt', 'XNYS'],
    ['plain/SPY.csv', '24/7'],
  ])('%s under %s', async (path, name) => {
    const { starts, intervalMs } = await sharedStarts(path);
    expectRight(calendar(name), starts, intervalMs);
  });

  it('has the early close of GOOG, and nothing on the holiday after it', async () => {
    const { starts, intervalMs } = await sharedStarts('plain/GOOG.csv');
    const { rows, counts } = mapped(calendar('XNYS'), starts, intervalMs);
    expect(rows.rows.map(({ date, early }) => [date, early])).toEqual([
      ['2015-12-23', false],
      ['2015-12-24', true],
      ['2015-12-28', false],
    ]);
    expect([...counts.expected]).toEqual([390, 210, 390]);
  });

  it('has the daily bars of GOOG by date, a month a row', async () => {
    const { starts, intervalMs } = await sharedStarts('backtesting.py/GOOG.csv');
    const { rows, counts, gaps } = mapped(calendar('XNYS'), starts, intervalMs);
    const dates = new Set(starts.map((start) => new Date(start).toISOString().slice(0, 10)));
    const all = calendar('XNYS').sessions([...dates][0]!, [...dates].at(-1)!);
    const missing = all.filter(({ date }) => !dates.has(date));
    expect(rows).toMatchObject({ byDate: true, slotMs: day });
    expect(rows.rows[0]!.date).toBe(`${all[0]!.date.slice(0, 7)}-01`);
    const sum = (column: Float64Array): number => column.reduce((total, each) => total + each, 0);
    expect(sum(counts.expected)).toBe(all.length);
    expect(sum(counts.present)).toBe(all.length - missing.length);
    expect(sum(counts.outside)).toBe(dates.size - (all.length - missing.length));
    expect(gaps).toHaveLength(missing.length);
  });
});

describe('a map of made-up bars', () => {
  const custom = customCalendar({
    timeZone: 'America/Chicago',
    open: '17:00',
    close: '16:00',
    weekdays: ['Mon', 'Tue', 'Wed', 'Thu', 'Fri'],
    breaks: [{ from: '15:15', to: '15:30' }],
    holidays: ['2024-11-28'],
    earlyCloses: { '2024-11-29': '12:15' },
    specialSessions: {},
  });
  const markets = [...['XNYS', 'XTKS', 'XLON', 'CMES', 'CME FX', 'FX', '24/7', '24/5'].map(calendar), custom];

  it('is what counting slot by slot says, for any bars under any calendar', () => {
    const seed = Date.now() % 1_000_000;
    const random = seeded(seed);
    // Around the changes of clocks in America and Europe, a holiday and an early close.
    const weeks = [Date.UTC(2024, 2, 7), Date.UTC(2024, 9, 24), Date.UTC(2024, 10, 26)];
    for (const market of markets)
      for (const week of weeks)
        for (const intervalMs of [minute, 5 * minute, 7 * minute, hour]) {
          const starts: number[] = [];
          let at = week + Math.floor(random() * 100) * minute;
          while (at < week + 12 * day) {
            const dice = random();
            if (dice < 0.03) at += Math.floor(random() * 60) * minute;
            else if (dice < 0.035) at += Math.floor(random() * 3) * day;
            else if (dice < 0.04) at += 17_000;
            else if (dice < 0.045) at = Math.ceil(at / intervalMs) * intervalMs;
            else at += intervalMs;
            if (at > (starts.at(-1) ?? 0)) starts.push(at);
          }
          expectRight(market, starts, intervalMs, `seed ${seed}, ${market.name}, ${intervalMs} ms`);
        }
  }, 60_000);

  it('keeps a column at one time of the wall clock across a change of clocks', () => {
    const market = calendar('XNYS');
    const bars = randomWalk('2024-10-30', '2024-11-06', 1);
    const { rows } = mapped(market, [...bars.start.subarray(0, bars.count)], minute);
    expect(rows.rows.map(({ anchor, stretches }) => (stretches[0]!.start - anchor) / minute)).toEqual(
      rows.rows.map(() => 570),
    );
  });

  it('has a row for a Saturday with bars, and none for one without', () => {
    const market = calendar('XNYS');
    const { atWall } = zone(market.zone);
    const bars = randomWalk('2024-11-22', '2024-11-25', 1);
    const saturday = atWall('2024-11-23', 12 * hour);
    const starts = [...bars.start.subarray(0, bars.count), saturday, saturday + minute].sort((a, b) => a - b);
    const { rows, counts } = mapped(market, starts, minute);
    expect(rows.rows.map(({ date }) => date)).toEqual(['2024-11-22', '2024-11-23', '2024-11-25']);
    expect([...counts.outside]).toEqual([0, 2, 0]);
    expect([...counts.expected]).toEqual([390, 0, 390]);
  });

  it('expects of each symbol the sessions from its first bar to its last', () => {
    const market = calendar('XNYS');
    const early = randomWalk('2024-11-25', '2024-11-26', 1);
    const late = randomWalk('2024-11-26', '2024-11-27', 2, (_, slot) => slot % 2 === 0);
    const presences = [early, late].map(({ start, count }) => presenceOf(start.subarray(0, count), minute));
    const { rows } = layOut(market, presences)!;
    const lattice = latticeOf(rows, 1, 3);
    const target = Int32Array.of(0, 0);
    const grid = gridOf(presences, lattice, {
      from: 570 * minute,
      columnMs: 390 * minute,
      columns: 1,
      target,
      rows: 1,
    });
    expect([grid.expected[0], grid.present[0], grid.outside[0]]).toEqual([3 * 390, 390 + 195 + 195, 0]);
  });
});
