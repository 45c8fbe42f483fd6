import { createReadStream, existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { basename } from 'node:path';
import { fileURLToPath } from 'node:url';
import { gunzipSync, inflateRawSync } from 'node:zlib';
import Papa from 'papaparse';
import { describe, expect, it } from 'vitest';
import { datasetSha256 } from '../../src/intake/dataset-hash.ts';
import { barsOf, breathe, file, imported, startsOf, type Imported } from './files.ts';

const folder = fileURLToPath(new URL('../../../shared/data/', import.meta.url));
const onDisk = (path: string) => ({
  name: basename(path),
  size: statSync(folder + path).size,
  open: () => createReadStream(folder + path),
});

const hashOf = ({ symbols, interval }: Imported) =>
  datasetSha256(
    symbols.map((each) => ({ ...each, interval })),
    breathe,
  );

/** The name and the bytes of the one file in a zip, by its local header. */
function onlyMember(zip: Buffer): [string, Uint8Array] {
  const name = zip.subarray(30, 30 + zip.readUInt16LE(26)).toString();
  return [name, inflateRawSync(zip.subarray(30 + zip.readUInt16LE(26) + zip.readUInt16LE(28)))];
}

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

  it.each([
    ['spy', 'plain/SPY.csv'],
    ['goog', 'plain/GOOG.csv'],
    ['shy', 'plain/SHY.csv'],
  ])('the bars of %s in the files of LEAN have the hash of %s', async (symbol, plain) => {
    const zips = readdirSync(`${folder}lean`).filter((name) => name.includes(`_${symbol}_`));
    const members = zips.map((name) => onlyMember(readFileSync(`${folder}lean/${name}`)));
    const fromLean = await imported(members.map(([name, text]) => file(name, text)));
    expect(fromLean.audits.every(({ rejected, conflicts }) => rejected + conflicts === 0)).toBe(true);
    expect(await hashOf(fromLean)).toBe(await hashOf(await imported([onDisk(plain)])));
  });

  // Minute files of Eurex and others, stamped with the end of the bar: the instants are those of the text less a minute or five.
  it.each([
    ['backtrader/2006-01-02-volume-min-001.txt', 30_889, '1m', '2006-01-02T14:00:00Z', '2006-02-28T02:59:00Z'],
    ['backtrader/2006-min-005.txt', 2_142, '5m', '2006-01-02T14:00:00Z', '2006-01-30T22:25:00Z'],
    [
      'histdata/DAT_ASCII_SPXUSD_M1_201803.dst-weekend-excerpt.csv',
      12,
      '1m',
      '2018-03-09T21:13:00Z',
      '2018-03-11T22:05:00Z',
    ],
  ])('%s, by its stamps', async (path, bars, interval, first, last) => {
    const result = await imported([onDisk(path)]);
    const starts = startsOf(result);
    expect([result.bars, result.interval, starts[0], starts.at(-1)]).toEqual([bars, interval, first, last]);
    expect(result.audits[0]!.rejected).toBe(0);
  });
});
