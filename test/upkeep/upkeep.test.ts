import { describe, expect, test } from 'vitest';
import type { BarColumns } from '../../src/bars/columns.ts';
import { Provenance } from '../../src/bars/provenance.ts';
import { Delivery } from '../../src/coordinator/deliver.ts';
import { MemoryStore } from '../../src/library/memory-store.ts';
import { putCommand, Verb } from '../../src/memory/commands.ts';
import { Word } from '../../src/memory/layout.ts';
import { LogCode } from '../../src/memory/log.ts';
import { readLog } from '../../src/memory/log-ring.ts';
import { Timeline } from '../../src/memory/timeline.ts';
import { takePicture } from '../../src/memory/picture.ts';
import { View } from '../../src/memory/view.ts';
import type { RunPlan } from '../../src/session/plan.ts';
import type { RunReport, SymbolReport } from '../../src/session/report.ts';
import { Upkeep } from '../../src/upkeep/upkeep.ts';
import { DrivenRun } from '../support/driven-run.ts';
import { planOf, randomWalk, storeDataset } from '../support/synthetic.ts';

type Changes = Parameters<typeof planOf>[1];

/** An early close: 210 slots. */
const date = '2024-11-29';

const day = (has: (slot: number) => boolean = () => true, seed = 1): BarColumns =>
  randomWalk(date, date, seed, (_, slot) => has(slot));

async function openRun(
  feed: BarColumns,
  sources: readonly BarColumns[],
  changes: Changes = {},
): Promise<{ run: DrivenRun; plan: RunPlan; view: View }> {
  const store = new MemoryStore();
  await storeDataset(store, 'feed', { A: feed });
  for (const [i, source] of sources.entries()) await storeDataset(store, `source ${i}`, { A: source });
  const plan = await planOf(store, {
    history: { enabled: false },
    replay: { speed: 'max' },
    ...changes,
    data: { dataset: 'feed', fillFrom: sources.map((_, i) => `source ${i}`) },
  });
  const run = await DrivenRun.open(plan, store);
  return {
    run,
    plan,
    view: new View(
      run.block,
      new Timeline(
        plan.sessions,
        plan.intervals.map(({ ms }) => ms),
      ),
    ),
  };
}

async function reportOf(
  feed: BarColumns,
  sources: readonly BarColumns[],
  upkeep: Changes['upkeep'] = {},
): Promise<SymbolReport> {
  const { run } = await openRun(feed, sources, { upkeep });
  return (await run.toEnd()).sessions[0]!.symbols.A!;
}

/** Provenance of base slots after each of some numbers of played slots. */
async function provenanceAfter(run: DrivenRun, view: View, counts: readonly number[], slot: number): Promise<number[]> {
  const states: number[] = [];
  for (const count of counts) {
    while (run.slots < count) await run.command(Verb.stepBar);
    view.refresh();
    states.push(view.provenance(0, 0, 0, slot));
  }
  return states;
}

