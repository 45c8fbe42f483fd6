import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readFileSync, readdirSync } from 'node:fs';
import { gzipSync } from 'node:zlib';
import { contentsOf } from '../../src/intake/contents.ts';
import { datasetSha256 } from '../../src/intake/dataset-hash.ts';
import { openText } from '../../src/intake/text-stream.ts';
import { whole } from '../../src/intake/byte-slices.ts';
import { hasSharedData, sharedData } from '../support/shared-data.ts';
import type { ZipFile } from '../support/zip-archive.ts';
import { zipArchive } from '../support/zip-archive.ts';
import { breathe, countsOf, csv, decided, file, imported } from './files.ts';

const bar = (minute: number, day = '07') =>
  `2013-10-${day}T13:${String(minute).padStart(2, '0')}:00Z,1,4,0.5,2,${minute}`;
const day = (number: string) => csv(...Array.from({ length: 30 }, (_, i) => bar(i, number)));
const zip = (...files: ZipFile[]) => file('a.zip', zipArchive(files));

describe('a zip archive', () => {
  it('is read a file at a time, each with its own audit and symbol', async () => {
    const source = zip(
      { path: 'SPY.csv', content: day('07') },
      { path: 'us/GOOG_1m.csv', content: csv(bar(1), 'x'), isStored: true },
    );
    const { symbols, audits, skipped, bars } = await imported([source]);
    expect(symbols.map(({ name, columns }) => [name, columns.count])).toEqual([
      ['GOOG', 1],
      ['SPY', 30],
    ]);
    expect([bars, skipped]).toEqual([31, []]);
    expect(audits.map((audit) => [audit.file, audit.bytes, countsOf(audit)])).toEqual([
      ['a.zip/SPY.csv', day('07').length, { records: 31, accepted: 30, headers: 1 }],
      ['a.zip/us/GOOG_1m.csv', csv(bar(1), 'x').length, { records: 3, accepted: 1, rejected: 1, headers: 1 }],
    ]);
    expect(source.closed).toBe(source.opened);
  });

  it.each([
    ['with sizes in 64 bits', zipArchive([{ path: 'A.csv', content: day('07') }], { isWide: true })],
    ['with a comment', zipArchive([{ path: 'A.csv', content: day('07') }], { comment: 'PK\x05\x06 by a vendor' })],
    [
      'behind other bytes',
      Buffer.concat([
        zipArchive([{ path: 'B.csv', content: 'x' }]),
        zipArchive([{ path: 'A.csv', content: day('07') }]),
      ]),
    ],
    ['of gzip', zipArchive([{ path: 'A.csv.gz', content: gzipSync(day('07')) }])],
    ['of UTF-16', zipArchive([{ path: 'A.csv', content: Buffer.from(`\ufeff${day('07')}`, 'utf16le') }])],
  ])('%s is read', async (_, bytes) => {
    const result = await imported([file('a.zip', bytes)]);
    expect([result.symbols.map(({ name }) => name), result.bars]).toEqual([['A'], 30]);
  });

  it('is known by its bytes, not by its name', async () => {
    expect(
      (await imported([file('A.csv', zipArchive([{ path: 'SPY.csv', content: day('07') }]))])).symbols[0]!.name,
    ).toBe('SPY');
  });

  it('tells what of it is not read, and why', async () => {
    const source = zip(
      { path: 'us/', content: '' },
      { path: 'us/SPY.csv', content: day('07') },
      { path: 'us/SPY.txt', content: 'Gap of 61s found' },
      { path: '__MACOSX/us/._SPY.csv', content: 'x' },
      { path: 'us/.DS_Store', content: 'x' },
      { path: 'us/SPY.csv.CHECKSUM', content: 'x' },
      { path: 'README.txt', content: 'x' },
      { path: 'chart.pdf', content: 'x', isEncrypted: true },
      { path: 'us/EMPTY.csv', content: '' },
    );
    expect((await imported([source])).skipped).toEqual([
      { file: 'a.zip/us/', reason: 'it is a folder' },
      { file: 'a.zip/us/SPY.txt', reason: 'it is beside a CSV of the same name' },
      { file: 'a.zip/__MACOSX/us/._SPY.csv', reason: 'macOS wrote it beside the files' },
      { file: 'a.zip/us/.DS_Store', reason: 'it is hidden' },
      { file: 'a.zip/us/SPY.csv.CHECKSUM', reason: 'it is a checksum' },
      { file: 'a.zip/README.txt', reason: 'it is about the files' },
      { file: 'a.zip/chart.pdf', reason: '.pdf files are not read' },
      { file: 'a.zip/us/EMPTY.csv', reason: 'it is empty' },
    ]);
  });

  const one = zipArchive([{ path: 'A.csv', content: day('07') }]);
  const damaged = Buffer.from(one);
  damaged[120]! ^= 0x55;
  it.each<[string, Buffer, string]>([
    ['without files', zipArchive([]), 'a.zip holds no file to import, it is empty'],
    [
      'of nothing to read',
      zipArchive([{ path: 'x.md', content: 'x' }]),
      'a.zip holds no file to import: x.md (.md files are not read)',
    ],
    [
      'that is a workbook',
      zipArchive([
        { path: '[Content_Types].xml', content: '<Types/>' },
        { path: 'xl/_rels/workbook.xml.rels', content: '<Relationships/>' },
        { path: 'xl/worksheets/sheet1.xml', content: '<worksheet/>' },
      ]),
      'a.zip is a document of an office program; save its sheet as CSV and import that',
    ],
    [
      'with an encrypted file',
      zipArchive([{ path: 'A.csv', content: 'x', isEncrypted: true }]),
      'a.zip has the file A.csv, which is encrypted; unpack it with its password',
    ],
    [
      'packed otherwise',
      zipArchive([{ path: 'A.csv', content: 'x', method: 93 }]),
      'a.zip has the file A.csv, which is packed with zstd; pack it with Deflate',
    ],
    [
      'packed with something unknown',
      zipArchive([{ path: 'A.csv', content: 'x', method: 77 }]),
      'packed with method 77',
    ],
    ['cut short', one.subarray(0, one.length - 1), 'a.zip is a zip archive that is cut short: the list of its files'],
    ['cut short in the middle', one.subarray(0, 200), 'a.zip is a zip archive that is cut short'],
    [
      'that has lost its beginning',
      Buffer.concat([Buffer.from('PK\x03\x04'), one.subarray(60)]),
      'a.zip is a zip archive that is cut short or damaged: its list of files is not where it says',
    ],
    [
      'that is damaged',
      damaged,
      `a.zip/A.csv is damaged in its archive: it does not unpack to ${day('07').length.toLocaleString('en-US')} bytes with the checksum`,
    ],
    [
      'with another checksum',
      zipArchive([{ path: 'A.csv', content: day('07'), crc32: 1 }]),
      'a.zip/A.csv is damaged in its archive',
    ],
    [
      'with another checksum of what is stored',
      zipArchive([{ path: 'A.csv', content: day('07'), crc32: 1, isStored: true }]),
      'a.zip/A.csv is damaged in its archive',
    ],
    [
      'that says less bytes',
      zipArchive([{ path: 'A.csv', content: day('07'), bytes: 100 }]),
      'a.zip/A.csv is damaged in its archive: it does not unpack to 100 bytes',
    ],
    [
      'that says more bytes',
      zipArchive([{ path: 'A.csv', content: day('07'), bytes: 9_999 }]),
      'a.zip/A.csv is damaged in its archive',
    ],
    [
      'in a zip archive',
      zipArchive([{ path: 'b.zip', content: one }]),
      'a.zip/b.zip is a zip archive within another archive; unpack it once',
    ],
    ['in gzip', gzipSync(one), 'a.zip is a zip archive within gzip; unpack it once'],
  ])('%s is refused by name', async (_, bytes, message) => {
    const source = file('a.zip', bytes);
    await expect(imported([source])).rejects.toThrow(message);
    expect(source.closed).toBe(source.opened);
  });

  it('whose files overlap is refused: a small one could unpack to anything', async () => {
    const bytes = zipArchive([
      { path: 'A.csv', content: day('07') },
      { path: 'B.csv', content: day('08') },
    ]);
    const list = bytes.lastIndexOf('PK\x01\x02');
    // The second file is said to be as large as all.
    bytes.writeUInt32LE(list, list + 20);
    await expect(imported([file('a.zip', bytes)])).rejects.toThrow('a.zip is a zip archive whose files overlap');
  });

  it('that unpacks to hundreds of times its size is refused before it fills memory', async () => {
    const [source] = (await contentsOf(zip({ path: 'A.csv', content: new Uint8Array(100_000_000) }))).files;
    let bytes = 0;
    const read = async () => {
      for await (const slice of source!.open()) bytes += slice.length;
    };
    await expect(read()).rejects.toThrow('unpacks to more than 250 times its size');
    expect(bytes).toBeLessThan(80_000_000);
  });

  it('cut anywhere is refused or, where only the archive’s comment is cut, never read in part', async () => {
    const bytes = zipArchive([
      { path: 'A.csv', content: day('07') },
      { path: 'B.csv', content: day('08'), isStored: true },
    ]);
    for (let length = 4; length < bytes.length; length += 37)
      await expect(imported([file('a.zip', bytes.subarray(0, length))])).rejects.toThrow(/^a\.zip/);
  });
});

