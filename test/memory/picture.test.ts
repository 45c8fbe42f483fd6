import { describe, expect, test } from 'vitest';
import { Provenance } from '../../src/bars/provenance.ts';
import { MemoryStore } from '../../src/library/memory-store.ts';
import { putCommand, Verb } from '../../src/memory/commands.ts';
import { Word } from '../../src/memory/layout.ts';
import { mostBars } from '../../src/memory/most-bars.ts';
import { takePicture, type Picture, type PictureRequest } from '../../src/memory/picture.ts';
import { Timeline } from '../../src/memory/timeline.ts';
import { View } from '../../src/memory/view.ts';
import type { RunPlan } from '../../src/session/plan.ts';
import { sessionStates } from '../../src/session/state.ts';
import { minute } from '../../src/time/instant.ts';
import { DrivenRun } from '../support/driven-run.ts';
import { planOf, randomWalk, storeDataset } from '../support/synthetic.ts';
import { TapeModel } from '../support/tape-model.ts';
import { keepBars } from '../support/walk.ts';

/** Three sessions of two symbols; the feed has no minutes 3 and 4 of A, and a source has minute 3. */
async function openRun(
  speed: number | 'max' = 'max',
): Promise<{ run: DrivenRun; plan: RunPlan; model: TapeModel; view: View }> {
  const store = new MemoryStore();
  const whole = [randomWalk('2024-11-25', '2024-11-27', 1), randomWalk('2024-11-25', '2024-11-27', 2)];
  const feed = [randomWalk('2024-11-25', '2024-11-27', 1, (_, slot) => slot !== 3 && slot !== 4), whole[1]!];
  const source = [keepBars(whole[0]!, (_, i) => i % 390 !== 4), whole[1]!];
  await storeDataset(store, 'feed', { A: feed[0]!, B: feed[1]! });
  await storeDataset(store, 'source', { A: source[0]!, B: source[1]! });
  const plan = await planOf(store, {
    data: { dataset: 'feed', fillFrom: ['source'], from: '2024-11-26' },
    history: { trailingDays: 1, intervals: ['1m'] },
    upkeep: { maxRetries: 2 },
    replay: { speed },
  });
  const run = await DrivenRun.open(plan, store);
  const view = new View(
    run.block,
    new Timeline(
      plan.sessions,
      plan.intervals.map(({ ms }) => ms),
    ),
  );
  return { run, plan, model: new TapeModel(plan, feed, [source]), view };
}

/** Two symbols over 22 sessions, all of them in memory. */
async function longRun(): Promise<{ plan: RunPlan; view: View }> {
  const store = new MemoryStore();
  const [from, to] = ['2024-10-21', '2024-11-20'];
  await storeDataset(store, 'feed', { A: randomWalk(from, to, 1), B: randomWalk(from, to, 2) });
  const plan = await planOf(store, { history: { trailingDays: 40, intervals: ['1m'] }, data: { from: to } });
  const run = await DrivenRun.open(plan, store);
  await run.toEnd(Verb.stepSession);
  const timeline = new Timeline(
    plan.sessions,
    plan.intervals.map(({ ms }) => ms),
  );
  return { plan, view: new View(run.block, timeline) };
}

const request: PictureRequest = { symbol: 0, interval: 0, logAfter: 0 };

function barRows({ bars }: Picture): unknown[] {
  return Array.from({ length: bars.count }, (_, i) => ({
    start: bars.start[i],
    open: bars.open[i],
    high: bars.high[i],
    low: bars.low[i],
    close: bars.close[i],
    volume: bars.volume[i],
    provenance: bars.provenance[i],
  }));
}

