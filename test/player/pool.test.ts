import { expect, test } from 'vitest';
import { playCells, type CellPlayer } from '../../src/player/pool.ts';
import type { SweepRow } from '../../src/sweep/row.ts';

const soon = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

/** A player that takes so many turns for a cell. */
function player(turns: (cell: number) => number): CellPlayer & { readonly played: number[] } {
  const played: number[] = [];
  return {
    played,
    async play(cell) {
      for (let i = 0; i < turns(cell); i++) await soon();
      played.push(cell);
      return { cell } as SweepRow;
    },
  };
}

const cells = Array.from({ length: 20 }, (_, i) => i + 1);

test('every cell is played once, and a slow one holds up nobody else', async () => {
  const players = [player((cell) => (cell === 1 ? 200 : 1)), player(() => 1)];
  const rows: number[] = [];
  await playCells(players, cells, ({ cell }) => void rows.push(cell));
  expect([...rows].sort((a, b) => a - b)).toEqual(cells);
  expect(players[0]!.played).toEqual([1]);
});

test('one that is stopped begins no further cell', async () => {
  const rows: number[] = [];
  await playCells(
    [player(() => 1)],
    cells,
    ({ cell }) => void rows.push(cell),
    () => rows.length === 5,
  );
  expect(rows).toEqual([1, 2, 3, 4, 5]);
});

test('a player that dies ends the work of all', async () => {
  const dying = { play: () => Promise.reject(new Error('out of memory')) };
  const other = player(() => 1);
  await expect(playCells([dying, other], cells, () => undefined)).rejects.toThrow('out of memory');
  await soon();
  expect(other.played.length).toBeLessThan(3);
});
