import type { SweepRow } from '../sweep/row.ts';

/** Whatever plays one cell after the other. */
export interface CellPlayer {
  play(cell: number): Promise<SweepRow>;
}

/**
 * Has cells played by several players, each taking the next one as soon as it is free, so that slow cells hold up nobody else. `onRow` is told
 * of each as it is done, in any order. Rejects with the first player that dies; cells that are not begun then stay so, and also from
 * when `isStopped` says so.
 */
export async function playCells(
  players: readonly CellPlayer[],
  cells: readonly number[],
  onRow: (row: SweepRow) => void | Promise<void>,
  isStopped: () => boolean = () => false,
): Promise<void> {
  let next = 0;
  let isBroken = false;
  const work = async (player: CellPlayer): Promise<void> => {
    while (next < cells.length && !isBroken && !isStopped()) await onRow(await player.play(cells[next++]!));
  };
  await Promise.all(
    players.map((player) =>
      work(player).catch((error: unknown) => {
        isBroken = true;
        throw error;
      }),
    ),
  );
}
