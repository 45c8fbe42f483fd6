import { expect, test } from 'vitest';
import { Provenance } from '../../src/bars/provenance.ts';
import { sharesOf, tapeBars, tapeCuts, tapeHeight, tapeSteps } from '../../src/studio/chart/strips.ts';

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

test('sessions that miss a bar, some and many differ on the tape by height, and by cuts', () => {
  const oneBar = 100 / (3 * 390);
  const heights = [0, oneBar, 1, 2, 3, 5, 10, 40, 100].map(tapeHeight);
  expect(heights[0]).toBe(1);
  for (let i = 1; i < heights.length - 1; i++) expect(heights[i - 1]! - heights[i]!).toBeGreaterThan(0.04);
  expect(heights.at(-1)).toBeGreaterThan(0.1);
  expect(tapeSteps.map(({ cuts }) => cuts)).toEqual([0, 1, 2, 3, 4]);
});

test('the cuts of a bar lie within it, apart from each other', () => {
  for (let height = 0; height < 40; height += 0.5)
    for (const { cuts } of tapeSteps) {
      const at = tapeCuts(height, cuts);
      expect(at.length).toBeLessThanOrEqual(cuts);
      at.forEach((cut, i) => {
        expect(cut - (at[i - 1] ?? 0)).toBeGreaterThanOrEqual(1);
        expect(cut).toBeLessThan(height);
      });
    }
  expect(tapeCuts(28, 2)).toHaveLength(2);
});

test('a tape with more sessions than pixels has each in one bar, which shows the worst of its sessions', () => {
  const quality = [100, 97, NaN, 100, 80, 99, NaN];
  const early = [true, false, true, true, false, true, true];
  expect(tapeBars({ quality, early }, 1_000).map(({ percent }) => percent)).toEqual(quality);
  expect(tapeBars({ quality, early }, 3)).toEqual([
    { first: 0, next: 2, percent: 97, isEarly: false },
    { first: 2, next: 4, percent: 100, isEarly: true },
    { first: 4, next: 7, percent: 80, isEarly: false },
  ]);
  expect(tapeBars({ quality, early }, 0)).toHaveLength(1);
  expect(tapeBars({ quality: [], early: [] }, 9)).toEqual([]);
});
