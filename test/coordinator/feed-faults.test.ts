import type { Desk } from '../../src/strategy/desk.ts';
import { deepStrictEqual } from 'node:assert';
import { describe, expect, test } from 'vitest';
import type { BarColumns } from '../../src/bars/columns.ts';
import { Provenance } from '../../src/bars/provenance.ts';
import type { Config } from '../../src/config/schema.ts';
import { MemoryStore } from '../../src/library/memory-store.ts';
import { Verb } from '../../src/memory/commands.ts';
import { Word } from '../../src/memory/layout.ts';
import { View, type Bar } from '../../src/memory/view.ts';
import type { RunReport, SymbolReport } from '../../src/session/report.ts';
import { timelineOf } from '../../src/session/run-timeline.ts';
import { calendar } from '../../src/time/calendar.ts';
import { isoText, instant, minute } from '../../src/time/instant.ts';
import { DrivenRun } from '../support/driven-run.ts';
import { planOf, randomWalk, seeded, storeDataset } from '../support/synthetic.ts';
import { TapeModel } from '../support/tape-model.ts';
import { keepBars, walkOver } from '../support/walk.ts';

type Changes = Parameters<typeof planOf>[1];
type Feed = Partial<Config['feed']>;

/** An early close: 210 slots. */
const date = '2024-11-29';
const [session] = calendar('XNYS').sessions(date, date);
const bars = randomWalk(date, date, 1);
const at = (slot: number): string => isoText(instant(session!.open + slot * minute));

/** One symbol on one day; its own dataset is the fill source where `fills`. */
async function openRun(feed: Feed, fills: boolean, changes: Changes = {}): Promise<{ run: DrivenRun; view: View }> {
  const store = new MemoryStore();
  await storeDataset(store, 'feed', { A: bars });
  const plan = await planOf(store, {
    history: { enabled: false },
    replay: { speed: 'max' },
    ...changes,
    feed,
    data: { dataset: 'feed', fillFrom: fills ? ['feed'] : [] },
  });
  const run = await DrivenRun.open(plan, store);
  return { run, view: new View(run.block, timelineOf(plan)) };
}

async function playTo(run: DrivenRun, view: View, slots: number): Promise<void> {
  while (run.slots < slots) await run.command(Verb.stepBar);
  view.refresh();
}

const accountOf = (report: RunReport): SymbolReport => report.sessions[0]!.symbols.A!;

describe('late bars', () => {
  test('come into their own slot, after upkeep has looked for them in vain', async () => {
    const { run, view } = await openRun({ delayRate: 1, delayMinutes: 3 }, false);
    await playTo(run, view, 3);
    expect([view.barCount(0), view.latestBar(0)]).toEqual([0, null]);
    await playTo(run, view, 4);
    expect(view.lastBars(0, 9).map(({ start, provenance }) => [start, provenance])).toEqual([
      [session!.open, Provenance.streamed],
    ]);
    expect(view.metrics(0)).toMatchObject({ open: bars.open[0], high: bars.high[0], last: bars.close[0] });
    await playTo(run, view, 60);
    expect(view.barCount(0)).toBe(57);
    expect(run.log('late').map(({ symbol, a, b }) => [symbol, a, b])).toEqual(
      Array.from({ length: 57 }, (_, slot) => [0, 1, slot]),
    );
    // The last three would come after the close.
    expect(accountOf(await run.toEnd())).toMatchObject({ streamed: 207, missing: 3, filled: 0, recoverable: 0 });
  });

  test('mend derived bars that have closed, at the instant of their arrival', async () => {
    const { run, view } = await openRun({ delayRate: 1, delayMinutes: 3 }, false);
    await playTo(run, view, 5);
    expect(view.lastBars(0, 9, 1).map(({ provenance }) => provenance)).toEqual([Provenance.incomplete]);
    await playTo(run, view, 7);
    expect(view.lastBars(0, 9, 1)[0]!.close).toBe(bars.close[3]);
    await playTo(run, view, 8);
    expect(view.lastBars(0, 9, 1)[0]).toMatchObject({ provenance: Provenance.whole, close: bars.close[4] });
  });

  test('that come before the next check are not missing', async () => {
    const { run } = await openRun({ delayRate: 1, delayMinutes: 3 }, true, { upkeep: { checkIntervalSeconds: 600 } });
    const report = accountOf(await run.toEnd());
    // Of each ten minutes the last three bars are looked up before they come.
    expect(report).toMatchObject({ streamed: 147, filled: 63, missing: 0, recoverable: 63, fillAttempts: 63 });
    expect(run.log('stale')).toHaveLength(60);
  });

  test('that come when their slot is filled are counted and not used', async () => {
    const { run, view } = await openRun({ delayRate: 1, delayMinutes: 3 }, true);
    await playTo(run, view, 50);
    expect(view.lastBars(0, 99).map(({ provenance }) => provenance)).toEqual(Array(50).fill(Provenance.filled));
    const report = await run.toEnd();
    expect(accountOf(report)).toMatchObject({ streamed: 0, filled: 210, recoverable: 210, quality: 100 });
    expect(run.log('stale').map(({ b }) => b)).toEqual(Array.from({ length: 207 }, (_, slot) => slot));
  });

  test('are no open gap any more once they are there', async () => {
    const { run, view } = await openRun({ delayRate: 1, delayMinutes: 3 }, false);
    await playTo(run, view, 100);
    expect(run.block.words[Word.openGaps]).toBe(0);
    const store = new MemoryStore();
    await storeDataset(store, 'feed', { A: bars });
    await storeDataset(store, 'other', { A: keepBars(bars, (_, i) => i < 2) });
    const plan = await planOf(store, {
      data: { dataset: 'feed', fillFrom: ['other'] },
      feed: { delayRate: 1, delayMinutes: 3 },
      history: { enabled: false },
      replay: { speed: 'max' },
    });
    const tried = await DrivenRun.open(plan, store);
    const { words } = tried.block;
    while (tried.slots < 100) await tried.command(Verb.stepBar);
    expect([words[Word.openGaps], words[Word.givenUp], tried.log('gaveUp')]).toEqual([3, 0, []]);
    const report = accountOf(await tried.toEnd());
    // Three look-ups each, at the ends of the bar itself and of the two after it; the last bars have fewer, or never come.
    expect(report).toMatchObject({ streamed: 205, filled: 2, missing: 3, fillAttempts: 2 + 205 * 3 + 3 + 2 + 1 });
  });
});