describe('gzip of several members', () => {
  const members = (...texts: string[]) => Buffer.concat(texts.map((text) => gzipSync(text)));

  it('is read whole, whatever stands where one ends', async () => {
    const text = day('07') + day('08').slice(day('08').indexOf('\n') + 1);
    const cuts = [0, 1, 17, 700, 701, text.length];
    const bytes = members(...cuts.slice(1).map((cut, i) => text.slice(cuts[i], cut)), '');
    for (const chunks of [[65_536], [1], [7, 3]])
      expect(await datasetHash([file('A.csv.gz', bytes, chunks)])).toBe(await datasetHash([file('A.csv', text)]));
  });

  it('takes what only looks like the beginning of a member for what it is', async () => {
    const looks = Buffer.from([0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 3]);
    const text = Buffer.concat([Buffer.from('x'.repeat(100_000)), looks, Buffer.from('y'.repeat(1_000)), looks, looks]);
    const stored = gzipSync(text, { level: 0 });
    expect(stored.includes(looks)).toBe(true);
    const source = file('A.csv.gz', Buffer.concat([members('a'), stored, members('b')]), [5_000]);
    const { slices, close } = await openText(source);
    expect(
      Buffer.compare(Buffer.from(await whole(slices)), Buffer.from(`a${text.toString('latin1')}b`, 'latin1')),
    ).toBe(0);
    await close();
    expect(source.opened).toBe(4);
    expect(source.closed).toBe(source.opened);
  });

  it('with a cut or damaged member is refused', async () => {
    const bytes = members(day('07'), day('08'));
    for (const length of [bytes.length - 1, bytes.length - 200])
      await expect(imported([file('A.csv.gz', bytes.subarray(0, length))])).rejects.toThrow(
        'A.csv.gz has gzip data that is cut short or damaged',
      );
    const damagedFirst = Buffer.from(bytes);
    damagedFirst[100]! ^= 0x55;
    await expect(imported([file('A.csv.gz', damagedFirst)])).rejects.toThrow(
      'A.csv.gz has gzip data that is cut short or damaged',
    );
  });
});

