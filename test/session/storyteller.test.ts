import { describe, expect, test } from 'vitest';
import type { BarColumns } from '../../src/bars/columns.ts';
import { MemoryStore } from '../../src/library/memory-store.ts';
import type { RunReport } from '../../src/session/report.ts';
import { feedCountsOf, feedFields, type FeedCounts } from '../../src/session/feed-counts.ts';
import { gapFields, gapsOf } from '../../src/session/story-rows.ts';
import type { GapStory, SessionStory } from '../../src/session/story.ts';
import { calendar } from '../../src/time/calendar.ts';
import { instant, isoText, minute } from '../../src/time/instant.ts';
import { DrivenRun } from '../support/driven-run.ts';
import { planOf, randomWalk, storeDataset } from '../support/synthetic.ts';
import { columnsOf, rowsOf } from '../support/walk.ts';

type Changes = Parameters<typeof planOf>[1];

/** An early close: 210 slots. */
const date = '2024-11-29';
const [session] = calendar('XNYS').sessions(date, date);
const day = (has: (slot: number) => boolean = () => true, seed = 1): BarColumns =>
  randomWalk(date, date, seed, (_, slot) => has(slot));
const at = (slot: number): string => isoText(instant(session!.open + slot * minute));

async function play(
  feed: Record<string, BarColumns>,
  sources: readonly Record<string, BarColumns>[],
  changes: Changes = {},
): Promise<{ stories: SessionStory[]; report: RunReport }> {
  const store = new MemoryStore();
  await storeDataset(store, 'feed', feed);
  for (const [i, source] of sources.entries()) await storeDataset(store, `source ${i}`, source);
  const plan = await planOf(store, {
    history: { enabled: false },
    replay: { speed: 'max' },
    ...changes,
    data: { dataset: 'feed', fillFrom: sources.map((_, i) => `source ${i}`), ...changes.data },
  });
  const run = await DrivenRun.open(plan, store);
  const report = await run.toEnd();
  return { stories: run.stories, report };
}

const firstGaps = ({ stories }: { stories: SessionStory[] }): GapStory[] => gapsOf(stories[0]!);
const feedOf = ({ stories }: { stories: SessionStory[] }): FeedCounts[] => {
  const feed = stories[0]!.feed!;
  return Array.from({ length: feed.length / feedFields }, (_, symbol) => feedCountsOf(feed, symbol));
};

describe('the gaps of a story', () => {
  test('say when they were found, what filled them and at which look-up', async () => {
    const told = await play({ A: day((slot) => slot < 40 || slot > 43) }, [{ A: day((slot) => slot !== 43) }], {
      upkeep: { checkIntervalSeconds: 300, maxRetries: 2 },
    });
    const gap = { symbol: 0, evidence: 'unknown', othersAlive: 0 };
    expect(firstGaps(told)).toEqual([
      { ...gap, firstSlot: 40, slots: 3, foundAtSlot: 44, endedAtSlot: 44, lookUps: 1, outcome: 'filled', source: 0 },
      {
        ...gap,
        firstSlot: 43,
        slots: 1,
        foundAtSlot: 44,
        endedAtSlot: 54,
        lookUps: 3,
        outcome: 'given up',
        source: -1,
      },
    ]);
  });

  test('are none of their business where every bar came', async () => {
    const told = await play({ A: day(), B: day(() => true, 2) }, []);
    expect(told.stories[0]).toMatchObject({
      session: 0,
      gaps: new Int32Array(0),
      moreGaps: 0,
      feed: null,
      error: null,
    });
    expect(told.stories[0]!.counts).toEqual({ expected: 420, streamed: 420, filled: 0, missing: 0, madeUp: 0 });
  });

  test('are open where upkeep is off or the session ends first, and made up where the last price is carried', async () => {
    const feed = { A: day((slot) => slot < 208) };
    const row = { firstSlot: 208, slots: 2, endedAtSlot: -1, outcome: 'open' };
    expect(firstGaps(await play(feed, [], { upkeep: { enabled: false } }))).toMatchObject([
      { ...row, foundAtSlot: -1 },
    ]);
    expect(firstGaps(await play(feed, [feed]))).toMatchObject([
      { ...row, slots: 1, lookUps: 2, foundAtSlot: 208 },
      { ...row, firstSlot: 209, slots: 1, lookUps: 1, foundAtSlot: 209 },
    ]);
    const carried = await play(feed, [], { upkeep: { carryLastPrice: true } });
    expect(firstGaps(carried)).toMatchObject([{ ...row, endedAtSlot: 209, outcome: 'made up', foundAtSlot: 208 }]);
    expect(carried.stories[0]!.counts).toMatchObject({ streamed: 208, missing: 2, madeUp: 2 });
    expect(carried.report.sessions[0]!.feed!.A).toMatchObject({ madeUp: 2, late: 0 });
  });

  test('name the evidence: other symbols alive, a silent feed, a source without trade, a rejected bar', async () => {
    const gone = (...slots: number[]) => day((slot) => !slots.includes(slot));
    const quiet = columnsOf(rowsOf(day()).map((row, i) => (i === 50 ? [row[0], 1, 1, 1, 1, 0] : row)));
    const feed = { A: gone(20, 30, 31, 50), B: gone(30, 31), C: gone(30, 31) };
    expect(
      firstGaps(await play(feed, [{ A: quiet }])).map((gap) => [
        gap.symbol,
        gap.firstSlot,
        gap.evidence,
        gap.othersAlive,
      ]),
    ).toEqual([
      [0, 20, 'alone', 2],
      [0, 30, 'feed silent', 0],
      [0, 50, 'no trade', 2],
      [1, 30, 'feed silent', 0],
      [2, 30, 'feed silent', 0],
    ]);
    const corrupt = await play({ A: day() }, [{ A: day() }], { feed: { corruptRate: 0.05 } });
    for (const gap of firstGaps(corrupt)) expect(gap).toMatchObject({ outcome: 'repaired', evidence: 'rejected' });
    expect(firstGaps(corrupt).reduce((sum, { slots }) => sum + slots, 0)).toBe(feedOf(corrupt)[0]!.rejected);
  });

  test('that a late bar ends say when it came', async () => {
    const told = await play({ A: day() }, [], { feed: { delayRate: 1, delayMinutes: 3 } });
    expect(firstGaps(told)).toMatchObject([
      { firstSlot: 0, slots: 207, foundAtSlot: 0, endedAtSlot: 209, outcome: 'arrived late' },
      { firstSlot: 207, slots: 3, outcome: 'open' },
    ]);
    expect(feedOf(told)).toEqual([
      { dropped: 3, outage: 0, late: 207, reordered: 0, stale: 0, duplicate: 0, rejected: 0 },
    ]);
  });

  test('are a thousand at most; the others are counted', async () => {
    const feed = Object.fromEntries(Array.from({ length: 12 }, (_, s) => [`S${s}`, day((slot) => slot % 2 === 0, s)]));
    const { gaps, moreGaps } = (await play(feed, [])).stories[0]!;
    expect([gaps.length / gapFields, moreGaps]).toEqual([1_000, 260]);
  });
});

