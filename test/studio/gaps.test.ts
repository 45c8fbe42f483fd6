import { describe, expect, test } from 'vitest';
import { Provenance } from '../../src/bars/provenance.ts';
import { defaultConfig } from '../../src/config/schema.ts';
import type { Picture } from '../../src/memory/picture.ts';
import { Timeline } from '../../src/memory/timeline.ts';
import type { RunPlan } from '../../src/session/plan.ts';
import { evidenceWords, foundWords, gapTimes, outcomeWords, storyWords } from '../../src/studio/gap-words.ts';
import { gapNear } from '../../src/studio/gap-near.ts';
import { liveGaps, noteKey, type GapNotes, type GapRow } from '../../src/studio/gaps.ts';
import { aheadOf } from '../../src/studio/open-gap.ts';
import { SlotAxis } from '../../src/studio/chart/slot-axis.ts';
import { minute } from '../../src/time/instant.ts';
import { session } from '../support/market-session.ts';

const { streamed, empty, filled, repaired, madeUp } = Provenance;
const sessions = [session('2013-10-04')];

interface Told {
  readonly upkeep?: Partial<RunPlan['config']['upkeep']>;
  readonly symbols?: readonly string[];
  /** Names of the symbols that each fill source has. */
  readonly sources?: readonly (readonly string[])[];
}

function planOf({ upkeep = {}, symbols = ['SPY'], sources = [['SPY'], ['SPY']] }: Told = {}): RunPlan {
  const config = defaultConfig();
  return {
    config: { ...config, upkeep: { ...config.upkeep, ...upkeep } },
    sessions,
    symbols: symbols.map((name) => ({ name })),
    intervals: [{ text: '1m', ms: minute, historySessions: 0 }],
    firstPlayed: 0,
    zone: 'America/New_York',
    fillSources: sources.map((has, i) => ({
      name: `source ${i}`,
      symbols: symbols.map((name) => (has.includes(name) ? { name } : null)),
    })),
  } as unknown as RunPlan;
}

/** A look at a session of that plan; `states` are by slot, of all symbols. */
function look(plan: RunPlan, states: readonly (readonly number[])[], open = 0): Picture {
  const slots = states.length;
  return {
    session: 0,
    slots,
    states: Uint8Array.from(states.flat()),
    clock: sessions[0]!.open + slots * minute,
    upkeep: { open },
    streamed: new Int32Array(plan.symbols.length),
  } as unknown as Picture;
}

const frame = new Timeline(sessions, [minute]).frame(0);
const axis = new SlotAxis(sessions, minute);
const none: GapNotes = new Map();

function gapsOf(plan: RunPlan, states: readonly (readonly number[])[], notes = none): GapRow[] {
  return liveGaps(look(plan, states), plan, frame, notes);
}

describe('gaps of the session that plays', () => {
  test('neighbours that ended alike are one gap, the latest first, with what upkeep said', () => {
    const notes = new Map([
      [noteKey(0, 3), { source: 1, givenUp: false, late: false }],
      [noteKey(0, 4), { source: 1, givenUp: false, late: false }],
      [noteKey(0, 1), { source: null, givenUp: true, late: false }],
      [noteKey(0, 2), { source: null, givenUp: true, late: false }],
    ]);
    const states = [streamed, empty, empty, filled, filled, streamed, repaired, madeUp, empty].map((each) => [each]);
    const told = gapsOf(planOf(), states, notes).map(({ firstSlot, slots, outcome, source }) => [
      firstSlot,
      slots,
      outcome,
      source,
    ]);
    expect(told).toEqual([
      [8, 1, 'open', -1],
      [7, 1, 'made up', -1],
      [6, 1, 'repaired', -1],
      [3, 2, 'filled', 1],
      [1, 2, 'given up', -1],
    ]);
  });

  test('a gap is found by the first check at or after its end, and looked up at each check until it is given up', () => {
    const plan = planOf({ upkeep: { checkIntervalSeconds: 300, maxRetries: 2 } });
    const states = Array.from({ length: 30 }, (_, slot) => [slot === 6 ? empty : streamed]);
    const at = (slots: number): Partial<GapRow> => gapsOf(plan, states.slice(0, slots))[0]!;
    expect(at(9)).toMatchObject({ foundAtSlot: -1, lookUps: 0 });
    expect(at(10)).toMatchObject({ foundAtSlot: 9, lookUps: 1 });
    expect(at(15)).toMatchObject({ foundAtSlot: 9, lookUps: 2 });
    expect(at(30)).toMatchObject({ foundAtSlot: 9, lookUps: 3 });
    expect(foundWords(at(30) as GapRow, plan, axis)).toBe('09:40');
    expect(at(19)).toMatchObject({ outcome: 'open', lookUps: 2 });
    const givenUp = gapsOf(plan, states, new Map([[noteKey(0, 6), { source: null, givenUp: true, late: false }]]))[0]!;
    expect(givenUp).toMatchObject({ outcome: 'given up', lookUps: 3, endedAtSlot: 19 });
    // The note went by unseen.
    expect(at(20)).toEqual(givenUp);
  });

  test('a bar that came after its time is a gap that has closed', () => {
    const notes = new Map([[noteKey(0, 1), { source: null, givenUp: false, late: true }]]);
    const gaps = gapsOf(planOf(), [[streamed], [streamed], [streamed]], notes);
    expect(gaps).toMatchObject([{ firstSlot: 1, slots: 1, outcome: 'arrived late', source: -1 }]);
  });

  test('nothing is looked up where no source has the symbol', () => {
    const plan = planOf({ symbols: ['SPY', 'GOOG'] });
    const gaps = gapsOf(plan, [
      [empty, empty],
      [streamed, streamed],
    ]);
    expect(gaps.map(({ symbol, lookUps }) => [symbol, lookUps])).toEqual([
      [0, 2],
      [1, 0],
    ]);
  });

  test('the evidence tells a silent feed from a symbol that is missing alone', () => {
    const plan = planOf({ symbols: ['SPY', 'GOOG', 'SHY'] });
    const gaps = gapsOf(plan, [
      [empty, empty, empty],
      [streamed, streamed, streamed],
      [empty, streamed, streamed],
    ]);
    expect(gaps[0]).toMatchObject({ evidence: 'alone', othersAlive: 2 });
    expect(gaps[1]).toMatchObject({ evidence: 'feed silent', othersAlive: 0 });
    expect(evidenceWords(gaps[0]!, plan)).toBe('only this symbol: 2 of 2 others had bars');
    expect(evidenceWords(gaps[1]!, plan)).toMatch(/silent/);
    expect(gapsOf(planOf(), [[empty]])[0]).toMatchObject({ evidence: 'unknown' });
  });

  test('times are on the wall of the market, outcomes name their source', () => {
    const plan = planOf();
    const notes = new Map([[noteKey(0, 1), { source: 1, givenUp: false, late: false }]]);
    const [gap] = gapsOf(plan, [[streamed], [filled]], notes);
    expect(gapTimes(gap!, plan, axis)).toBe('09:31');
    expect(gapTimes({ ...gap!, slots: 3 }, plan, axis)).toBe('09:31–09:33');
    expect(outcomeWords(gap!, plan, 'unknown')).toBe('filled from source 1');
  });
});

