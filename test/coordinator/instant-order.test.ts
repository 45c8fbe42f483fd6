import { describe, expect, test } from 'vitest';
import { Provenance } from '../../src/bars/provenance.ts';
import { playToEnd } from '../../src/cli/play.ts';
import { MemoryStore } from '../../src/library/memory-store.ts';
import { Cell, Word } from '../../src/memory/layout.ts';
import type { View } from '../../src/memory/view.ts';
import { sessionStates } from '../../src/session/state.ts';
import { minute } from '../../src/time/instant.ts';
import { planOf, randomWalk, storeDataset } from '../support/synthetic.ts';

const date = '2024-11-29';

interface Seen {
  readonly slots: number;
  readonly clock: number;
  readonly sessionState: string;
  readonly bars: number[];
  readonly derived: number;
  readonly provenance: number | undefined;
  readonly updated: number[];
}

/** Plays an early-close day of A (bars missing at slots 2 and 7; a source has both) and B, and notes each instant. */
async function watch(changes: Parameters<typeof planOf>[1], look?: (view: View) => void): Promise<Seen[]> {
  const store = new MemoryStore();
  const b = randomWalk(date, date, 2);
  await storeDataset(store, 'feed', { A: randomWalk(date, date, 1, (_, slot) => slot !== 2 && slot !== 7), B: b });
  await storeDataset(store, 'source', { A: randomWalk(date, date, 1) });
  const data = { dataset: 'feed', fillFrom: ['source'] };
  const plan = await planOf(store, { ...changes, data, history: { enabled: false }, replay: { speed: 'max' } });
  const seen: Seen[] = [];
  await playToEnd(plan, store, undefined, {
    instant({ view }) {
      const { block, slots } = view;
      look?.(view);
      seen.push({
        slots,
        clock: block.cells[Cell.clock]!,
        sessionState: sessionStates[block.words[Word.sessionState]!]!,
        bars: [view.barCount(0), view.barCount(1)],
        derived: view.barCount(0, 1),
        provenance: view.latestBar(0, 1)?.provenance,
        updated: [...block.barsUpdated],
      });
    },
  });
  return seen;
}

describe('inside an instant', () => {
  test('the strategy is called once, after the bars that end with it, fills and the change of state', async () => {
    const seen = await watch({});
    const open = Date.parse(`${date}T14:30:00Z`);
    expect(seen.map(({ slots }) => slots)).toEqual(Array.from({ length: 210 }, (_, i) => i + 1));
    expect(seen.map(({ clock }) => clock)).toEqual(seen.map((_, i) => open + (i + 1) * minute));
    expect(seen.map(({ bars }) => bars)).toEqual(seen.map((_, i) => [i + 1, i + 1]));
    expect(seen.slice(0, -1).every(({ sessionState }) => sessionState === 'active')).toBe(true);
    expect(seen.at(-1)!.sessionState).toBe('post-market');
  });

  test('a derived bar shows with the last of its base bars, whole where the fill came in the same instant', async () => {
    const seen = await watch({});
    expect(seen.map(({ derived }) => derived)).toEqual(seen.map((_, i) => Math.floor((i + 1) / 5)));
    expect(seen.slice(4).every(({ provenance }) => provenance === Provenance.whole)).toBe(true);
  });

  test('a fill at a later check mends the derived bar that was incomplete, in that very instant', async () => {
    const highs: number[] = [];
    const seen = await watch({ upkeep: { checkIntervalSeconds: 480 } }, (view) =>
      highs.push(view.latestBar(0, 1)?.high ?? 0),
    );
    const { incomplete, whole } = Provenance;
    expect(seen.slice(3, 10).map(({ provenance }) => provenance)).toEqual([
      undefined,
      incomplete,
      incomplete,
      incomplete,
      whole,
      whole,
      whole,
    ]);
    expect(seen.slice(5, 9).map(({ bars }) => bars[0])).toEqual([5, 6, 8, 9]);
    const source = randomWalk(date, date, 1);
    const highOf = (slots: readonly number[]): number => Math.max(...slots.map((slot) => source.high[slot]!));
    expect(highs[4]).toBe(highOf([0, 1, 3, 4]));
    expect(highs[7]).toBe(highOf([0, 1, 2, 3, 4]));
  });

  test('the flag of updated bars tells which symbols the instant brought bars, filled ones too', async () => {
    const seen = await watch({ upkeep: { checkIntervalSeconds: 480 } });
    expect(seen.slice(0, 9).map(({ updated }) => updated[0])).toEqual([1, 1, 0, 1, 1, 1, 1, 1, 1]);
    expect(seen.every(({ updated }) => updated[1] === 1)).toBe(true);
  });

  test('no price that is not past can be had, by whatever method', async () => {
    const source = randomWalk(date, date, 1);
    await watch({ upkeep: { checkIntervalSeconds: 480 } }, (view) => {
      const now = source.start[0]! + view.slots * minute;
      for (const interval of [0, 1, 2])
        for (const bars of [
          view.lastBars(0, 9_999, interval),
          view.lastBarsAcross(0, 9_999, interval),
          view.barsSince(0, 0 as never, interval),
        ])
          for (const { start } of bars.slice(-1))
            if (start + [1, 5, 15][interval]! * minute > now) expect.fail(`${start} at ${now}`);
      for (let slot = view.slots; slot < 210; slot++)
        expect(view.provenance(0, 0, view.session, slot)).toBe(Provenance.empty);
    });
  });
});
