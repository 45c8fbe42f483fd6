import { createReadStream, existsSync, readFileSync, statSync } from 'node:fs';
import { basename } from 'node:path';
import { fileURLToPath } from 'node:url';
import { gunzipSync } from 'node:zlib';
import Papa from 'papaparse';
import { describe, expect, it } from 'vitest';
import { barsOf, imported } from './files.ts';

const folder = fileURLToPath(new URL('../../../shared/data/', import.meta.url));
const onDisk = (path: string) => ({
  name: basename(path),
  size: statSync(folder + path).size,
  open: () => createReadStream(folder + path),
});

// The files are shared between people and not part of the project; without them there is nothing to read.
describe.skipIf(!existsSync(folder))('files as vendors and others write them (skipped without ../shared/data)', () => {
  it.each([
    ['plain/SPY.csv', 'SPY', 4_839, '1m', 1],
    ['plain/GOOG.csv', 'GOOG', 1_091, '1m', 1],
    ['plain/SHY.csv', 'SHY', 652, '1m', 1],
    ['nautilus/6EH4.XCME_1min_bars_20240101_20240131.csv.gz', '6EH4.XCME', 29_996, '1m', 1],
    ['nautilus/gbpusd-m1-bid-2012.csv', 'gbpusd', 30_117, '1m', 1],
    ['nautilus/ADABTC-1m-2021-11-27.csv', 'ADABTC', 10, '1m', 0],
    ['backtesting.py/GOOG.csv', 'GOOG', 2_148, '1d', 1],
    ['backtrader/2006-min-005.txt', '2006', 2_142, '5m', 1],
  ])('%s', async (path, symbol, bars, interval, headers) => {
    const result = await imported([onDisk(path)]);
    expect(result.symbols.map(({ name }) => name)).toEqual([symbol]);
    expect([result.bars, result.interval]).toEqual([bars, interval]);
    expect(result.audits[0]).toMatchObject({ records: bars + headers, accepted: bars, headers, rejected: 0 });
  });

  it.each(['plain/SPY.csv', 'nautilus/6EH4.XCME_1min_bars_20240101_20240131.csv.gz'])(
    '%s, value by value',
    async (path) => {
      const bytes = readFileSync(folder + path);
      const text = (path.endsWith('.gz') ? gunzipSync(bytes) : bytes).toString();
      const rows = Papa.parse<string[]>(text.trim()).data.slice(1);
      const expected = rows.map(([time, ...values]) => [
        `${time!.slice(0, 10)}T${time!.slice(11, 19)}Z`,
        ...values.map(Number),
      ]);
      expect(barsOf(await imported([onDisk(path)]))).toEqual(expected);
    },
  );

  it('refuses records that do not fit the header', async () => {
    await expect(imported([onDisk('backtrader/2006-01-02-volume-min-001.txt')])).rejects.toThrow(
      '30,889 of 30,889 were refused because more fields than columns',
    );
  });
});