describe('a feed that brings bars in another order', () => {
  test('has each there after its successor, all but the last', async () => {
    const { run, view } = await openRun({ reorderRate: 1 }, false);
    await playTo(run, view, 1);
    expect(view.barCount(0)).toBe(0);
    await playTo(run, view, 10);
    expect(view.barCount(0)).toBe(9);
    expect(accountOf(await run.toEnd())).toMatchObject({ streamed: 210, missing: 0 });
  });
});

describe('a feed that brings bars twice', () => {
  test('shows them once, and says so', async () => {
    const { run } = await openRun({ duplicateRate: 1 }, false);
    expect(accountOf(await run.toEnd())).toMatchObject({ streamed: 210, missing: 0, quality: 100 });
    expect(run.log('duplicate').map(({ a }) => a)).toEqual(Array.from({ length: 210 }, (_, slot) => slot));
  });
});

describe('bars with impossible values', () => {
  test('are rejected with the reason, and repaired from a source', async () => {
    const { run, view } = await openRun({ corruptRate: 0.2 }, true);
    const report = accountOf(await run.toEnd());
    const rejected = run.log('rejected');
    expect(rejected.length).toBeGreaterThan(20);
    expect(new Set(rejected.map(({ b }) => b))).toEqual(new Set([0, 1, 2]));
    expect(report).toMatchObject({ filled: rejected.length, streamed: 210 - rejected.length, quality: 100 });
    view.refresh();
    const shown = view.lastBars(0, 210);
    expect(shown.filter(({ provenance }) => provenance === Provenance.repaired)).toHaveLength(rejected.length);
    expect(shown.map(({ close }) => close)).toEqual([...bars.close.subarray(0, 210)]);
  });

  test('are missing without a source', async () => {
    const { run } = await openRun({ corruptRate: 1 }, false);
    expect(accountOf(await run.toEnd())).toMatchObject({ streamed: 0, missing: 210, volume: 0, close: null });
  });
});

