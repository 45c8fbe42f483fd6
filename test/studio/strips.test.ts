import { expect, test } from 'vitest';
import { Provenance } from '../../src/bars/provenance.ts';
import { sharesOf } from '../../src/studio/chart/strips.ts';

const { streamed, empty, filled, repaired, notExpected } = Provenance;

test('the overview counts, by column, what is missing and what is mended of the bars that are expected', () => {
  const bySlot = [
    [streamed, streamed, empty, streamed],
    [streamed, filled, empty, notExpected],
    [streamed, streamed, streamed, streamed],
    [notExpected, notExpected, notExpected, notExpected],
    [repaired, streamed, streamed, notExpected],
  ];
  const picture = { states: Uint8Array.from(bySlot.flat()), slots: 5, streamed: new Int32Array(4) };
  expect(sharesOf(picture, 5)).toEqual({
    missing: Float64Array.of(1 / 4, 1 / 3, 0, 0, 0),
    mended: Float64Array.of(0, 1 / 3, 0, 0, 1 / 3),
  });
  const halves = sharesOf(picture, 2);
  expect([...halves.missing]).toEqual([2 / 7, 0]);
  expect([...halves.mended]).toEqual([1 / 7, 1 / 7]);
});