describe('a text in UTF-16', () => {
  const utf16 = (text: string, isBig = false) => {
    const bytes = Buffer.from(text, 'utf16le');
    return isBig ? bytes.swap16() : bytes;
  };

  it.each([
    ['little endian', utf16(`\ufeff${day('07')}`), 'UTF-16 LE', 'byte order mark'],
    ['big endian', utf16(`\ufeff${day('07')}`, true), 'UTF-16 BE', 'byte order mark'],
    ['little endian, without a mark', utf16(day('07')), 'UTF-16 LE', 'without a mark'],
    ['big endian, without a mark', utf16(day('07'), true), 'UTF-16 BE', 'without a mark'],
  ])('%s is read, which is a decision', async (_, bytes, name, reason) => {
    for (const chunks of [[65_536], [1], [3]]) {
      const { audits, bars } = await imported([file('A.csv', bytes, chunks)]);
      expect([bars, decided(audits[0]!, 'encoding')]).toEqual([30, name]);
      expect(audits[0]!.decisions.find((each) => each.name === 'encoding')!.reason).toContain(reason);
      expect(countsOf(audits[0]!)).toEqual({ records: 31, accepted: 30, headers: 1 });
    }
  });

  it('keeps characters of two units whole', async () => {
    const text = `sym,t,o,h,l,c\n${'𝔸é,2013-10-07T13:30Z,1,1,1,1\n'}`;
    expect((await imported([file('A.csv', utf16(`\ufeff${text}`), [1])])).symbols[0]!.name).toBe('𝔸é');
  });

  it('that is cut within a character is refused', async () => {
    const bytes = utf16(`\ufeff${day('07')}`);
    await expect(imported([file('A.csv', bytes.subarray(0, bytes.length - 1))])).rejects.toThrow(
      'A.csv is cut short: it is in UTF-16 LE',
    );
  });

  it('of UTF-8 with a mark is a decision too, and plain UTF-8 is none', async () => {
    expect(decided((await imported([file('A.csv', `\ufeff${day('07')}`)])).audits[0]!, 'encoding')).toBe('UTF-8');
    expect(decided((await imported([file('A.csv', day('07'))])).audits[0]!, 'encoding')).toBeUndefined();
  });
});

