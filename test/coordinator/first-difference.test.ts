import type { Desk } from '../../src/strategy/desk.ts';
import { beforeAll, describe, expect, test } from 'vitest';
import type { BarColumns } from '../../src/bars/columns.ts';
import { playToEnd } from '../../src/cli/play.ts';
import { MemoryStore } from '../../src/library/memory-store.ts';
import { compareRuns, type Parting } from '../../src/session/compare.ts';
import type { RunReport } from '../../src/session/report.ts';
import { calendar } from '../../src/time/calendar.ts';
import { day, minute } from '../../src/time/instant.ts';
import { planOf, randomWalk, seeded, storeDataset } from '../support/synthetic.ts';
import { columnsOf, keepBars, rowsOf, type Row } from '../support/walk.ts';

type Changes = Parameters<typeof planOf>[1];

const days = calendar('XNYS').sessions('2024-11-26', '2024-11-29');
const tapes: Record<string, BarColumns> = Object.fromEntries(
  ['A', 'B', 'C'].map((name, s) => [name, randomWalk('2024-11-26', '2024-11-29', s + 1)]),
);

async function play(feed: Record<string, BarColumns>, changes: Changes = {}, source?: typeof feed): Promise<RunReport> {
  const store = new MemoryStore();
  await storeDataset(store, 'feed', feed);
  if (source) await storeDataset(store, 'source', source);
  const data = { ...changes.data, dataset: 'feed', fillFrom: source ? ['source'] : [] };
  return playToEnd(await planOf(store, { ...changes, data }), store);
}

let straight: RunReport;
beforeAll(async () => {
  straight = await play(tapes);
});

/** A bar of some symbol, by chance. */
function someBar(seed: number): { name: string; index: number; session: number; slot: number } {
  const random = seeded(seed);
  const pick = (n: number): number => Math.floor(random() * n);
  const session = pick(days.length);
  const slot = pick(session === days.length - 1 ? 210 : 390);
  return { name: ['A', 'B', 'C'][pick(3)]!, index: session * 390 + slot, session, slot };
}

/** Where two runs part when they part in that slot. */
function atSlot(session: number, slot: number): Partial<Parting> {
  const { date, open } = days[session]!;
  return {
    kind: 'step',
    date,
    slot,
    at: (open + (slot + 1) * minute) as Parting['at'] & number,
    zone: 'America/New_York',
  };
}

/** The next double above a positive one. */
function nextUp(value: number): number {
  const bits = new BigInt64Array([0n]);
  const floats = new Float64Array(bits.buffer);
  floats[0] = value;
  bits[0]! += 1n;
  return floats[0];
}

function withRow(name: string, index: number, change: (row: Row) => Row): Record<string, BarColumns> {
  const rows = rowsOf(tapes[name]!).map((row, i) => (i === index ? change(row) : row));
  return { ...tapes, [name]: columnsOf(rows) };
}

const seeds = Array.from({ length: 20 }, (_, i) => i + 1);

describe('one change is found in its session and at its slot', () => {
  test.each(seeds)('a number by its last bit: seed %i', async (seed) => {
    const { name, index, session, slot } = someBar(seed);
    // Open, close or volume; the next double above the close is still below the high, or at it.
    const column = [1, 4, 5][seed % 3]!;
    const feed = withRow(name, index, (row) => {
      const [start, open, high, low, close, volume] = row.map((x, i) =>
        i === column ? nextUp(x) : x,
      ) as unknown as Row;
      return [start, open, Math.max(high, open, close), low, close, volume];
    });
    const { same, parting, sessions } = compareRuns(straight, await play(feed));
    expect(same).toBe(false);
    expect(parting, `seed ${seed}`).toMatchObject(atSlot(session, slot));
    expect(sessions.map(({ verdict }) => verdict)).toEqual(
      days.map((_, i) => (i < session ? 'same' : i === session ? 'differs first' : 'after')),
    );
  });

  test.each(seeds)('a bar that is gone: seed %i', async (seed) => {
    const { name, index, session, slot } = someBar(seed + 100);
    const without = { ...tapes, [name]: keepBars(tapes[name]!, (_, i) => i !== index) };
    const { parting } = compareRuns(straight, await play(without));
    expect(parting, `seed ${seed}`).toMatchObject(atSlot(session, slot));
    const { expected } = straight.sessions[session]!.symbols[name]!;
    expect(parting!.figures).toContainEqual({ what: `${name} streamed`, one: expected, other: expected - 1 });
  });

  test.each(seeds)('a fill that comes with a later check: seed %i', async (seed) => {
    const { name, index, session, slot } = someBar(seed + 200);
    const without = { ...tapes, [name]: keepBars(tapes[name]!, (_, i) => i !== index) };
    const checked = (seconds: number): Promise<RunReport> =>
      play(without, { upkeep: { checkIntervalSeconds: seconds } }, tapes);
    const { parting, settings } = compareRuns(await checked(60), await checked(180));
    const last = session === days.length - 1 ? 209 : 389;
    // The check at the end of every third slot finds it at once; so does the one at the last slot.
    if (slot % 3 === 2 || slot === last) expect(parting, `seed ${seed}`).toBeNull();
    else expect(parting, `seed ${seed}`).toMatchObject(atSlot(session, slot));
    expect(settings).toEqual([{ what: 'upkeep.checkIntervalSeconds', one: 60, other: 180, matters: true }]);
  });
});