describe('a gap that a source has', () => {
  test('is filled at the first look-up, in the instant in which its bar was due', async () => {
    const { run, view } = await openRun(
      day((slot) => slot !== 40),
      [day()],
    );
    const { empty, filled } = Provenance;
    expect(await provenanceAfter(run, view, [40, 41, 42], 40)).toEqual([empty, filled, filled]);
    const report = await run.toEnd();
    expect(report.sessions[0]!.symbols.A).toMatchObject({
      expected: 210,
      streamed: 209,
      filled: 1,
      missing: 0,
      recoverable: 1,
      fillAttempts: 1,
      quality: 100,
    });
    expect(report.totals.fillRate).toBe(1);
  });

  test('is filled at the next check when checks are seldom', async () => {
    const { run, view } = await openRun(
      day((slot) => slot !== 40),
      [day()],
      { upkeep: { checkIntervalSeconds: 300 } },
    );
    const { empty, filled } = Provenance;
    expect(await provenanceAfter(run, view, [41, 44, 45], 40)).toEqual([empty, empty, filled]);
  });

  test('is filled once: with the values of the source, and no second look-up', async () => {
    const { run, view, plan } = await openRun(
      day((slot) => slot % 3 !== 0),
      [day(() => true, 5)],
    );
    const report = await run.toEnd();
    expect(report.sessions[0]!.symbols.A).toMatchObject({ filled: 70, recoverable: 70, fillAttempts: 70 });
    expect(run.log('filled').map(({ a }) => a)).toEqual(Array.from({ length: 70 }, (_, i) => i * 3));
    view.refresh();
    const source = day(() => true, 5);
    expect(
      view
        .lastBars(0, 210)
        .filter(({ provenance }) => provenance === Provenance.filled)
        .map(({ close }) => close),
    ).toEqual(Array.from({ length: 70 }, (_, i) => source.close[i * 3]!));
    const delivery = new Delivery(run.block);
    delivery.begin(
      0,
      new Timeline(
        plan.sessions,
        plan.intervals.map(({ ms }) => ms),
      ).frame(0),
    );
    expect(() => delivery.fill(0, 3)).toThrow('slot 3 of symbol 0 has no candidate to be filled from');
  });

  test('is filled from the first source that has it', async () => {
    const sources = [day((slot) => slot === 3, 10), day((slot) => slot === 3 || slot === 6, 20), day(() => true, 30)];
    const { run, view } = await openRun(
      day((slot) => slot % 3 !== 0),
      sources,
    );
    await run.toEnd();
    view.refresh();
    const closes = new Map(view.lastBars(0, 210).map(({ start, close }) => [start, close]));
    const closeAt = (slot: number): number => closes.get(sources[2]!.start[slot] as never)!;
    expect([closeAt(3), closeAt(6), closeAt(9)]).toEqual([
      sources[0]!.close[0],
      sources[1]!.close[1],
      sources[2]!.close[9],
    ]);
    expect(
      run
        .log('filled')
        .map(({ b }) => b)
        .slice(0, 4),
    ).toEqual([2, 0, 1, 2]);
  });

  test('does not change what the feed has', async () => {
    const { run, view } = await openRun(day(), [day(() => true, 5)]);
    expect((await run.toEnd()).sessions[0]!.symbols.A).toMatchObject({
      streamed: 210,
      filled: 0,
      fillAttempts: 0,
      recoverable: 0,
    });
    view.refresh();
    expect(view.latestBar(0)!.close).toBe(day().close[209]);
  });

  test('mends the derived bars that it belongs to, and only those', async () => {
    const { run, view } = await openRun(
      day((slot) => slot !== 40),
      [day()],
      {
        upkeep: { checkIntervalSeconds: 3_600, derivedIntervals: ['5m', '15m', '1h'] },
      },
    );
    while (run.slots < 59) await run.command(Verb.stepBar);
    view.refresh();
    const { incomplete, whole } = Provenance;
    expect(view.lastBars(0, 99, 1).map(({ provenance }) => provenance)).toEqual(
      Array.from({ length: 11 }, (_, bucket) => (bucket === 8 ? incomplete : whole)),
    );
    expect(view.lastBars(0, 9, 2).map(({ provenance }) => provenance)).toEqual([whole, whole, incomplete]);
    const revision = run.block.words[Word.mendRevision]!;
    await run.command(Verb.stepBar);
    view.refresh();
    for (const interval of [1, 2, 3])
      for (const { provenance } of view.lastBars(0, 99, interval)) expect(provenance).toBe(whole);
    expect(run.block.words[Word.mendRevision]).toBe(revision + 2);
    const report = await run.toEnd();
    expect(report.sessions[0]!.derived).toEqual({
      '5m': { A: { bars: 42, incomplete: 0 } },
      '15m': { A: { bars: 14, incomplete: 0 } },
      '1h': { A: { bars: 4, incomplete: 0 } },
    });
  });

  test('makes a derived bar that was not there at all', async () => {
    const { run, view } = await openRun(
      day((slot) => slot < 40 || slot > 44),
      [day((slot) => slot === 42)],
      {
        upkeep: { checkIntervalSeconds: 3_600 },
      },
    );
    while (run.slots < 59) await run.command(Verb.stepBar);
    expect(view.barCount(0, 1)).toBe(10);
    await run.command(Verb.stepBar);
    expect(view.barCount(0, 1)).toBe(12);
    const report = await run.toEnd();
    expect(report.sessions[0]!.derived['5m']).toEqual({ A: { bars: 42, incomplete: 1 } });
  });

  test('before the first bar moves the open of the session, after the last one its last price', async () => {
    const { run, view } = await openRun(
      day((slot) => slot > 0 && slot < 209),
      [day()],
      { upkeep: { checkIntervalSeconds: 600 } },
    );
    const whole = day();
    await run.command(Verb.stepBar);
    await run.command(Verb.stepBar);
    expect(view.metrics(0).open).toBe(whole.open[1]);
    const report = await run.toEnd();
    const bars = Array.from({ length: 210 }, (_, i) => i);
    expect(report.sessions[0]!.symbols.A).toMatchObject({
      open: whole.open[0],
      high: Math.max(...bars.map((i) => whole.high[i]!)),
      low: Math.min(...bars.map((i) => whole.low[i]!)),
      close: whole.close[209],
      volume: bars.reduce((sum, i) => sum + whole.volume[i]!, 0),
    });
  });
});