it.each<[string, number[], string]>([
  ['zstd', [0x28, 0xb5, 0x2f, 0xfd, 0, 0], 'is compressed with zstd, which browsers cannot unpack'],
  ['bzip2', [0x42, 0x5a, 0x68, 0x39, 0x31, 0x41], 'is compressed with bzip2'],
  ['Parquet', [0x50, 0x41, 0x52, 0x31, 0, 0], 'is a Parquet file that cannot be read'],
])('a file of %s is refused by what it is', async (_, bytes, message) => {
  await expect(imported([file('A.csv', Uint8Array.from(bytes))])).rejects.toThrow(`A.csv ${message}`);
});

it('gives the same bars however the bytes are packed and arrive', async () => {
  const plain = await datasetHash([file('A.csv', day('07')), file('B.csv', day('08'))]);
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.integer({ min: 1, max: 3_000 }), { minLength: 1, maxLength: 5 }),
      fc.boolean(),
      fc.boolean(),
      fc.boolean(),
      async (chunks, isStored, isWide, isSwapped) => {
        const files: ZipFile[] = [
          { path: 'A.csv', content: day('07'), isStored },
          { path: 'B.csv.gz', content: gzipSync(Buffer.from(day('08'), 'utf16le')) },
        ];
        const bytes = zipArchive(isSwapped ? files.reverse() : files, { isWide });
        expect(await datasetHash([file('a.zip', bytes, chunks)])).toBe(plain);
      },
    ),
    { numRuns: 60 },
  );
});

describe.skipIf(!hasSharedData)('the archives of ../shared/data/lean (skipped without it)', () => {
  it.each(hasSharedData ? readdirSync(sharedData('lean')) : [])('%s holds one text of bars', async (name) => {
    const { files, skipped } = await contentsOf(file(name, readFileSync(sharedData(`lean/${name}`)), [1_000]));
    const [, symbol, date] = /minute_([a-z]+)_(\d{8})_/.exec(name)!;
    expect(files.map((each) => each.name)).toEqual([`${name}/${date}_${symbol}_minute_trade.csv`]);
    expect(skipped).toEqual([]);
    const text = new TextDecoder().decode(await whole(files[0]!.open()));
    expect(text.length).toBe(files[0]!.size);
    expect(text.split('\n').every((line) => line === '' || /^\d+(,\d+){5}\r?$/.test(line))).toBe(true);
  });
});

async function datasetHash(files: readonly Parameters<typeof imported>[0][number][]): Promise<string> {
  const { symbols, interval } = await imported(files);
  return datasetSha256(
    symbols.map(({ name, columns }) => ({ name, interval, columns })),
    breathe,
  );
}
