import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { RecordKind } from '../../src/bars/records.ts';
import { MemoryStore } from '../../src/library/memory-store.ts';
import { RecordTape } from '../../src/library/record-tape.ts';
import { Stager } from '../../src/library/stage.ts';
import { FlowReader } from '../../src/memory/flow-ring.ts';
import { Word } from '../../src/memory/layout.ts';
import { runStart } from '../../src/session/origin.ts';
import { timelineOf } from '../../src/session/run-timeline.ts';
import { blockFor } from '../../src/session/run-block.ts';
import { calendar } from '../../src/time/calendar.ts';
import { minute } from '../../src/time/instant.ts';
import { planOf } from '../support/synthetic.ts';
import { importText } from '../support/tick-files.ts';

const { open, close } = calendar('XNYS').sessions('2024-12-02', '2024-12-02')[0]!;

interface Line {
  readonly symbol: string;
  readonly time: number;
  readonly value: number;
}

const csv = (head: string, lines: readonly Line[]): string =>
  [head, ...lines.map(({ symbol, time, value }) => `${time},${symbol},${value},${value}`), ''].join('\n');

/** The run of these ticks and quotes, `B` before `A`, and all that its flow gives, by tick, in order. */
async function flowOf(ticks: readonly Line[], quotes: readonly Line[]) {
  const store = new MemoryStore();
  await importText(store, 'T.csv', csv('time,symbol,price,size', ticks));
  await importText(store, 'Q.csv', csv('time,symbol,bid,ask', quotes));
  const plan = await planOf(store, {
    data: {
      streams: ['B', 'A'].flatMap((symbol) => [
        { dataset: 'T', symbol, kind: 'ticks' as const, interval: '1m' },
        { dataset: 'Q', symbol, kind: 'quotes' as const, interval: null },
      ]),
    },
    history: { enabled: false },
  });
  const block = blockFor(plan, false, runStart(plan));
  const stager = await Stager.open(plan, block, store);
  block.words[Word.wantedByCoordinator] = plan.sessions.length;
  const flow = new FlowReader(block);
  const given: [tick: number, symbol: string, kind: RecordKind, time: number, value: number][] = [];
  const outside = new Map<string, number>();
  for (let tick = 0; tick < timelineOf(plan).ticks; tick++) {
    while (!flow.covers(tick)) {
      expect(stager.ready()).toBe(true);
      await stager.stageNext();
    }
    while (flow.next(tick)) {
      const symbol = plan.symbols[flow.symbol]!.name;
      const { kind, record } = flow;
      if (kind === 'outside') outside.set(symbol, record[1]! + record[2]!);
      else given.push([tick, symbol, kind, record[0]!, record[1]!]);
    }
    flow.release();
  }
  expect(stager.done).toBe(true);
  return { plan, given, outside };
}

