import type { Desk } from '../../src/strategy/desk.ts';
import { describe, expect, test } from 'vitest';
import { Provenance } from '../../src/bars/provenance.ts';
import { playToEnd } from '../../src/cli/play.ts';
import { MemoryStore } from '../../src/library/memory-store.ts';
import { putCommand, Verb } from '../../src/memory/commands.ts';
import { Cell, Word } from '../../src/memory/layout.ts';
import type { Bar } from '../../src/memory/view.ts';
import { calendar } from '../../src/time/calendar.ts';
import { day, hour, instant } from '../../src/time/instant.ts';
import { DrivenRun } from '../support/driven-run.ts';
import { planOf, seeded, storeDataset } from '../support/synthetic.ts';
import { columnsOf, type Row } from '../support/walk.ts';

const days = calendar('XNYS').sessions('2011-06-01', '2013-03-28');

/** A bar a day at the local midnight of its date, or at that of UTC. */
function walk(seed: number, stamp: (session: (typeof days)[0]) => number = ({ dayStart }) => dayStart): Row[] {
  const random = seeded(seed);
  return days.map((session) => {
    const [open, close] = [100 + Math.floor(random() * 900) / 100, 100 + Math.floor(random() * 900) / 100];
    return [
      stamp(session),
      open,
      Math.max(open, close) + 1,
      Math.min(open, close) - 1,
      close,
      Math.floor(random() * 1e6),
    ];
  });
}

const rows = walk(1);

async function storeOf(symbols: Record<string, readonly Row[]>): Promise<MemoryStore> {
  const store = new MemoryStore();
  const columns = Object.entries(symbols).map(([name, of]) => [name, columnsOf(of)] as const);
  await storeDataset(store, 'days', Object.fromEntries(columns), '1d', day);
  return store;
}

const noHistory = { enabled: false };

describe('bars of a day', () => {
  test('play year by year, each known at the close of its session', async () => {
    const store = await storeOf({ A: rows });
    let wrong = 0;
    let seen = 0;
    const report = await playToEnd(await planOf(store, { history: noHistory }), store, undefined, {
      instant({ view }) {
        const session = days[seen++]!;
        const clock = view.block.cells[Cell.clock]!;
        const bar = view.latestBar(0)!;
        if (clock !== session.close || bar.start !== session.dayStart || bar.close !== rows[seen - 1]![4]) wrong++;
      },
    });
    expect([seen, wrong]).toEqual([days.length, 0]);
    expect(report.sessions.map(({ date, symbols: { A: s } }) => [date, s!.expected, s!.streamed])).toEqual([
      ['2011-06-01', 149, 149],
      ['2012-01-03', 250, 250],
      ['2013-01-02', 60, 60],
    ]);
    const of2012 = rows.filter((_, i) => days[i]!.date.startsWith('2012'));
    expect(report.sessions[1]!.symbols.A).toMatchObject({
      open: of2012[0]![1],
      high: Math.max(...of2012.map((row) => row[2])),
      low: Math.min(...of2012.map((row) => row[3])),
      close: of2012.at(-1)![4],
      volume: of2012.reduce((sum, row) => sum + row[5], 0),
    });
    expect(report.sessions.flatMap(({ states }) => states.map(([state]) => state))).not.toContain('timed-out');
  });

  test('stamped with the midnight of UTC give the same run', async () => {
    const utc = await storeOf({ A: walk(1, ({ date }) => Date.parse(`${date}T00:00:00Z`)) });
    const local = await storeOf({ A: rows });
    const play = async (store: MemoryStore) => playToEnd(await planOf(store, { history: noHistory }), store);
    expect((await play(utc)).fingerprint).toBe((await play(local)).fingerprint);
  });

  test('are missed, looked up and filled day by day', async () => {
    const lost = new Set([3, 4, 100, 200, 208]);
    const store = await storeOf({ A: rows.filter((_, i) => !lost.has(i)) });
    const utc = walk(1, ({ date }) => Date.parse(`${date}T00:00:00Z`));
    await storeDataset(store, 'source', { A: columnsOf(utc.filter((_, i) => i !== 208)) }, '1d', day);
    const plan = await planOf(store, {
      data: { dataset: 'days', fillFrom: ['source'] },
      history: noHistory,
      upkeep: { maxRetries: 2 },
    });
    const { sessions } = await playToEnd(plan, store);
    expect(sessions.map(({ symbols: { A: s } }) => [s!.filled, s!.missing, s!.fillAttempts])).toEqual([
      [3, 0, 3],
      [1, 1, 4],
      [0, 0, 0],
    ]);
  });

  test('derive several days, counted from the first of each year, cut at its end', async () => {
    const store = await storeOf({ A: rows.filter((_, i) => i !== 2) });
    const plan = await planOf(store, { history: noHistory, upkeep: { derivedIntervals: ['5d'] } });
    let fives: Bar[] = [];
    await playToEnd(plan, store, undefined, {
      instant({ view }: Desk) {
        if (view.session === 0 && view.slots === 149) fives = view.lastBars(0, 99, 1);
      },
    });
    expect(fives.map(({ start }) => start)).toEqual(Array.from({ length: 30 }, (_, i) => days[i * 5]!.dayStart));
    expect(fives.map(({ provenance }) => provenance)).toEqual([
      Provenance.incomplete,
      ...Array<number>(29).fill(Provenance.whole),
    ]);
    expect(fives[29]!.volume).toBe(rows.slice(145, 149).reduce((sum, row) => sum + row[5], 0));
  });

  test('reach back over as many years as hold the trailing sessions', async () => {
    const store = await storeOf({ A: rows });
    const first = days.findIndex(({ date }) => date === '2012-02-01');
    const plan = await planOf(store, {
      data: { from: '2012-02-01' },
      history: { windows: [{ interval: '1d', sessions: 100 }] },
    });
    const starts: number[][] = [];
    await playToEnd(plan, store, undefined, {
      instant: ({ view }) => {
        if (view.slots === 1) starts.push(view.lastBarsAcross(0, 101).map((bar) => bar.start));
      },
    });
    const upTo = (last: number): number[] => days.slice(last - 100, last + 1).map(({ dayStart }) => dayStart);
    expect(starts).toEqual([upTo(first), upTo(days.findIndex(({ date }) => date.startsWith('2013')))]);
  });

  test('lose days by the feed’s faults, and say so by the same rules', async () => {
    const store = await storeOf({ A: rows });
    const plan = await planOf(store, {
      data: { fillFrom: ['days'] },
      feed: { dropRate: 0.1, delayRate: 0.1 },
      history: noHistory,
    });
    const { totals } = await playToEnd(plan, store);
    expect(totals).toMatchObject({ expected: days.length, missing: 0, quality: 100 });
    expect(totals.filled).toBeGreaterThan(20);
  });

  test('go at the pace of open hours, and the next year is laid out before the last day ends', async () => {
    const store = await storeOf({ A: rows });
    const run = await DrivenRun.open(await planOf(store, { history: noHistory, replay: { speed: 3_600 } }), store);
    run.block.words[Word.speedThousandths] = 3_600_000;
    putCommand(run.block, Verb.play);
    const from = run.nowMs;
    while (run.block.words[Word.staged]! < 2) {
      if ((await run.once()) === 'time') run.nowMs = run.coordinator.dueMs;
    }
    // The clock stands where the last of 149 days is due; Friday 25 November 2011 was three hours shorter.
    expect(run.slots).toBe(148);
    expect(Math.round(run.nowMs - from)).toBe(Math.round(((149 * 6.5 - 3) * hour) / 3_600));
    const report = await run.toEnd();
    expect(report.sessions.map(({ prefetch }) => prefetch)).toEqual(['off', 'hit', 'hit']);
  });

  test('can be made of minutes, of which those outside the session do not count', async () => {
    const store = new MemoryStore();
    const sessions = days.slice(0, 8);
    const minutes: Row[] = sessions.flatMap(({ open, close }, k): Row[] => [
      [open - hour, 1, 1, 1, 1, 1],
      [open, 10 + k, 20 + k, 5 + k, 11 + k, 100],
      [open + hour, 11 + k, 12 + k, 4 + k, 12 + k, 100],
      [close, 99, 99, 99, 99, 1],
    ]);
    await storeDataset(store, 'minutes', { A: columnsOf(minutes) });
    const plan = await planOf(store, { data: { interval: '1d' }, history: noHistory });
    let bars: Bar[] = [];
    const { sessions: units } = await playToEnd(plan, store, undefined, {
      instant: ({ view }) => void (bars = view.lastBars(0, 99)),
    });
    expect(bars).toEqual(
      sessions.map(({ dayStart }, k) => ({
        start: instant(dayStart),
        open: 10 + k,
        high: 20 + k,
        low: 4 + k,
        close: 12 + k,
        volume: 200,
        provenance: Provenance.streamed,
      })),
    );
    expect(units[0]!.symbols.A).toMatchObject({ expected: 8, streamed: 8, outside: 16 });
  });
});