describe('a gap that no source has', () => {
  const gap = day((slot) => slot !== 40);

  test.each([0, 1, 5])(
    'is looked up once and tried again %i times, check by check, then given up',
    async (maxRetries) => {
      const { run } = await openRun(gap, [gap], { upkeep: { maxRetries } });
      while (run.slots < 41 + maxRetries) {
        expect(run.log('gaveUp')).toEqual([]);
        await run.command(Verb.stepBar);
      }
      const [gaveUp] = run.log('gaveUp');
      expect(gaveUp).toMatchObject({ symbol: 0, a: maxRetries + 1, b: 40 });
      const symbol = (await run.toEnd()).sessions[0]!.symbols.A!;
      expect(symbol).toMatchObject({ filled: 0, missing: 1, recoverable: 0, fillAttempts: maxRetries + 1 });
      expect(symbol.quality).toBe((100 * 209) / 210);
      expect([run.block.words[Word.givenUp], run.block.words[Word.openGaps]]).toEqual([1, 0]);
    },
  );

  test('is looked up once when missing bars are not tried again', async () => {
    expect(await reportOf(gap, [gap], { retryMissingBars: false, maxRetries: 5 })).toMatchObject({ fillAttempts: 1 });
  });

  test('is open while it is tried', async () => {
    const { run } = await openRun(gap, [gap], { upkeep: { maxRetries: 100 } });
    while (run.slots < 60) await run.command(Verb.stepBar);
    const { words } = run.block;
    expect([words[Word.openGaps], words[Word.givenUp], words[Word.attempts]]).toEqual([1, 0, 20]);
  });

  test('is found and counted, and not looked up, where there is no source at all', async () => {
    const { run } = await openRun(gap, []);
    const report = await run.toEnd();
    expect(report.sessions[0]!.symbols.A).toMatchObject({ missing: 1, fillAttempts: 0 });
    expect(run.log('missing').map(({ symbol, a, b }) => [symbol, a, b])).toEqual([[0, 1, 40]]);
    expect([run.block.words[Word.openGaps], run.log('gaveUp')]).toEqual([0, []]);
  });

  test('is one line of the log a check and symbol, however long', async () => {
    const { run } = await openRun(
      day((slot) => slot < 30 || slot > 52),
      [],
      { upkeep: { checkIntervalSeconds: 600 } },
    );
    await run.toEnd();
    expect(run.log('missing').map(({ a, b }) => [a, b])).toEqual([
      [10, 30],
      [10, 40],
      [3, 50],
    ]);
  });
});

describe('upkeep that is switched off', () => {
  const changes: Changes = { upkeep: { enabled: false } };

  test('searches, fills and mends nothing; derived bars close all the same', async () => {
    const { run } = await openRun(
      day((slot) => slot !== 40),
      [day()],
      changes,
    );
    const report = await run.toEnd();
    expect(report.sessions[0]!.symbols.A).toMatchObject({ filled: 0, missing: 1, recoverable: 1, fillAttempts: 0 });
    expect(report.sessions[0]!.derived['5m']).toEqual({ A: { bars: 42, incomplete: 1 } });
    expect(report.totals.fillRate).toBe(0);
    const codes = ['missing', 'filled', 'gaveUp'] as const;
    expect(codes.flatMap((code) => run.log(code))).toEqual([]);
    expect(run.block.words[Word.ticks]).toBe(0);
  });

  test('without derived bars there are none', async () => {
    const { run } = await openRun(day(), [], { upkeep: { autoComputeDerived: false } });
    expect((await run.toEnd()).sessions[0]!.derived).toEqual({});
  });
});