describe('an outage', () => {
  const all = (from: number, to: number): Feed => ({ outages: [{ symbol: null, from: at(from), to: at(to) }] });

  test('to the end of the session times it out, timeoutSeconds after the last bar', async () => {
    const { run } = await openRun(all(60, 400), false);
    const [, , third] = (await run.toEnd()).sessions[0]!.states;
    expect(third).toEqual(['timed-out', at(59 + 5), 'no data for session.timeoutSeconds and none left']);
  });

  test('in the middle does not, however long, and is told from its beginning to its end', async () => {
    const { run } = await openRun(all(60, 200), false);
    const report = await run.toEnd();
    expect(report.sessions[0]!.states.map(([state]) => state)).toEqual([
      'pre-market',
      'active',
      'post-market',
      'ended',
    ]);
    expect(accountOf(report)).toMatchObject({ streamed: 70, missing: 140 });
    expect(run.log('outageBegan').map((record) => [record.at, record.symbol, record.a, record.b])).toEqual([
      [Date.parse(at(60)), -1, 59, 140],
    ]);
    expect(run.log('outageEnded').map((record) => [record.at, record.symbol, record.a])).toEqual([
      [Date.parse(at(200)), -1, 199],
    ]);
  });

  test('that a source fills is no time-out', async () => {
    const { run } = await openRun(all(60, 400), true);
    const report = await run.toEnd();
    expect(report.sessions[0]!.states.map(([state]) => state)).not.toContain('timed-out');
    expect(accountOf(report)).toMatchObject({ streamed: 59, filled: 151, quality: 100 });
  });

  test('of another symbol harms nobody', async () => {
    const { run } = await openRun({ outages: [{ symbol: 'B', from: at(0), to: at(400) }] }, false);
    expect(accountOf(await run.toEnd())).toMatchObject({ streamed: 210 });
  });
});

describe('bars of the last price', () => {
  const carry: Changes = { upkeep: { carryLastPrice: true } };
  const outage: Feed = { outages: [{ symbol: null, from: at(61), to: at(71) }] };

  test('stand where nothing has a bar: no volume, marked, and still missing', async () => {
    const { run, view } = await openRun(outage, false, carry);
    await playTo(run, view, 61);
    expect(view.latestBar(0)).toEqual({
      start: session!.open + 60 * minute,
      open: bars.close[59],
      high: bars.close[59],
      low: bars.close[59],
      close: bars.close[59],
      volume: 0,
      provenance: Provenance.madeUp,
    });
    expect([view.barCount(0), view.latestAt(0)]).toEqual([61, 60]);
    await playTo(run, view, 75);
    expect(view.lastBars(0, 99, 1).map(({ provenance }) => provenance)).toEqual([
      ...Array(12).fill(Provenance.whole),
      Provenance.madeUp,
      Provenance.madeUp,
      Provenance.whole,
    ]);
    const report = await run.toEnd();
    expect(accountOf(report)).toMatchObject({ streamed: 200, filled: 0, missing: 10, recoverable: 0 });
    expect(report.sessions[0]!.derived['5m']).toEqual({ A: { bars: 42, incomplete: 0 } });
    expect(run.log('madeUp').map(({ a }) => a)).toEqual(Array.from({ length: 10 }, (_, i) => 60 + i));
  });

  test('are not made before the first bar there is, and change no price of the session', async () => {
    const { run, view } = await openRun({ outages: [{ symbol: null, from: at(0), to: at(6) }] }, false, carry);
    await playTo(run, view, 10);
    expect(view.barCount(0)).toBe(5);
    expect(accountOf(await run.toEnd())).toMatchObject({ open: bars.open[5], missing: 5 });
  });

  test('have another fingerprint than none', async () => {
    const fingerprints = [carry, {}].map(async (changes) => (await openRun(outage, false, changes)).run.toEnd());
    const [made, none] = await Promise.all(fingerprints);
    expect(made!.fingerprint).not.toBe(none!.fingerprint);
  });

  test('keep a late bar out that comes after them', async () => {
    const { run } = await openRun({ delayRate: 0.3, delayMinutes: 5, seed: 2 }, false, carry);
    const report = accountOf(await run.toEnd());
    expect(run.log('stale')).toHaveLength(run.log('madeUp').filter(({ a }) => a < 205).length);
    expect(report.missing).toBe(run.log('madeUp').length);
  });
});

