import { expect, test } from 'vitest';
import type { Manifest } from '../../src/library/manifest.ts';
import type { RunPlan } from '../../src/session/plan.ts';
import { entryOf, firstWithBars, reaches } from '../../src/studio/symbol-span.ts';

const sessions = [0, 100, 200].map((open) => ({ open, close: open + 50 }));
const manifest = {
  id: 'a',
  symbols: [
    { name: 'LATE', from: 210, to: 240 },
    { name: 'EARLY', from: 10, to: 149 },
  ],
} as unknown as Manifest;
const planFrom = (firstPlayed: number): RunPlan =>
  ({ symbols: [0, 1].map((symbol) => ({ dataset: 'a', symbol })), sessions, firstPlayed }) as unknown as RunPlan;

test.each([
  [0, 1],
  [1, 1],
  [2, 0],
])('a run that begins in session %i shows the first symbol that has bars then', (firstPlayed, place) => {
  expect(firstWithBars(planFrom(firstPlayed), [manifest])).toBe(place);
});

test('without its dataset a run shows its first symbol', () => {
  expect(firstWithBars(planFrom(1), [])).toBe(0);
  expect(entryOf(planFrom(1).symbols[0]!, [])).toBeUndefined();
});

test.each([
  [{ from: 50, to: 99 }, false],
  [{ from: 49, to: 49 }, true],
  [{ from: 100, to: 100 }, true],
  [{ from: 20, to: 120 }, true],
])('bars of %j lie in a session from 0 to 50 or 100 to 150: %s', (span, does) => {
  expect(reaches({ name: 'A', bars: 1, chunks: [], ...span } as never, sessions.slice(0, 2) as never)).toBe(does);
});