describe('the flow of quotes and ticks', () => {
  it('is in the order of time; of one time by the plan, quotes before ticks, then by the file', async () => {
    const at = open + 10 * minute;
    const { plan, given } = await flowOf(
      [
        { symbol: 'A', time: at, value: 1 },
        { symbol: 'B', time: at, value: 2 },
        { symbol: 'A', time: at - 1, value: 3 },
        { symbol: 'A', time: at, value: 4 },
      ],
      [
        { symbol: 'A', time: at, value: 5 },
        { symbol: 'B', time: at, value: 6 },
        { symbol: 'B', time: at + 1, value: 7 },
        { symbol: 'A', time: at, value: 8 },
      ],
    );
    expect(plan.records.map(({ symbol, kind }) => `${plan.symbols[symbol]!.name} ${kind}`)).toEqual([
      'B quotes',
      'B ticks',
      'A quotes',
      'A ticks',
    ]);
    expect(given.map(([tick, symbol, kind, , value]) => [tick, symbol, kind, value])).toEqual([
      [9, 'A', 'ticks', 3],
      [9, 'B', 'quotes', 6],
      [9, 'B', 'ticks', 2],
      [9, 'A', 'quotes', 5],
      [9, 'A', 'quotes', 8],
      [9, 'A', 'ticks', 1],
      [9, 'A', 'ticks', 4],
      [10, 'B', 'quotes', 7],
    ]);
  });

  it('gives each record at the end of its slot, one at the open and one at the close too, and counts the others', async () => {
    const line = (symbol: string, time: number): Line => ({ symbol, time, value: 1 });
    const { given, outside } = await flowOf(
      [open - 1, open, open + minute, open + minute + 1, close, close + 1]
        .map((time) => line('A', time))
        .concat(line('B', open + 1)),
      [line('A', open - 5), line('A', close + 5), line('B', close - 1)],
    );
    expect(given.map(([tick, symbol, kind, time]) => [tick, symbol, kind, time - open])).toEqual([
      [0, 'A', 'ticks', 0],
      [0, 'B', 'ticks', 1],
      [0, 'A', 'ticks', minute],
      [1, 'A', 'ticks', minute + 1],
      [389, 'B', 'quotes', close - 1 - open],
      [389, 'A', 'ticks', close - open],
    ]);
    expect([...outside]).toEqual([['A', 4]]);
  });

  it('loses nothing and gives nothing early, however many records there are in a minute', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(
          fc.record({
            symbol: fc.constantFrom('A', 'B'),
            from: fc.integer({ min: -30, max: 400 }),
            step: fc.constantFrom(0, 1, 700, 2_000),
            count: fc.constantFrom(1, 30, 3_000, 12_000),
          }),
          { minLength: 1, maxLength: 5 },
        ),
        async (bursts) => {
          let value = 0;
          const lines = bursts.flatMap(({ symbol, from, step, count }) =>
            Array.from({ length: count }, (_, i) => ({
              symbol,
              time: open + from * minute + i * step,
              value: ++value,
            })),
          );
          const fixed = ['A', 'B'].map((symbol) => ({ symbol, time: open + minute, value: ++value }));
          const all = [...lines, ...fixed];
          const { given } = await flowOf(all, fixed);
          const inside = all.filter(({ time }) => time >= open && time <= close);
          const ticks = given.filter(([, , kind]) => kind === 'ticks');
          for (const [tick, , , time] of ticks) {
            expect(time).toBeLessThanOrEqual(open + (tick + 1) * minute);
            expect(tick === 0 || time > open + tick * minute).toBe(true);
          }
          for (const symbol of ['A', 'B'])
            expect(ticks.filter((each) => each[1] === symbol).map((each) => each[4])).toEqual(
              inside
                .filter((each) => each.symbol === symbol)
                .sort((a, b) => a.time - b.time)
                .map((each) => each.value),
            );
        },
      ),
      { numRuns: 12 },
    );
  }, 60_000);
});

describe('a tape of records', () => {
  it('goes to any time, forth and back, over the borders of chunks', async () => {
    const store = new MemoryStore();
    const lines = Array.from({ length: 20_000 }, (_, i) => ({ symbol: 'A', time: open + i * 1_000, value: i + 1 }));
    const manifest = await importText(store, 'T.csv', csv('time,symbol,price,size', lines));
    const [entry] = manifest.symbols;
    expect(entry!.chunks.length).toBeGreaterThan(2);
    const tape = new RecordTape(store, manifest.id, 0, entry!, 'ticks');
    for (const i of [0, 8_191, 8_192, 5, 19_999, 16_384, 20_000, 1, 0]) {
      await tape.seek(open + i * 1_000 - 500);
      expect(tape.time).toBe(i < 20_000 ? open + i * 1_000 : Infinity);
    }
    await tape.seek(open);
    let read = 0;
    for (; tape.time < Infinity; read++) {
      expect(tape.columns!.values[0]![tape.row]).toBe(read + 1);
      tape.row++;
      if (!tape.filled) await tape.fill();
    }
    expect(read).toBe(20_000);
  });
});
