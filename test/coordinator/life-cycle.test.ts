import { describe, expect, test } from 'vitest';
import type { BarColumns } from '../../src/bars/columns.ts';
import { playToEnd } from '../../src/cli/play.ts';
import { MemoryStore } from '../../src/library/memory-store.ts';
import type { RunReport } from '../../src/session/report.ts';
import { calendar } from '../../src/time/calendar.ts';
import { planOf, randomWalk, storeDataset } from '../support/synthetic.ts';
import { walkOver } from '../support/walk.ts';

type Changes = Parameters<typeof planOf>[1];

async function play(changes: Changes, columns: BarColumns, source?: BarColumns): Promise<RunReport> {
  const store = new MemoryStore();
  await storeDataset(store, 'feed', { A: columns });
  if (source) await storeDataset(store, 'source', { A: source });
  const data = { dataset: 'feed', fillFrom: source ? ['source'] : [], ...changes.data };
  const plan = await planOf(store, { history: { enabled: false }, replay: { speed: 'max' }, ...changes, data });
  return playToEnd(plan, store);
}

const statesOf = (report: RunReport): unknown => report.sessions.map(({ states }) => states);

describe('the states of a session, with their times and causes', () => {
  test('of regular days: before the open, open, close, roll delay', async () => {
    const report = await play({}, randomWalk('2013-10-07', '2013-10-08', 1));
    expect(statesOf(report)).toEqual([
      [
        ['pre-market', '2013-10-07T13:00:00Z', '30 minutes before the open'],
        ['active', '2013-10-07T13:30:00Z', 'open'],
        ['post-market', '2013-10-07T20:00:00Z', 'close'],
        ['ended', '2013-10-07T20:30:00Z', 'roll delay over'],
      ],
      [
        ['pre-market', '2013-10-08T13:00:00Z', '30 minutes before the open'],
        ['active', '2013-10-08T13:30:00Z', 'open'],
        ['post-market', '2013-10-08T20:00:00Z', 'close'],
        ['ended', '2013-10-08T20:30:00Z', 'roll delay over'],
      ],
    ]);
    expect(report.sessions[0]).toMatchObject({
      open: '2013-10-07T13:30:00Z',
      close: '2013-10-07T20:00:00Z',
      early: false,
    });
  });

  test('of a day that closes early', async () => {
    const report = await play({ session: { rollDelayMinutes: 0 } }, randomWalk('2024-11-29', '2024-11-29', 1));
    expect(statesOf(report)).toEqual([
      [
        ['pre-market', '2024-11-29T14:00:00Z', '30 minutes before the open'],
        ['active', '2024-11-29T14:30:00Z', 'open'],
        ['post-market', '2024-11-29T18:00:00Z', 'early close'],
        ['ended', '2024-11-29T18:00:00Z', 'roll delay over'],
      ],
    ]);
    expect(report.sessions[0]).toMatchObject({
      early: true,
      symbols: { A: { expected: 210, streamed: 210, quality: 100 } },
    });
  });

  test('of a market that never closes: the close is the next open', async () => {
    const days = calendar('24/7').sessions('2024-02-28', '2024-02-29');
    const report = await play({ session: { calendar: '24/7' } }, walkOver(days, 1));
    expect(statesOf(report)).toEqual([
      [
        ['pre-market', '2024-02-27T23:30:00Z', '30 minutes before the open'],
        ['active', '2024-02-28T00:00:00Z', 'open'],
        ['post-market', '2024-02-29T00:00:00Z', 'close'],
        ['ended', '2024-02-29T00:00:00Z', 'next session opens'],
      ],
      [
        ['pre-market', '2024-02-29T00:00:00Z', 'at the end of the previous session'],
        ['active', '2024-02-29T00:00:00Z', 'open'],
        ['post-market', '2024-03-01T00:00:00Z', 'close'],
        ['ended', '2024-03-01T00:30:00Z', 'roll delay over'],
      ],
    ]);
    expect(report.sessions.map(({ symbols }) => symbols.A!.expected)).toEqual([1_440, 1_440]);
  });

  test('with a roll delay longer than the night: the session ends when the next one opens', async () => {
    const report = await play({ session: { rollDelayMinutes: 1_440 } }, randomWalk('2013-10-07', '2013-10-08', 1));
    expect(report.sessions[0]!.states.at(-1)).toEqual(['ended', '2013-10-08T13:30:00Z', 'next session opens']);
    expect(report.sessions[1]!.states[0]).toEqual([
      'pre-market',
      '2013-10-08T13:30:00Z',
      'at the end of the previous session',
    ]);
    expect(report.sessions[1]!.states.at(-1)).toEqual(['ended', '2013-10-09T20:00:00Z', 'roll delay over']);
  });

  test('with a roll delay into the half hour before the next open: that half hour is shorter', async () => {
    const report = await play({ session: { rollDelayMinutes: 1_040 } }, randomWalk('2013-10-07', '2013-10-08', 1));
    expect(report.sessions[0]!.states.at(-1)).toEqual(['ended', '2013-10-08T13:20:00Z', 'roll delay over']);
    expect(report.sessions[1]!.states[0]).toEqual([
      'pre-market',
      '2013-10-08T13:20:00Z',
      'at the end of the previous session',
    ]);
  });
});