describe('how far upkeep runs ahead', () => {
  const [from, to] = ['2024-11-25', '2024-11-29'];
  const feed = randomWalk(from, to, 1, (_, slot) => slot % 7 < 5);
  const sources = [randomWalk(from, to, 1, (_, slot) => slot % 2 === 0)];
  const changes: Changes = { upkeep: { checkIntervalSeconds: 150, maxRetries: 2 } };

  /** Plays with upkeep called as early as it can be: sessions are laid out before anything asks, upkeep after each. */
  async function early(): Promise<{ report: RunReport; ahead: number }> {
    const { run } = await openRun(feed, sources, changes);
    let ahead = 0;
    putCommand(run.block, Verb.play);
    run.stepMs = 1;
    while (run.state !== 'finished') {
      while (!run.stager.done && run.block.words[Word.staged]! <= run.session + 2) await run.stager.stageNext();
      run.upkeep.run();
      const played = run.session * 390 + run.slots;
      ahead = Math.max(ahead, run.block.words[Word.journaled]! - played);
      run.coordinator.run(0);
    }
    return { report: run.coordinator.report(), ahead };
  }

  /** Plays with upkeep called when the coordinator cannot go on without it, one session laid out at a time. */
  async function late(): Promise<RunReport> {
    const { run } = await openRun(feed, sources, { ...changes, prefetch: { enabled: false } });
    return run.toEnd();
  }

  test('changes nothing of what is played', async () => {
    const first = await early();
    const last = await late();
    expect(first.ahead).toBeGreaterThan(390);
    expect(first.report.fingerprint).toBe(last.fingerprint);
    const plain = ({ sessions }: RunReport): unknown =>
      sessions.map(({ symbols, derived, states }) => [symbols, derived, states]);
    expect(plain(first.report)).toEqual(plain(last));
  });

  test('leaves the same log, but for asking for the next session', async () => {
    const logs: unknown[] = [];
    for (const enabled of [true, false]) {
      const { run } = await openRun(feed, sources, { ...changes, prefetch: { enabled } });
      await run.command(Verb.stepSession);
      const records = readLog(run.block, 0).filter(({ code }) => code !== LogCode.askedNext);
      logs.push(records.map((record) => ({ ...record, sequence: 0 })));
    }
    expect(logs[0]).toEqual(logs[1]);
  });

  test('is as far as sessions are laid out', async () => {
    const { run } = await openRun(feed, sources, changes);
    expect(run.upkeep.run()).toBe('session');
    expect(run.block.words[Word.journaled]).toBe(0);
    for (let session = 1; session <= 3; session++) {
      await run.stager.stageNext();
      expect(run.upkeep.run()).toBe('session');
      expect(run.block.words[Word.journaled]).toBe(session * 390);
      expect(run.block.words[Word.wantedByUpkeep]).toBeGreaterThanOrEqual(session + 1);
    }
  });
});

test('with more gaps than it had room for, upkeep still knows each of them', async () => {
  const store = new MemoryStore();
  const names = Array.from({ length: 12 }, (_, s) => `S${s}`);
  await storeDataset(store, 'feed', Object.fromEntries(names.map((name, s) => [name, day((slot) => slot === 0, s)])));
  await storeDataset(store, 'source', { other: day() });
  const plan = await planOf(store, {
    data: { dataset: 'feed', fillFrom: ['source'] },
    upkeep: { maxRetries: 100 },
    history: { enabled: false },
    replay: { speed: 'max' },
  });
  const report = await (await DrivenRun.open(plan, store)).toEnd();
  const lookUps = Array.from({ length: 209 }, (_, i) => Math.min(101, 209 - i)).reduce((sum, n) => sum + n, 0);
  for (const { fillAttempts } of Object.values(report.sessions[0]!.symbols)) expect(fillAttempts).toBe(lookUps);
});

test('given a clock, upkeep says how long a base slot takes it', async () => {
  const { run, plan, view } = await openRun(day(), []);
  let now = 0;
  const timed = new Upkeep(plan, run.block, () => (now += 4.2));
  const slotMicros = (): number => takePicture(view, { symbol: 0, interval: 0, logAfter: 0 })!.upkeep.slotMicros;
  expect(slotMicros()).toBe(0);
  await run.stager.stageNext();
  expect(timed.run()).toBe('nothing');
  expect(slotMicros()).toBe(4_200 / 210);
});
