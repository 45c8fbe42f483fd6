import { describe, expect, test } from 'vitest';
import { backBar, backSession, toPlace, toTick, type Played, type Rewind } from '../../src/coordinator/rewind.ts';
import { MemoryStore } from '../../src/library/memory-store.ts';
import { Verb } from '../../src/memory/commands.ts';
import { Word } from '../../src/memory/layout.ts';
import { readLog } from '../../src/memory/log-ring.ts';
import { LogCode } from '../../src/memory/log.ts';
import { takePicture } from '../../src/memory/picture.ts';
import { View } from '../../src/memory/view.ts';
import type { Intervention } from '../../src/session/intervention.ts';
import { runStart } from '../../src/session/origin.ts';
import type { RunPlan } from '../../src/session/plan.ts';
import { timelineOf } from '../../src/session/run-timeline.ts';
import { DrivenRun } from '../support/driven-run.ts';
import { planOf, randomWalk, seeded, storeDataset } from '../support/synthetic.ts';

/** A run of eight short sessions of two symbols with gaps, faults, a fill source, and a few days of history. */
async function shortRun(seed: number): Promise<{ plan: RunPlan; store: MemoryStore }> {
  const random = seeded(seed);
  const pick = (n: number): number => Math.floor(random() * n);
  const store = new MemoryStore();
  const days = ['2024-11-18', '2024-12-03'] as const;
  const share = 0.5 + random() / 2;
  const symbols = (shift: number, has: number) => ({
    A: randomWalk(...days, seed * 10 + shift, () => random() < has),
    B: randomWalk(...days, seed * 10 + shift + 1, () => random() < has),
  });
  await storeDataset(store, 'feed', symbols(0, share));
  await storeDataset(store, 'source', symbols(5, 0.8));
  const plan = await planOf(store, {
    data: { dataset: 'feed', fillFrom: seed % 4 === 0 ? [] : ['source'], from: '2024-11-21' },
    session: { end: '10:10', timeoutSeconds: 300 * (1 + pick(3)) },
    feed: { seed, dropRate: pick(2) * 0.2, delayRate: pick(2) * 0.2, reorderRate: 0.1, duplicateRate: 0.05 },
    upkeep: {
      enabled: seed % 7 !== 0,
      checkIntervalSeconds: [60, 150, 600][pick(3)]!,
      maxRetries: pick(4),
      carryLastPrice: seed % 3 === 0,
    },
    history: { trailingDays: pick(4), enabled: seed % 5 !== 0 },
    replay: { speed: 'max' },
  });
  return { plan, store };
}

/** Everything that can be seen of a run that stands, apart from what measures time. */
async function seen(run: DrivenRun, plan: RunPlan): Promise<unknown> {
  await run.command(Verb.report);
  const view = new View(run.block, timelineOf(plan));
  const pictures = plan.symbols.flatMap((_, symbol) =>
    plan.intervals.map((__, interval) => {
      const { upkeep, prefetch, log, ...rest } = takePicture(view, { symbol, interval, logAfter: 0 })!;
      expect([log.length > 0, prefetch.ahead >= 0]).toEqual([run.place.slots > 0, true]);
      return { ...rest, upkeep: { ...upkeep, aheadSlots: 0, journaled: 0 }, waitedMs: prefetch.waitedMs };
    }),
  );
  const { sessions, fingerprint } = run.coordinator.report();
  // What the fetching of sessions cost is measured, not computed.
  const fetching: readonly number[] = [LogCode.prefetchHit, LogCode.prefetchMiss];
  const { at } = readLog(run.block, 0).findLast((record) => record.code === LogCode.state && record.a === 1) ?? {
    at: 0,
  };
  const log = readLog(run.block, 0)
    .filter((record) => record.at >= at && !fetching.includes(record.code))
    .map((record) => ({ ...record, sequence: 0 }));
  return {
    place: run.place,
    pictures,
    flags: [...run.block.barsUpdated],
    metrics: plan.symbols.map((_, symbol) => view.metrics(symbol)),
    across: plan.symbols.map((_, symbol) => plan.intervals.map((__, i) => view.lastBarsAcross(symbol, 200, i))),
    sessions: sessions.map((session) => ({ ...session, prefetch: '', waitedMs: 0 })),
    fingerprint,
    log,
  };
}

