import { describe, expect, test } from 'vitest';
import { createBlock } from '../../src/memory/block.ts';
import { hasCommand, putCommand, takeCommand, Verb } from '../../src/memory/commands.ts';
import { commandCapacity, logCapacity, type Shape } from '../../src/memory/layout.ts';
import { putLog, readLog } from '../../src/memory/log-ring.ts';
import { LogCode, LogLoop } from '../../src/memory/log.ts';
import { RecordRing } from '../../src/memory/record-ring.ts';

const shape: Shape = { symbols: 3, intervals: [{ slots: 4, history: 0 }], sessions: 1, quotes: 4, ticks: 3 };

describe('records of quotes and ticks', () => {
  const rings = [
    ['quotes', RecordRing.quotes, 5, 4],
    ['ticks', RecordRing.ticks, 3, 3],
  ] as const;

  test.each(rings)('the latest %s of each symbol come back, older ones are gone', (_, open, fields, capacity) => {
    const ring = open(createBlock(shape, false));
    expect([ring.fields, ring.capacity]).toEqual([fields, capacity]);
    const record = (symbol: number, sequence: number): number[] =>
      Array.from({ length: fields }, (_, field) => symbol * 10_000 + sequence * 10 + field);
    const out = new Float64Array(fields);
    for (let sequence = 0; sequence < 11; sequence++) {
      for (let symbol = 0; symbol < 3; symbol++) {
        expect(ring.count(symbol)).toBe(sequence);
        expect(ring.copy(symbol, sequence, out)).toBe(false);
        ring.put(symbol, record(symbol, sequence));
        for (let asked = -1; asked <= sequence + 1; asked++) {
          // The oldest place may be written over at any time, so one record less than the capacity can be had.
          const there = asked >= 0 && asked <= sequence && asked > sequence + 1 - capacity;
          expect(ring.copy(symbol, asked, out), `record ${asked} after ${sequence}`).toBe(there);
          if (there) expect([...out]).toEqual(record(symbol, asked));
        }
      }
    }
  });

  test.each(rings)(
    'the last %s come back together, oldest first, as many as are there',
    (_, open, fields, capacity) => {
      const ring = open(createBlock(shape, false));
      const out = new Float64Array(fields * 10);
      expect([ring.latest(2, out), ring.copyLast(2, 5, out)]).toEqual([false, 0]);
      for (let n = 0; n < 9; n++) {
        ring.put(
          2,
          Array.from({ length: fields }, (__, field) => n * 10 + field),
        );
        for (const asked of [0, 1, 2, 10]) {
          const count = Math.min(asked, n + 1, capacity - 1);
          expect(ring.copyLast(2, asked, out)).toBe(count);
          for (let i = 0; i < count; i++) expect(out[i * fields + 1]).toBe((n - count + 1 + i) * 10 + 1);
        }
        expect(ring.latest(2, out)).toBe(true);
        expect(out[0]).toBe(n * 10);
      }
      ring.clear();
      expect([ring.count(2), ring.latest(2, out)]).toEqual([0, false]);
    },
  );

  test('a symbol without records does not see those of its neighbour', () => {
    const ring = RecordRing.quotes(createBlock(shape, false));
    ring.put(1, [1, 2, 3, 4, 5]);
    expect([0, 1, 2].map((symbol) => ring.count(symbol))).toEqual([0, 1, 0]);
    expect(ring.copy(0, 0, new Float64Array(5))).toBe(false);
  });
});

describe('the log', () => {
  const add = (block: ReturnType<typeof createBlock>, n: number): void =>
    putLog(block, 1_000 * n, LogLoop.upkeep, LogCode.filled, n % 3, n, -n);

  test('comes back as it was written, in order, from a sequence number on', () => {
    const block = createBlock(shape, false);
    expect(readLog(block, 0)).toEqual([]);
    for (let n = 1; n <= 5; n++) add(block, n);
    expect(readLog(block, 3)).toEqual([
      { sequence: 4, at: 4_000, loop: LogLoop.upkeep, code: LogCode.filled, symbol: 1, a: 4, b: -4 },
      { sequence: 5, at: 5_000, loop: LogLoop.upkeep, code: LogCode.filled, symbol: 2, a: 5, b: -5 },
    ]);
    expect(readLog(block, 5)).toEqual([]);
  });

  test('what was overwritten is missing at the front, and nothing else', () => {
    const block = createBlock(shape, false);
    const written = logCapacity + 77;
    for (let n = 1; n <= written; n++) add(block, n);
    const records = readLog(block, 0);
    expect(records).toHaveLength(logCapacity);
    records.forEach(({ sequence, at, a, b }, i) => {
      expect([sequence, at, a, b]).toEqual([78 + i, 1_000 * (78 + i), 78 + i, -(78 + i)]);
    });
  });
});

describe('commands', () => {
  test('come out in the order in which they went in, with their arguments', () => {
    const block = createBlock(shape, false);
    expect(hasCommand(block)).toBe(false);
    putCommand(block, Verb.play);
    putCommand(block, Verb.speed, 60_000);
    expect(hasCommand(block)).toBe(true);
    expect(takeCommand(block)).toEqual({ verb: Verb.play, argument: 0 });
    expect(takeCommand(block)).toEqual({ verb: Verb.speed, argument: 60_000 });
    expect(hasCommand(block)).toBe(false);
  });

  test('a full ring refuses one more, keeps what it has, and takes again when there is room', () => {
    const block = createBlock(shape, false);
    for (let round = 0, next = 0, taken = 0; round < 3; round++) {
      while (putCommand(block, Verb.speed, next)) next++;
      expect(next - taken).toBe(commandCapacity);
      for (const leave = round; next - taken > leave; taken++)
        expect(takeCommand(block)).toEqual({ verb: Verb.speed, argument: taken });
    }
  });
});
