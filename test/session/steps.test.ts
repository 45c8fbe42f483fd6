import { describe, expect, test } from 'vitest';
import { chainSteps, clearSteps, columnWords, stepBars, stepStates, stepWord } from '../../src/session/steps.ts';
import { seeded } from '../support/synthetic.ts';

const slots = 20;

function someColumns(seed: number): Parameters<typeof columnWords>[0] {
  const random = seeded(seed);
  const column = (): Float64Array => Float64Array.from({ length: slots * 3 }, () => random() * 200);
  return { open: column(), high: column(), low: column(), close: column(), volume: column() };
}

function lanesOf(columns: ReturnType<typeof someColumns>, symbols = [0, 1, 2]): string[] {
  const steps = new Int32Array(slots * 2);
  clearSteps(steps, 0, slots);
  for (const s of symbols) stepBars(columnWords(columns), s * slots, slots, steps, 0);
  return Array.from({ length: slots }, (_, slot) => steps.subarray(slot * 2, slot * 2 + 2).join());
}

describe('the lanes of a slot', () => {
  test('change with any bit of any of its bars, and no other slot does', () => {
    const columns = someColumns(1);
    const usual = lanesOf(columns);
    for (const column of Object.values(columns)) {
      const words = new Int32Array(column.buffer);
      for (let at = 0; at < words.length; at++) {
        words[at]! ^= 1 << (at % 32);
        const changed = lanesOf(columns).flatMap((lanes, slot) => (lanes === usual[slot] ? [] : [slot]));
        words[at]! ^= 1 << (at % 32);
        if (changed.join() !== String((at >> 1) % slots)) expect.fail(`word ${at} changes the slots ${changed.join()}`);
      }
    }
    expect(lanesOf(columns)).toEqual(usual);
  });

  test('change with the order of the symbols, and when two of them exchange a bar', () => {
    const columns = someColumns(2);
    expect(lanesOf(columns, [1, 0, 2])).not.toEqual(lanesOf(columns));
    const usual = lanesOf(columns);
    const { close } = columns;
    [close[3], close[slots + 3]] = [close[slots + 3]!, close[3]!];
    expect(lanesOf(columns).filter((lanes, slot) => lanes !== usual[slot])).toHaveLength(1);
  });

  test.each([1, 2, 3, 4, 5, 7, 8, 100])('change with any state of its row, for rows of %i symbols', (symbols) => {
    const random = seeded(symbols);
    const words = new Int32Array(Math.ceil((symbols * slots + 8) / 4));
    const states = new Uint8Array(words.buffer);
    // What lies before and after the rows does not count.
    const from = 4;
    states.forEach((_, i) => (states[i] = random() * 8));
    const ends = Int32Array.from({ length: slots }, (_, slot) => slot + 1);
    const rowsOf = (): { lanes: string[]; seen: Int32Array } => {
      const steps = new Int32Array(slots * 2);
      const seen = new Int32Array(slots);
      clearSteps(steps, 0, slots);
      stepStates(words, from, symbols, slots, ends, steps, seen);
      return { lanes: Array.from({ length: slots }, (_, i) => steps.subarray(i * 2, i * 2 + 2).join()), seen };
    };
    const usual = rowsOf();
    usual.seen.forEach((seen, row) => {
      const bytes = states.subarray(from + row * symbols, from + (row + 1) * symbols);
      expect((seen & 0xf0f0f0f0) !== 0).toBe(bytes.some((state) => state >= 16));
    });
    for (let at = 0; at < states.length; at++) {
      states[at]! ^= 16;
      const { lanes, seen } = rowsOf();
      states[at]! ^= 16;
      const row = Math.floor((at - from) / symbols);
      const within = row >= 0 && row < slots;
      const changed = lanes.flatMap((each, slot) => (each === usual.lanes[slot] ? [] : [slot]));
      expect(changed, `byte ${at}`).toEqual(within ? [row] : []);
      if (within) expect(seen[row]! & 0x10101010, `byte ${at}`).not.toBe(0);
    }
  });

  test('change with every word that is taken in, and with the order of words', () => {
    const laneOf = (...words: readonly (readonly [number, number])[]): string => {
      const steps = new Int32Array(2);
      clearSteps(steps, 0, 1);
      for (const [first, second] of words) stepWord(first, second, steps, 0);
      return steps.join();
    };
    const all = [
      laneOf(),
      laneOf([0, 0]),
      laneOf([1, 0]),
      laneOf([0, 1]),
      laneOf([1, 0], [0, 1]),
      laneOf([0, 1], [1, 0]),
    ];
    expect(new Set(all).size).toBe(6);
  });
});

test('links follow from all before them: a change shows from its slot on, for ever', () => {
  const random = seeded(5);
  const steps = Int32Array.from({ length: slots * 2 }, () => random() * 4_294_967_296);
  const usual = chainSteps(steps, slots, 7);
  for (let at = 0; at < steps.length; at++) {
    steps[at]! ^= 1 << (at % 32);
    const links = chainSteps(steps, slots, 7);
    steps[at]! ^= 1 << (at % 32);
    for (let slot = 0; slot < slots; slot++) expect(links[slot] === usual[slot], `word ${at}`).toBe(slot < at >> 1);
  }
  expect(chainSteps(steps, slots, 8).some((link, slot) => link === usual[slot])).toBe(false);
});