/** Three symbols with gaps of their own, two sources, and every fault at once. */
async function randomTape(
  seed: number,
): Promise<{ store: MemoryStore; changes: Changes; feed: BarColumns[]; sources: BarColumns[][] }> {
  const market = calendar('XNYS').sessions('2024-11-25', '2024-12-02');
  const random = seeded(seed);
  const walks = [0, 1, 2].map((s) => seed * 10 + s);
  const feed = walks.map((walk, s) => walkOver(market, walk, () => random() >= [0.02, 0.1, 0.7][s]!));
  const sources = [0.5, 0.6].map((has, i) =>
    walks.map((walk) => walkOver(market, walk + 100 * i, () => random() < has)),
  );
  const store = new MemoryStore();
  const named = (all: readonly BarColumns[]): Record<string, BarColumns> => ({ A: all[0]!, B: all[1]!, C: all[2]! });
  await storeDataset(store, 'feed', named(feed));
  await storeDataset(store, 'first', named(sources[0]!));
  await storeDataset(store, 'second', named(sources[1]!));
  const used = Math.floor(random() * 3);
  const share = (): number => (random() < 0.3 ? 0 : random() * 0.3);
  const { open } = market[2]!;
  const changes: Changes = {
    data: { dataset: 'feed', fillFrom: ['first', 'second'].slice(0, used), from: '2024-11-27' },
    upkeep: {
      checkIntervalSeconds: [60, 60, 150, 420][Math.floor(random() * 4)]!,
      maxRetries: Math.floor(random() * 4),
      retryMissingBars: random() < 0.8,
      enabled: random() < 0.9,
      carryLastPrice: random() < 0.5,
      derivedIntervals: ['5m', '7m', '1h'],
    },
    feed: {
      seed,
      dropRate: share(),
      delayRate: share(),
      delayMinutes: Math.floor(random() * 12),
      reorderRate: share(),
      duplicateRate: share(),
      corruptRate: share(),
      outages: [
        { symbol: null, from: isoText(instant(open + 20 * minute)), to: isoText(instant(open + 27 * minute)) },
        { symbol: 'B', from: isoText(instant(open + 50 * minute)), to: isoText(instant(open + 90 * minute)) },
      ],
    },
    history: { trailingDays: 1, intervals: random() < 0.5 ? ['1m', '1h'] : ['1h'] },
    session: { end: '10:53' },
    replay: { speed: 'max' },
  };
  return { store, changes, feed, sources: sources.slice(0, used) };
}

describe('every fault at once', () => {
  test.each(Array.from({ length: 24 }, (_, i) => i + 1))(
    'shows at each instant what the tape says: seed %i',
    async (seed) => {
      const { store, changes, feed, sources } = await randomTape(seed);
      const plan = await planOf(store, changes);
      const model = new TapeModel(plan, feed, sources);
      let differs = '';
      const instant = ({ view }: Desk): void => {
        for (let symbol = 0; symbol < 3; symbol++)
          for (let interval = 0; interval < 4; interval++) {
            const shown: Bar[] = view.lastBars(symbol, 999, interval);
            const due = model.bars(symbol, interval, view.session, view.slots);
            try {
              deepStrictEqual(shown, due);
            } catch (error) {
              differs ||= `symbol ${symbol}, interval ${interval}, session ${view.session}, slots ${view.slots}: ${String(error)}`;
            }
            deepStrictEqual(view.barCount(symbol, interval), shown.length);
            const latest = view.latestAt(symbol, interval);
            if (shown.length > 0) deepStrictEqual(view.block.slabs[interval]!.close[latest], shown.at(-1)!.close);
          }
      };
      const run = await DrivenRun.open(plan, store, { instant });
      const report = await run.toEnd();
      expect(differs).toBe('');
      expect(run.state).toBe('finished');
      for (let session = 2; session < plan.sessions.length; session++)
        plan.symbols.forEach(({ name }, symbol) => {
          const all = model.bars(symbol, 0, session, 999);
          const of = (...kinds: number[]): number => all.filter(({ provenance }) => kinds.includes(provenance)).length;
          const account = report.sessions[session - plan.firstPlayed]?.symbols[name];
          if (!account) return;
          expect(account).toMatchObject({
            streamed: of(Provenance.streamed),
            filled: of(Provenance.filled, Provenance.repaired),
            missing: account.expected - of(Provenance.streamed, Provenance.filled, Provenance.repaired),
          });
        });
    },
  );

  test.each([1, 2, 3, 4])('has one fingerprint at any speed and in any turns: seed %i', async (seed) => {
    const { store, changes } = await randomTape(seed);
    const play = async (verb: number, speed: number | 'max', budgetMs?: number): Promise<unknown> => {
      const run = await DrivenRun.open(await planOf(store, { ...changes, replay: { speed } }), store);
      run.stepMs = budgetMs === undefined ? 0 : 1;
      const { fingerprint, sessions } = await run.toEnd(verb, budgetMs);
      return [fingerprint, sessions.map(({ digest, symbols, derived, states }) => [digest, symbols, derived, states])];
    };
    const straight = await play(Verb.play, 'max');
    expect(await play(Verb.play, 600)).toEqual(straight);
    expect(await play(Verb.stepBar, 'max')).toEqual(straight);
    expect(await play(Verb.play, 'max', 1)).toEqual(straight);
  });
});