describe('a gap that is still looked up', () => {
  const plan = planOf();
  const states = [[streamed], [empty], [streamed]];
  const picture = look(plan, states, 1);
  const [gap] = gapsOf(plan, states);
  const tried = { ...gap!, lookUps: 6 };

  test('it is while the session plays and a source has the symbol', () => {
    expect(aheadOf(gap!, plan, picture, true)).toBe('look-up');
  });

  test.each([
    ['upkeep is off', aheadOf(gap!, planOf({ upkeep: { enabled: false } }), picture, true)],
    ['no source has the symbol', aheadOf(gap!, planOf({ sources: [[]] }), picture, true)],
    ['the run has ended', aheadOf(gap!, plan, picture, false)],
    ['it was given up', aheadOf({ ...gap!, outcome: 'given up' }, plan, picture, true)],
    ['it was tried as often as it may be', aheadOf(tried, plan, picture, true)],
  ])('not when %s', (_, ahead) => {
    expect(ahead).toBe('unknown');
  });

  test('nor when its session has closed, which is known for good', () => {
    expect(aheadOf(gap!, plan, { ...picture, clock: sessions[0]!.close }, true)).toBe('none');
    expect(aheadOf(gap!, plan, { ...picture, clock: sessions[0]!.close }, false)).toBe('none');
  });
});

test('the gap that is pointed at is the nearest within reach, of two as near the earlier one', () => {
  const gap = (firstSlot: number, slots: number): GapRow => ({ firstSlot, slots }) as GapRow;
  const gaps = [gap(10, 3), gap(20, 1), gap(16, 1)];
  expect(gapNear(gaps, 11, 0)).toBe(gaps[0]);
  expect(gapNear(gaps, 13, 0)).toBeUndefined();
  expect(gapNear(gaps, 13, 2)).toBe(gaps[0]);
  expect(gapNear(gaps, 14, 2)).toBe(gaps[0]);
  expect(gapNear(gaps, 18, 2)).toBe(gaps[2]);
  expect(gapNear(gaps, 19, 2)).toBe(gaps[1]);
});

test('the story of a gap in words: where it is, how it was found and looked up, how it ended, on what evidence', () => {
  const plan = planOf({ symbols: ['SPY', 'GOOG'], sources: [['SPY']] });
  const base = { session: 0, symbol: 0, firstSlot: 1, slots: 2, othersAlive: 1, evidence: 'alone' } as const;
  const mended: GapRow = { ...base, foundAtSlot: 2, endedAtSlot: 3, lookUps: 1, outcome: 'filled', source: 0 };
  expect(storyWords(mended, plan, axis, 'none')).toEqual({
    title: 'SPY 09:31–09:32 EDT, 2 bars',
    lines: [
      'Found at 09:33, looked up 1 time',
      'Filled from source 0 at 09:34',
      'Evidence: only this symbol: 1 of 1 other had bars',
    ],
  });
  const open: GapRow = { ...base, foundAtSlot: -1, endedAtSlot: -1, lookUps: 0, outcome: 'open', source: -1 };
  expect(storyWords(open, plan, axis, 'look-up').lines.slice(0, 2)).toEqual([
    'Not found by a check, never looked up',
    'Open, tried again',
  ]);
  const alone = planOf({ symbols: ['SPY', 'GOOG'], sources: [] });
  expect(outcomeWords(open, alone, 'unknown')).toBe('open: no fill source is set');
  expect(outcomeWords(open, plan, 'none')).toBe('open: its session ended first');
  const off = planOf({ symbols: ['SPY', 'GOOG'], upkeep: { enabled: false } });
  expect(outcomeWords(open, off, 'look-up')).toBe('open: upkeep is off');
});