/** Goes back as the page does: a fresh block, and the command that leads there. */
async function goBack(run: DrivenRun, plan: RunPlan, store: MemoryStore, way: (played: Played) => Rewind) {
  await run.command(Verb.report);
  const played = { plan, timeline: timelineOf(plan), report: run.reports.at(-1)!, place: run.place };
  const { from, verb, argument } = way(played);
  const fresh = await DrivenRun.open(plan, store, null, from);
  await fresh.command(verb, argument);
  return fresh;
}

/** A place in a run: after the instant of a tick, at a session's end, or at the start. */
type Stop = { readonly tick: number } | { readonly end: number };

describe('a run that goes forwards and back', () => {
  const walks = 24;
  test.each(Array.from({ length: walks }, (_, i) => i + 1))(
    'is everywhere the straight run: seed %i',
    async (seed) => {
      const { plan, store } = await shortRun(seed);
      const timeline = timelineOf(plan);
      const first = timeline.firstTick(plan.firstPlayed);
      const sessionOf = (stop: Stop): number => ('end' in stop ? stop.end : timeline.sessionOf(stop.tick));
      const straightTo = async (stop: Stop, interventions: readonly Intervention[] = []): Promise<DrivenRun> => {
        const run = await DrivenRun.open(plan, store, null, { ...runStart(plan), interventions });
        await ('end' in stop ? run.command(Verb.runToEnd, stop.end) : run.command(Verb.runTo, stop.tick));
        return run;
      };
      const random = seeded(seed * 77);
      const pick = (n: number): number => Math.floor(random() * n);
      let run = await straightTo({ tick: first });
      let stop: Stop = { tick: first };
      for (let move = 0; move < 12; move++) {
        const tick: number = 'end' in stop ? timeline.firstTick(stop.end + 1) - 1 : stop.tick;
        const session = sessionOf(stop);
        const lastSession = plan.sessions.length - 1;
        const kind = ['stepBar', 'stepSession', 'runTo', 'backBar', 'backSession', 'backTo', 'listen'][pick(7)]!;
        const start: Stop = { tick: -1 };
        if (kind === 'listen') await run.command(Verb.listen, pick(4));
        else if (kind === 'stepBar' && tick + 1 < timeline.ticks) {
          await run.command(Verb.stepBar);
          stop = { tick: Math.max(first, tick + 1) };
        } else if (kind === 'stepSession' && !('end' in stop && stop.end === lastSession)) {
          await run.command(Verb.stepSession);
          stop = { end: 'end' in stop ? session + 1 : Math.max(session, plan.firstPlayed) };
        } else if (kind === 'runTo' && tick + 1 < timeline.ticks) {
          const from = Math.max(first, tick + 1);
          stop = { tick: from + pick(timeline.ticks - from) };
          await run.command(Verb.runTo, stop.tick);
        } else if (kind === 'backBar') {
          run = await goBack(run, plan, store, backBar);
          stop = tick <= first ? start : { tick: tick - 1 };
        } else if (kind === 'backSession') {
          run = await goBack(run, plan, store, backSession);
          stop = session <= plan.firstPlayed ? start : { end: session - 1 };
        } else if (kind === 'backTo' && tick > first) {
          const target = first + pick(tick - first);
          run = await goBack(run, plan, store, (played) => toTick(played, target));
          stop = { tick: target };
        } else continue;
        const visible = await seen(run, plan);
        const straight = await straightTo(stop, run.reports.at(-1)!.interventions);
        expect(visible, `seed ${seed}, move ${move}: ${kind}`).toEqual(await seen(straight, plan));
        if (kind === 'backTo') expect(run.block.words[Word.session]).toBe(sessionOf(stop));
      }
      const report = await run.toEnd();
      const { interventions = [] } = report;
      const whole = await DrivenRun.open(plan, store, null, { ...runStart(plan), interventions });
      expect(report.fingerprint).toBe((await whole.toEnd()).fingerprint);
    },
    30_000,
  );

  test('that is built anew where it is goes on as if nothing had been', async () => {
    const { plan, store } = await shortRun(3);
    const whole = await (await DrivenRun.open(plan, store)).toEnd();
    let run = await DrivenRun.open(plan, store);
    const random = seeded(5);
    const isOver = (): boolean => run.state === 'finished';
    for (let n = 0; n < 30 && !isOver(); n++) {
      await run.command(random() < 0.3 ? Verb.stepSession : Verb.stepBar);
      const before = isOver() ? undefined : await seen(run, plan);
      run = await goBack(run, plan, store, toPlace);
      if (before) expect(await seen(run, plan)).toEqual(before);
    }
    expect((await run.toEnd()).fingerprint).toBe(whole.fingerprint);
  });
});
