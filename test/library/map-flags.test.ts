import { describe, expect, it } from 'vitest';
import { defaultConfig } from '../../src/config/schema.ts';
import { defaultChoices } from '../../src/intake/choices.ts';
import { openMap } from '../../src/library/quality-map.ts';
import { day, minute } from '../../src/time/instant.ts';
import { barsCsv } from '../support/bars-csv.ts';
import { randomWalk } from '../support/synthetic.ts';
import { columnsOf } from '../support/walk.ts';
import { keeping } from './made-bars.ts';
import { openedLibrary } from './opened-library.ts';

const ignore = () => undefined;
const rules = defaultConfig().session;

async function mapOf(files: Record<string, string>) {
  const { store, service } = openedLibrary();
  const chosen = Object.entries(files).map(([path, text]) => ({ path, file: new File([text], path) }));
  const { manifest } = await service.importFiles(chosen, defaultChoices, ignore, rules);
  const map = await openMap(store, manifest.id, keeping().breathe);
  return { map, manifest, overview: await map.under(rules) };
}

/** Two sessions of minutes; in the second one the price of one minute is ten times too high. */
function spiked(seed: number, slot: number): string {
  const bars = randomWalk('2024-11-26', '2024-11-27', seed);
  for (const column of [bars.open, bars.high, bars.low, bars.close]) column[390 + slot]! *= 10;
  return barsCsv(bars);
}

describe('flags on the map', () => {
  it('are in the cell of the bars that they are about, by symbol and over all, and say what they are', async () => {
    const { map, manifest, overview } = await mapOf({ 'A.csv': spiked(1, 7), 'B.csv': spiked(2, 8) });
    expect(manifest.flags).toEqual({ 'price off by a factor': 2 });
    const window = { first: 0, end: 2, target: Int32Array.of(0, 1), targets: 2, from: 570 * minute };
    const cells = (symbol: number | null, columnMs: number, columns: number): number[][] => {
      const { flagged } = map.grid(symbol, { ...window, columnMs, columns });
      return [...flagged].flatMap((count, i) => (count > 0 ? [[Math.floor(i / columns), i % columns, count]] : []));
    };
    expect(cells(0, minute, 390)).toEqual([[1, 7, 1]]);
    expect(cells(1, minute, 390)).toEqual([[1, 8, 1]]);
    expect(cells(null, 30 * minute, 13)).toEqual([[1, 0, 2]]);
    const from = overview.rows[1]!.anchor + 577 * minute;
    const own = await map.flagWords(null, from, from + minute);
    expect(own.total).toBe(1);
    expect(own.words[0]).toMatch(/^A: price off by a factor, .*about 10 × the close before/);
    expect((await map.flagWords(0, from, from + minute)).words[0]).toMatch(/^price off by a factor/);
    expect(await map.flagWords(0, from + minute, from + 2 * minute)).toEqual({ total: 0, words: [] });
  });

  it('of bars of a day are at their dates', async () => {
    const dates = ['2024-11-18', '2024-11-19', '2024-11-20', '2024-11-21', '2024-11-22', '2024-11-25', '2024-11-26'];
    const daily = columnsOf(
      dates.map((date, i) => {
        const price = i === 3 ? 1_000 : 100;
        return [Date.parse(`${date}T00:00:00Z`), price, price + 1, price - 1, price, 5 + i] as const;
      }),
    );
    const { map, overview } = await mapOf({ 'A.csv': barsCsv(daily) });
    expect(overview.rows.map(({ date }) => date)).toEqual(['2024-11-01']);
    const { flagged } = map.grid(0, {
      ...{ first: 0, end: 1, target: Int32Array.of(0), targets: 1 },
      ...{ from: 0, columnMs: day, columns: 31 },
    });
    expect([...flagged].flatMap((count, i) => (count > 0 ? [i + 1] : []))).toEqual([21]);
  });
});