describe('the counts of the feed', () => {
  test('are by symbol and fault, in the story and in the report', async () => {
    const told = await play({ A: day(), B: day(() => true, 2) }, [{ A: day() }], {
      feed: {
        dropRate: 0.1,
        duplicateRate: 0.1,
        corruptRate: 0.1,
        reorderRate: 0.1,
        delayRate: 0.1,
        delayMinutes: 2,
        outages: [{ symbol: 'B', from: at(100), to: at(120) }],
      },
    });
    const [a, b] = feedOf(told);
    expect([a!.outage, b!.outage]).toEqual([0, 20]);
    for (const { dropped, duplicate, rejected, reordered, late } of [a!, b!])
      for (const count of [dropped, duplicate, rejected, reordered, late]) {
        expect(count).toBeGreaterThan(3);
        expect(count).toBeLessThan(45);
      }
    // What arrives late is looked up before, and A's source has it; nobody has bars of B.
    expect([a!.stale, b!.stale]).toEqual([a!.late + a!.reordered, 0]);
    const { feed, symbols } = told.report.sessions[0]!;
    expect(feed).toEqual({ A: { ...a, madeUp: 0 }, B: { ...b, madeUp: 0 } });
    expect(symbols.B).toMatchObject({ missing: b!.dropped + b!.outage + b!.rejected, filled: 0 });
    expect(symbols.A).toMatchObject({ missing: 0, filled: a!.dropped + a!.rejected + a!.stale });
  });

  test('are left out of the report where the feed has no faults', async () => {
    expect(Object.keys((await play({ A: day() }, [])).report.sessions[0]!)).not.toContain('feed');
  });
});

describe('how a session came', () => {
  test('its lead is from being laid out to its open; when it was asked for is told of the session before', async () => {
    const [from, to] = ['2024-11-26', '2024-11-29'];
    const changes = { prefetch: { windowMinutes: 60, checkIntervalMinutes: 5 } };
    const { stories } = await play({ A: randomWalk(from, to, 1) }, [], changes);
    expect(
      stories.map(({ session, prefetch, askedSeconds, leadMs }) => [session, prefetch, askedSeconds, leadMs]),
    ).toEqual([
      [0, 'off', null, null],
      [1, 'hit', 3_600, 0],
      [2, 'hit', 3_600, 0],
    ]);
    expect(stories.map(({ states }) => states.at(-1)![0])).toEqual(['ended', 'ended', 'ended']);
  });
});