describe('a session without data', () => {
  const date = '2013-10-07';
  const day = (has: (slot: number) => boolean, seed = 1): BarColumns =>
    randomWalk(date, date, seed, (_, slot) => has(slot));
  const timeout = 'no data for session.timeoutSeconds and none left';

  test('for timeoutSeconds after its last bar times out; it still counts to its close', async () => {
    const report = await play(
      {},
      day((slot) => slot < 100),
    );
    expect(statesOf(report)).toEqual([
      [
        ['pre-market', '2013-10-07T13:00:00Z', '30 minutes before the open'],
        ['active', '2013-10-07T13:30:00Z', 'open'],
        ['timed-out', '2013-10-07T15:15:00Z', timeout],
        ['ended', '2013-10-07T20:30:00Z', 'roll delay over'],
      ],
    ]);
    expect(report.sessions[0]!.symbols.A).toMatchObject({ expected: 390, streamed: 100, missing: 290 });
  });

  const timedOutAt = (report: RunReport): string | undefined =>
    report.sessions[0]!.states.find(([state]) => state === 'timed-out')?.[1].slice(11, 16);

  test.each<[string, number, number, string]>([
    ['600', 600, 60, '15:20'],
    ['90, that is the first end of a bar at or after', 90, 60, '15:12'],
    ['0: with the last bar itself', 0, 60, '15:10'],
    ['300, looked at each 7 minutes from the open', 300, 420, '15:15'],
    ['300, looked at each hour', 300, 3_600, '15:30'],
    ['300, looked at each second', 300, 1, '15:15'],
  ])('timeoutSeconds %s', async (_, timeoutSeconds, boundaryCheckSeconds, at) => {
    expect(
      timedOutAt(
        await play(
          { session: { timeoutSeconds, boundaryCheckSeconds } },
          day((slot) => slot < 100),
        ),
      ),
    ).toBe(at);
  });

  test('of which nothing has come since the open times out counted from the open', async () => {
    const store = new MemoryStore();
    await storeDataset(store, 'feed', { A: day((slot) => slot === 389), B: day(() => true) });
    const plan = await planOf(store, { history: { enabled: false }, replay: { speed: 'max' }, feed: { dropRate: 1 } });
    expect(timedOutAt(await playToEnd(plan, store))).toBe('13:35');
  });

  test('that is merely silent, with something still due, does not time out', async () => {
    expect(
      timedOutAt(
        await play(
          {},
          day((slot) => slot < 10 || slot > 380),
        ),
      ),
    ).toBeUndefined();
  });

  test('less than a minute before its close does not time out, with a minute left it does', async () => {
    const report = await play(
      {},
      day((slot) => slot < 384),
    );
    expect(timedOutAt(report)).toBe('19:59');
    expect(
      timedOutAt(
        await play(
          {},
          day((slot) => slot < 385),
        ),
      ),
    ).toBeUndefined();
  });

  test('of which a fill is still due does not time out; without upkeep it does', async () => {
    const changes = { upkeep: { checkIntervalSeconds: 60 } };
    const [feed, source] = [day((slot) => slot < 100), day((slot) => slot < 100 || slot === 300)];
    expect(timedOutAt(await play(changes, feed, source))).toBe('18:36');
    expect(timedOutAt(await play({ upkeep: { enabled: false } }, feed, source))).toBe('15:15');
  });

  test('that has timed out is still filled, and its quality counts', async () => {
    const changes = { upkeep: { checkIntervalSeconds: 86_400 } };
    const report = await play(
      changes,
      day((slot) => slot < 100),
      day((slot) => slot < 120),
    );
    expect(timedOutAt(report)).toBe('15:30');
    expect(report.sessions[0]!.symbols.A).toMatchObject({ streamed: 100, filled: 20, recoverable: 20, missing: 270 });
  });

  test('is followed by a session that is as usual', async () => {
    const report = await play(
      {},
      randomWalk(date, '2013-10-08', 1, (start, slot) => slot < 50 || start > Date.parse('2013-10-08')),
    );
    expect(report.sessions.map(({ states }) => states.map(([state]) => state))).toEqual([
      ['pre-market', 'active', 'timed-out', 'ended'],
      ['pre-market', 'active', 'post-market', 'ended'],
    ]);
  });
});
