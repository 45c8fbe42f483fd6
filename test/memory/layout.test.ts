import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { Block, createBlock } from '../../src/memory/block.ts';
import { layoutOf, Word, type Shape } from '../../src/memory/layout.ts';

const small: Shape = {
  symbols: 3,
  intervals: [
    { slots: 7, history: 2 },
    { slots: 2, history: 1 },
  ],
  sessions: 4,
  quotes: 5,
  ticks: 3,
};

type TypedView = Int32Array | Float64Array | Uint8Array;

/** Every typed view of a block by its name. */
function viewsOf(block: Block): [string, TypedView][] {
  const isView = (entry: [string, unknown]): entry is [string, TypedView] => ArrayBuffer.isView(entry[1]);
  const slabs = block.slabs.flatMap((ring, i) =>
    Object.entries(ring).map(([name, view]): [string, unknown] => [`${name} of ring ${i}`, view]),
  );
  return [...Object.entries(block), ...slabs].filter(isView);
}

const shapes: fc.Arbitrary<Shape> = fc.record({
  symbols: fc.integer({ min: 1, max: 40 }),
  intervals: fc.array(fc.record({ slots: fc.integer({ min: 1, max: 90 }), history: fc.integer({ min: 0, max: 6 }) }), {
    minLength: 1,
    maxLength: 4,
  }),
  sessions: fc.integer({ min: 1, max: 300 }),
  quotes: fc.integer({ min: 0, max: 70 }),
  ticks: fc.integer({ min: 0, max: 70 }),
  faults: fc.boolean(),
  lateBars: fc.boolean(),
  account: fc.boolean(),
});

test('no two regions overlap, each begins on a cache line of its own, and the last one ends inside the block', () => {
  fc.assert(
    fc.property(shapes, (shape) => {
      const block = createBlock(shape, false);
      const regions = viewsOf(block)
        .filter(([name, view]) => name !== 'logTimes' && view.byteLength > 0)
        .map(([name, { byteOffset, byteLength }]) => ({ name, from: byteOffset, to: byteOffset + byteLength }))
        .sort((a, b) => a.from - b.from);
      for (const [i, { name, from, to }] of regions.entries()) {
        expect(from % 64, name).toBe(0);
        expect(to, `${name} before ${regions[i + 1]?.name}`).toBeLessThanOrEqual(
          regions[i + 1]?.from ?? block.layout.bytes,
        );
      }
    }),
    { numRuns: 60 },
  );
});

test('a view that is written from end to end changes no byte of any other', () => {
  const block = createBlock(small, false);
  const bytes = new Uint8Array(block.buffer);
  for (const [name, view] of viewsOf(block)) {
    bytes.fill(0xa5);
    view.fill(7);
    const { byteOffset, byteLength } = view;
    const before = bytes.subarray(0, byteOffset);
    const after = bytes.subarray(byteOffset + byteLength);
    expect(
      before.every((byte) => byte === 0xa5),
      `bytes before ${name}`,
    ).toBe(true);
    expect(
      after.every((byte) => byte === 0xa5),
      `bytes after ${name}`,
    ).toBe(true);
    expect(
      bytes.subarray(byteOffset, byteOffset + byteLength).some((byte) => byte !== 0xa5),
      name,
    ).toBe(byteLength > 0);
  }
});

test('the header words of the writers share no cache line', () => {
  const lines = { coordinator: [Word.epoch, Word.prefetchMisses], upkeep: [Word.journaled, Word.upkeepBeat] };
  const line = (word: number): number => Math.floor(word / 16);
  expect(line(lines.coordinator[1]!)).toBeLessThan(line(lines.upkeep[0]!));
  expect(line(lines.upkeep[1]!)).toBeLessThan(line(Word.staged));
  expect(line(Word.failed)).toBeLessThan(line(Word.commandHead));
  expect(line(Word.commandHead)).toBeLessThan(line(Word.bells));
});

test('a ring of slabs is as deep as its history, the current session and, for the base, the sessions ahead', () => {
  const { ahead, rings } = layoutOf(small);
  expect(rings.map(({ depth }) => depth)).toEqual([3 + ahead, 2]);
});

test.each([
  [1, 390, 32],
  [100, 390, 4],
  [20, 390, 12],
  [1_000, 1_440, 4],
])('of %i symbols and %i slots, %i sessions may lie ahead', (symbols, slots, ahead) => {
  expect(layoutOf({ ...small, symbols, intervals: [{ slots, history: 0 }] }).ahead).toBe(ahead);
});

test('a hundred symbols of minutes with five trailing days and their derived bars take less than 20 MB', () => {
  const intervals = [
    { slots: 390, history: 5 },
    { slots: 78, history: 5 },
    { slots: 26, history: 0 },
  ];
  expect(layoutOf({ symbols: 100, intervals, sessions: 255, quotes: 64, ticks: 64 }).bytes).toBeLessThan(20e6);
});

describe('a shape that cannot be laid out is refused', () => {
  test.each<[Partial<Shape>, string]>([
    [{ symbols: 0 }, 'symbols was 0; it must be a whole number from 1'],
    [{ symbols: 1.5 }, 'symbols was 1.5; it must be a whole number from 1'],
    [{ sessions: 0 }, 'sessions was 0; it must be a whole number from 1'],
    [{ quotes: -1 }, 'quotes was -1; it must be a whole number from 0'],
    [{ ticks: NaN }, 'ticks was NaN; it must be a whole number from 0'],
    [{ intervals: [] }, 'a layout needs the base interval'],
    [{ intervals: [{ slots: 0, history: 0 }] }, 'slots of a session was 0; it must be a whole number from 1'],
    [{ intervals: [{ slots: 1, history: -1 }] }, 'history was -1; it must be a whole number from 0'],
  ])('%j', (change, message) => {
    expect(() => layoutOf({ ...small, ...change })).toThrow(new RangeError(message));
  });
});

describe('opening a block', () => {
  test('gives views of the same memory', () => {
    const block = createBlock(small, true);
    expect(block.buffer).toBeInstanceOf(SharedArrayBuffer);
    block.slabs[1]!.close[3] = 12.5;
    expect(new Block(block.buffer, small).slabs[1]!.close[3]).toBe(12.5);
  });

  test('refuses a buffer of another size', () => {
    const { bytes } = layoutOf(small);
    expect(() => new Block(new ArrayBuffer(64), small)).toThrow(
      new RangeError(`the block has 64 bytes; its shape needs ${bytes}`),
    );
  });

  test('refuses a buffer that is no block', () => {
    const buffer = new ArrayBuffer(layoutOf(small).bytes);
    expect(() => new Block(buffer, small)).toThrow(new TypeError('the buffer does not hold a block'));
  });

  test('refuses a block of another layout', () => {
    const block = createBlock(small, false);
    block.words[Word.layoutVersion] = 99;
    expect(() => new Block(block.buffer, small)).toThrow(new TypeError('the block has layout 99; this code reads 1'));
  });
});
