import { describe, expect, test } from 'vitest';
import { Provenance } from '../../src/bars/provenance.ts';
import { MemoryStore } from '../../src/library/memory-store.ts';
import { putCommand, Verb } from '../../src/memory/commands.ts';
import { Word } from '../../src/memory/layout.ts';
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
  test('before it begins: ready, half an hour before the open, no bars', async () => {
    const { view, plan } = await openRun();
    const picture = takePicture(view, request)!;
    expect(picture).toMatchObject({ runState: 'ready', session: 0, slots: 0, speed: Infinity, log: [] });
    expect(picture.clock).toBe(plan.sessions[0]!.open - 30 * minute);
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
    expect(picture.upkeep).toEqual({ ticks: 7, aheadSlots: 383, fills: 1, attempts: 4, open: 0, givenUp: 1 });
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

  test('has the latest 4,000 bars at most', async () => {
    const store = new MemoryStore();
    await storeDataset(store, 'feed', { A: randomWalk('2024-11-01', '2024-11-20', 1) });
    const plan = await planOf(store, {
      history: { trailingDays: 20, intervals: ['1m'] },
      data: { from: '2024-11-20' },
    });
    const run = await DrivenRun.open(plan, store);
    await run.toEnd(Verb.stepSession);
    const view = new View(
      run.block,
      new Timeline(
        plan.sessions,
        plan.intervals.map(({ ms }) => ms),
      ),
    );
    const { bars } = takePicture(view, request)!;
    expect(bars.count).toBe(4_000);
    expect(bars.start[3_999]).toBe(plan.sessions.at(-1)!.close - minute);
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