describe('one setting is found where it first matters', () => {
  test.each<[string, Changes, Partial<Parting>]>([
    [
      'the roll delay, after the first close',
      { session: { rollDelayMinutes: 31 } },
      { kind: 'close', slot: null, at: null },
    ],
    ['an earlier close, at its slot', { session: { end: '15:59' } }, { ...atSlot(0, 388) }],
    ['a later open, at the first slot', { session: { start: '09:31' } }, { ...atSlot(0, 0) }],
    ['another interval, before the first bar', { upkeep: { derivedIntervals: ['5m'] } }, { kind: 'start', slot: null }],
    ['another symbol, before the first bar', { data: { symbols: ['A', 'B'] } }, { kind: 'start', slot: null }],
    ['another first session', { data: { from: '2024-11-27' } }, { kind: 'session', date: '2024-11-26', slot: null }],
    ['another last session', { data: { to: '2024-11-27' } }, { kind: 'session', date: '2024-11-29', slot: null }],
  ])('%s', async (_, changes, where) => {
    const { parting, settings, same } = compareRuns(straight, await play(tapes, changes));
    expect(same).toBe(false);
    expect(parting).toMatchObject(where);
    expect(settings.filter(({ what }) => what !== 'data.fillFrom').every(({ matters }) => matters)).toBe(true);
    expect(settings).toHaveLength(1);
  });

  test.each(seeds.slice(0, 8))(
    'another seed of the faults, where the first bar is lost: seeds %i and the next',
    async (seed) => {
      const played = async (ofFaults: number): Promise<{ report: RunReport; seen: string[] }> => {
        const store = new MemoryStore();
        await storeDataset(store, 'feed', tapes);
        const plan = await planOf(store, { data: { dataset: 'feed' }, feed: { dropRate: 0.002, seed: ofFaults } });
        const seen: string[] = [];
        const instant = ({ view: { session, slots, block } }: Desk): void =>
          void seen.push(`${session} ${slots - 1} ${block.counts.subarray(0, 3).join()}`);
        return { report: await playToEnd(plan, store, undefined, { instant }), seen };
      };
      const [one, other] = [await played(seed), await played(seed + 1)];
      const [session, slot] = one.seen
        .find((counts, i) => counts !== other.seen[i])!
        .split(' ')
        .map(Number);
      expect(compareRuns(one.report, other.report).parting).toMatchObject(atSlot(session!, slot!));
    },
  );
});

test('a run that was stopped is the same as far as it came', () => {
  const stopped = { ...straight, sessions: straight.sessions.slice(0, 2), fingerprint: null };
  const { same, parting, sessions } = compareRuns(straight, stopped);
  expect(same).toBe(false);
  expect(parting).toMatchObject({ kind: 'session', date: '2024-11-29' });
  expect(sessions.map(({ verdict }) => verdict)).toEqual(['same', 'same', 'only in one']);
});

test('other bars are told by symbol, whatever their dataset is called', () => {
  const data = straight.data.map((each, i) => ({
    ...each,
    dataset: 'another',
    sha256: i === 1 ? 'sha256:x' : each.sha256,
  }));
  expect(compareRuns(straight, { ...straight, data }).data).toEqual([
    { what: 'B 1m', one: straight.data[1]!.sha256, other: 'sha256:x' },
  ]);
});

test('a day that is gone from bars of a day is found in its year, at that session’s close', async () => {
  const sessions = calendar('XNYS').sessions('2022-11-01', '2023-03-31');
  const rows = sessions.map(({ date }, i): Row => [Date.parse(date), 100 + i, 102 + i, 99 + i, 101 + i, 1_000]);
  const played = async (bars: BarColumns): Promise<RunReport> => {
    const store = new MemoryStore();
    await storeDataset(store, 'daily', { A: bars }, '1d', day);
    return playToEnd(await planOf(store, { data: { dataset: 'daily' } }), store);
  };
  const gone = sessions.findIndex(({ date }) => date === '2023-02-15');
  const slot = sessions.filter(({ date }) => date.startsWith('2023') && date < '2023-02-15').length;
  const without = rows.filter((_, i) => i !== gone);
  const { parting } = compareRuns(await played(columnsOf(rows)), await played(columnsOf(without)));
  expect(parting).toMatchObject({ kind: 'step', slot, at: sessions[gone]!.close });
});