describe('a picture of a run', () => {
  test('before it begins: ready, half an hour before the first open that is played, no bars', async () => {
    const { view, plan } = await openRun();
    const picture = takePicture(view, request)!;
    expect(picture).toMatchObject({ runState: 'ready', session: 0, slots: 0, speed: Infinity, log: [] });
    expect(picture.clock).toBe(plan.sessions[plan.firstPlayed]!.open - 30 * minute);
    expect(picture.nextDueWall).toBeNaN();
    expect(picture.bars.count).toBe(0);
    expect([...picture.open]).toEqual([NaN, NaN]);
  });

  test('in the middle of a session: what is by symbol, the bars with history and provenance, the counts of upkeep', async () => {
    const { run, view, model, plan } = await openRun();
    for (let n = 0; n < 7; n++) await run.command(Verb.stepBar);
    const picture = takePicture(view, request)!;
    expect(picture).toMatchObject({ runState: 'paused', session: 1, slots: 7 });
    expect(sessionStates[picture.sessionState]).toBe('active');
    expect(picture.clock).toBe(plan.sessions[1]!.open + 7 * minute);
    expect([...picture.streamed]).toEqual([5, 7]);
    expect([...picture.filled]).toEqual([1, 0]);
    const { streamed, filled, empty } = Provenance;
    const column = (s: number): number[] => Array.from({ length: 7 }, (_, slot) => picture.states[slot * 2 + s]!);
    expect(column(0)).toEqual([streamed, streamed, streamed, filled, empty, streamed, streamed]);
    expect(column(1)).toEqual(new Array(7).fill(streamed));
    expect(picture.states).toHaveLength(14);
    expect(barRows(picture)).toEqual(model.across(0, 0, 1, 7));
    expect([...picture.bars.session.slice(-7)]).toEqual([0, 1, 1, 1, 1, 1, 1]);
    expect([...picture.bars.slot.slice(-7)]).toEqual([389, 0, 1, 2, 3, 5, 6]);
    const bars = model.bars(0, 0, 1, 7);
    expect(picture.high[0]).toBe(Math.max(...bars.map(({ high }) => high)));
    expect(picture.low[0]).toBe(Math.min(...bars.map(({ low }) => low)));
    expect([picture.open[0], picture.last[0]]).toEqual([bars[0]!.open, bars.at(-1)!.close]);
    expect(picture.volume[0]).toBe(bars.reduce((sum, { volume }) => sum + volume, 0));
    expect(picture.upkeep).toEqual({
      ticks: 7,
      aheadSlots: 383,
      slotMicros: 0,
      journaled: 1,
      fills: 1,
      attempts: 4,
      open: 0,
      givenUp: 1,
    });
    expect(picture.prefetch).toMatchObject({ ahead: 1, hits: 0, misses: 0 });
    expect([...picture.sessionQuality]).toEqual([NaN, NaN, NaN]);
  });

  test('of a derived interval: incomplete bars are marked, the bucket that is open is not there', async () => {
    const { run, view, model } = await openRun();
    for (let n = 0; n < 13; n++) await run.command(Verb.stepBar);
    const picture = takePicture(view, { ...request, interval: 1 })!;
    expect(barRows(picture)).toEqual(model.bars(0, 1, 1, 13));
    expect([...picture.bars.provenance]).toEqual([Provenance.incomplete, Provenance.whole]);
  });

  test('at the end: quality of the sessions that ended, the whole log after a record', async () => {
    const { run, view } = await openRun();
    await run.toEnd();
    const picture = takePicture(view, { ...request, logAfter: 10 })!;
    expect(picture.runState).toBe('finished');
    const quality = (100 * 779) / 780;
    expect([...picture.sessionQuality]).toEqual([NaN, quality, quality]);
    expect(picture.log[0]!.sequence).toBe(11);
    expect(picture.prefetch.hits).toBe(1);
  });

  test('has the latest 8,000 bars at most, and says from where on none is left out', async () => {
    const { view, plan } = await longRun();
    const { bars } = takePicture(view, request)!;
    expect(bars.count).toBe(mostBars);
    expect(bars.start[mostBars - 1]).toBe(plan.sessions.at(-1)!.close - minute);
    expect(bars.since).toEqual({ session: bars.session[0], slot: bars.slot[0] });
  });

  test('has the bars of a window, and so many before it as are asked for, of every charted symbol', async () => {
    const { view } = await longRun();
    const window = { from: { session: 3, slot: 10 }, until: { session: 4, slot: 5 }, before: 20 };
    const picture = takePicture(view, { ...request, beside: [1], window })!;
    expect(picture.beside.map(({ symbol }) => symbol)).toEqual([1]);
    for (const bars of [picture.bars, ...picture.beside]) {
      expect(bars.count).toBe(380 + 5 + 20);
      expect([bars.session[0], bars.slot[0]]).toEqual([2, 380]);
      expect([bars.session[19], bars.slot[19], bars.session[20], bars.slot[20]]).toEqual([3, 9, 3, 10]);
      expect([bars.session.at(-1), bars.slot.at(-1)]).toEqual([4, 4]);
      expect(bars.since).toEqual({ session: 2, slot: 380 });
    }
    expect([...picture.beside[0]!.close]).not.toEqual([...picture.bars.close]);
  });

  test('reaches up to the clock where the window has no end, and back to the oldest session in memory', async () => {
    const { view, plan } = await longRun();
    const last = plan.sessions.length - 1;
    const open = takePicture(view, {
      ...request,
      window: { from: { session: last, slot: 300 }, until: null, before: 0 },
    })!.bars;
    expect([open.count, open.slot[0], open.slot.at(-1)]).toEqual([90, 300, 389]);
    const all = takePicture(view, {
      ...request,
      window: { from: { session: 0, slot: 7 }, until: { session: 1, slot: 0 }, before: 50 },
    })!.bars;
    expect(all.count).toBe(390);
    expect(all.since).toEqual({ session: 0, slot: 0 });
  });

  test('says when the next bar is due while the run is paced, and at what speed', async () => {
    const { run, view, plan } = await openRun(60);
    putCommand(run.block, Verb.play);
    while ((await run.once()) !== 'time');
    const picture = takePicture(view, request)!;
    expect(picture).toMatchObject({ runState: 'playing', speed: 60, slots: 0 });
    expect(picture.nextInstant).toBe(plan.sessions[1]!.open + minute);
    expect(picture.nextDueWall).toBe(run.nowMs + 1_000);
  });

  test.each([
    ['the session rolls', Word.epoch],
    ['metrics change', Word.metricsRevision],
    ['a derived bar is mended', Word.mendRevision],
  ])('there is none while %s', async (_, word) => {
    const { run, view } = await openRun();
    await run.command(Verb.stepBar);
    run.block.words[word]!++;
    expect(takePicture(view, request)).toBeUndefined();
    run.block.words[word]!++;
    expect(takePicture(view, request)).toBeDefined();
  });
});
