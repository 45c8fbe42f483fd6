import { expect, test } from 'vitest';
import type { PriceColumns } from '../../src/bars/derive.ts';
import { deriveBar } from '../../src/bars/derive.ts';
import { Provenance } from '../../src/bars/provenance.ts';

const { empty, staged, streamed, filled, madeUp, repaired, whole, candidate } = Provenance;

function columns(length: number): PriceColumns {
  const column = (): Float64Array => new Float64Array(length).fill(NaN);
  return { open: column(), high: column(), low: column(), close: column(), volume: column() };
}

type Bar = [open: number, high: number, low: number, close: number, volume: number];

const bars: Bar[] = [
  [10, 12, 9, 11, 100],
  [11, 15, 10, 14, 50],
  [14, 14, 7, 8, 25],
  [8, 9, 8, 9, 5],
];

/** Derives one bar from the bars in these states, which lie among strangers: two symbols, offset by 3 and 2. */
function derive(states: number[], first = 0, end = states.length): { count: number; bar: Bar } {
  const base = columns(12);
  bars.forEach(([open, high, low, close, volume], slot) => {
    base.open[3 + slot] = open;
    base.high[3 + slot] = high;
    base.low[3 + slot] = low;
    base.close[3 + slot] = close;
    base.volume[3 + slot] = volume;
  });
  const stateBytes = new Uint8Array(16).fill(streamed);
  states.forEach((state, slot) => (stateBytes[2 + slot * 3] = state));
  const out = columns(3);
  const count = deriveBar(base, 3, stateBytes, 2, 3, first, end, out, 1);
  for (const column of Object.values(out)) expect([column[0], column[2]]).toEqual([NaN, NaN]);
  return { count, bar: [out.open[1]!, out.high[1]!, out.low[1]!, out.close[1]!, out.volume[1]!] };
}

test('open first, high highest, low lowest, close last, volume summed', () => {
  expect(derive([streamed, streamed, streamed, streamed])).toEqual({ count: 4, bar: [10, 15, 7, 9, 180] });
});

test('bars that were filled, made up or repaired count', () => {
  expect(derive([filled, madeUp, repaired, streamed])).toEqual({ count: 4, bar: [10, 15, 7, 9, 180] });
});

test.each([
  ['empty', empty],
  ['staged', staged],
  ['a candidate', candidate],
  ['the last candidate', 255],
  ['derived', whole],
])('a slot that is %s is left out', (_, state) => {
  expect(derive([state, streamed, streamed, state])).toEqual({ count: 2, bar: [11, 15, 7, 8, 75] });
  expect(derive([streamed, state, state, streamed])).toEqual({ count: 2, bar: [10, 12, 8, 9, 105] });
});

test('only the slots of the bucket count', () => {
  expect(derive([streamed, streamed, streamed, streamed], 1, 3)).toEqual({ count: 2, bar: [11, 15, 7, 8, 75] });
});

test('without a bar nothing is written', () => {
  expect(derive([empty, staged, candidate, empty])).toEqual({ count: 0, bar: [NaN, NaN, NaN, NaN, NaN] });
  expect(derive([streamed], 1, 1).count).toBe(0);
});

test('volumes are added in slot order, to the last bit', () => {
  const base = columns(3);
  for (const column of Object.values(base)) column.set([0.1, 0.2, 0.3]);
  const out = columns(1);
  deriveBar(base, 0, new Uint8Array(3).fill(streamed), 0, 1, 0, 3, out, 0);
  expect(out.volume[0]).toBe(0.1 + 0.2 + 0.3);
  expect(out.volume[0]).not.toBe(0.3 + 0.2 + 0.1);
});
