import { nodeThread } from '../../src/cli/play.ts';
import { playCell } from '../../src/player/play-cell.ts';
import { strategyOfCell } from '../../src/sweep/sweep.ts';
import type { Visits } from './chromium.ts';
import { expectAnswer, type Measure } from './measure.ts';
import { sweepIn, sweepStore } from './sweep-market.ts';

const cells = 1_000;

/** A sweep of a thousand cells over a hundred thousand bars, by one worker and by two; some of them are played in Node first. */
export async function benchSweep({ visit }: Pick<Visits, 'visit'>): Promise<Measure[]> {
  const store = await sweepStore();
  const sweep = await sweepIn(store);
  const stage = { datasets: await store.list(), store, thread: nodeThread };
  const right = new Map<number, string | null>();
  for (const cell of [1, 500, cells])
    right.set(cell, (await playCell(sweep, cell, strategyOfCell(sweep, cell, []), stage)).row.fingerprint);
  const swept = await visit((page) => page.evaluate((count) => window.bench.sweep(count), cells));
  expectAnswer('cells that were played', Object.keys(swept.fingerprints).length, cells);
  for (const [cell, fingerprint] of right)
    expectAnswer(`fingerprint of cell ${cell}`, swept.fingerprints[cell], fingerprint);
  return [
    { name: `sweep of ${cells} cells over ${swept.bars} bars, one worker`, value: swept.one, unit: 'cells/s' },
    { name: 'the same, two workers', value: swept.two, unit: 'cells/s', versus: { 'one worker': swept.one } },
    {
      name: 'the same, efficiency on two cores',
      value: (100 * swept.two) / (2 * swept.one),
      unit: '%',
      limit: { name: 'at least', value: 80 },
    },
  ];
}