describe('bars of a day beside bars of a minute', () => {
  test('lie in the last minute of their session', async () => {
    const store = new MemoryStore();
    const sessions = days.slice(0, 2);
    const minute: Row[] = sessions.flatMap(({ open, close }): Row[] =>
      Array.from({ length: (close - open) / 60_000 }, (_, i): Row => [open + i * 60_000, 1, 1, 1, 1, 1]),
    );
    await storeDataset(store, 'minutes', { A: columnsOf(minute) });
    await storeDataset(store, 'days', { B: columnsOf(rows.slice(0, 2)) }, '1d', day);
    const streams = [
      { dataset: 'minutes', symbol: 'A', kind: 'bars' as const, interval: null },
      { dataset: 'days', symbol: 'B', kind: 'bars' as const, interval: null },
    ];
    const seen: number[] = [];
    const report = await playToEnd(await planOf(store, { data: { streams }, history: noHistory }), store, undefined, {
      instant: ({ view }) => void seen.push(view.barCount(1)),
    });
    expect(seen).toEqual([...Array<number>(389).fill(0), 1, ...Array<number>(389).fill(0), 1]);
    expect(report.sessions.map(({ symbols: { B: s } }) => [s!.expected, s!.streamed, s!.close])).toEqual([
      [1, 1, rows[0]![4]],
      [1, 1, rows[1]![4]],
    ]);
  });

  test('stamped at the midnight of UTC count in the session of their date alone', async () => {
    const store = new MemoryStore();
    const [first, second] = days;
    const utc = walk(1, ({ date }) => Date.parse(date)).slice(0, 2);
    await storeDataset(store, 'minutes', {
      A: columnsOf([first!, second!].map(({ open }): Row => [open, 1, 1, 1, 1, 1])),
    });
    await storeDataset(store, 'days', { B: columnsOf(utc) }, '1d', day);
    const streams = [
      { dataset: 'minutes', symbol: 'A', kind: 'bars' as const, interval: null },
      { dataset: 'days', symbol: 'B', kind: 'bars' as const, interval: null },
    ];
    const report = await playToEnd(await planOf(store, { data: { streams }, history: noHistory }), store);
    expect(report.sessions.map(({ symbols: { B: s } }) => [s!.streamed, s!.outside])).toEqual([
      [1, 0],
      [1, 0],
    ]);
  });
});
