import { readFileSync } from 'node:fs';
import { brotliCompressSync, gzipSync } from 'node:zlib';
import { parquetWriteBuffer } from 'hyparquet-writer';
import { describe, expect, it } from 'vitest';
import { previewFile } from '../../src/intake/preview-file.ts';
import { zipArchive } from '../support/zip-archive.ts';
import { walkBars, walkColumns } from './parquet-walk.ts';
import { barsOf, choicesOf, countsOf, csv, decided, file, imported } from './files.ts';

type Column = Parameters<typeof parquetWriteBuffer>[0]['columnData'][number];
type Options = Omit<Parameters<typeof parquetWriteBuffer>[0], 'columnData'>;

const start = Date.UTC(2024, 0, 2, 14, 30);
const count = 12;
const times = Array.from({ length: count }, (_, i) => start + i * 60_000);

const prices: Column[] = [
  { name: 'open', data: times.map((_, i) => 100 + i / 100), type: 'DOUBLE' },
  { name: 'high', data: times.map(() => 200.25), type: 'DOUBLE' },
  { name: 'low', data: times.map(() => 0.1), type: 'DOUBLE' },
  { name: 'close', data: times.map((_, i) => 100.5 + i), type: 'DOUBLE' },
  { name: 'volume', data: times.map((_, i) => BigInt(1_000 * i)), type: 'INT64' },
];
const expected = times.map((time, i) => [
  new Date(time).toISOString().replace('.000Z', 'Z'),
  ...[100 + i / 100, 200.25, 0.1, 100.5 + i, 1_000 * i],
]);

const parquet = (columns: readonly Column[], options: Partial<Options> = {}): Uint8Array =>
  new Uint8Array(parquetWriteBuffer({ columnData: [...columns], ...options }));
const dates: Column = { name: 'timestamp', data: times.map((time) => new Date(time)), type: 'TIMESTAMP' };

describe('a Parquet file', () => {
  it('is read as its columns say, and every row counts once', async () => {
    const result = await imported([file('SPY.parquet', parquet([dates, ...prices]))]);
    expect(result.symbols.map(({ name }) => name)).toEqual(['SPY']);
    expect(barsOf(result)).toEqual(expected);
    expect(countsOf(result.audits[0]!)).toEqual({ records: count, accepted: count });
    expect(decided(result.audits[0]!, 'container')).toBe('Parquet');
    expect(decided(result.audits[0]!, 'delimiter')).toBeUndefined();
  });

  it('has the bars of the CSV of the same values', async () => {
    const text = csv(...expected.map((bar) => bar.join(',')));
    expect(barsOf(await imported([file('SPY.csv', text)]))).toEqual(expected);
  });

  it.each([1, 5, 100])('is read a row group of %d rows at a time', async (rowGroupSize) => {
    const bytes = parquet([dates, ...prices], { rowGroupSize });
    for (const chunks of [[bytes.length], [7], [100, 1]])
      expect(barsOf(await imported([file('SPY.parquet', bytes, chunks)]))).toEqual(expected);
  });

  it.each([
    ['seconds', times.map((time) => BigInt(time / 1_000))],
    ['milliseconds', times.map((time) => BigInt(time))],
    ['microseconds', times.map((time) => BigInt(time) * 1_000n)],
    ['nanoseconds', times.map((time) => BigInt(time) * 1_000_000n)],
  ])('may have times in numbers of %s', async (_, data) => {
    const columns: Column[] = [{ name: 'window_start', data, type: 'INT64' }, ...prices];
    expect(barsOf(await imported([file('SPY.parquet', parquet(columns))]))).toEqual(expected);
  });

  it.each([
    ['MILLIS', 1n],
    ['MICROS', 1_000n],
    ['NANOS', 1_000_000n],
  ] as const)('may have timestamps in %s, as instants or on a wall clock', async (unit, factor) => {
    const column = (isAdjustedToUTC: boolean, shift: bigint) => ({
      columnData: [
        { name: 'timestamp', data: times.map((time) => (BigInt(time) + shift) * factor) },
        ...prices.map(({ name, data }) => ({ name, data })),
      ],
      schema: [
        { name: 'root', num_children: 6 },
        {
          name: 'timestamp',
          type: 'INT64' as const,
          repetition_type: 'REQUIRED' as const,
          logical_type: { type: 'TIMESTAMP' as const, isAdjustedToUTC, unit },
        },
        ...(['open', 'high', 'low', 'close'] as const).map((name) => ({
          name,
          type: 'DOUBLE' as const,
          repetition_type: 'REQUIRED' as const,
        })),
        { name: 'volume', type: 'INT64' as const, repetition_type: 'REQUIRED' as const },
      ],
    });
    const instants = new Uint8Array(parquetWriteBuffer(column(true, 0n)));
    expect(barsOf(await imported([file('SPY.parquet', instants)]))).toEqual(expected);
    const wall = new Uint8Array(parquetWriteBuffer(column(false, -5n * 3_600_000n)));
    const preview = await previewFile(file('SPY.parquet', wall), choicesOf({}));
    expect([decided(preview, 'zone'), preview.needsZone]).toEqual(['America/New_York', true]);
    expect(barsOf(await imported([file('SPY.parquet', wall)]))).toEqual(expected);
  });

  it('may have prices in 32 bits, which are what was meant', async () => {
    const columns = prices.map((column): Column => ({
      ...column,
      ...(column.type === 'DOUBLE' && { type: 'FLOAT' as const, data: Float32Array.from(column.data as number[]) }),
    }));
    const bars = barsOf(await imported([file('SPY.parquet', parquet([dates, ...columns]))]));
    expect(bars).toEqual(expected);
  });

  it('may have symbols in a column, rows without a value, and columns that are left out', async () => {
    const columns: Column[] = [
      { name: 'symbol', data: times.map((_, i) => (i % 2 === 0 ? 'A' : 'B')), type: 'STRING' },
      dates,
      ...prices.slice(0, 3),
      { name: 'close', data: times.map((_, i) => (i === 3 ? null : 100.5 + i)), type: 'DOUBLE' },
      { name: 'volume', data: times.map((_, i) => (i < 2 ? null : i)), type: 'DOUBLE' },
      { name: 'conditions', data: times.map(() => 'a\t"b"\n'), type: 'STRING' },
    ];
    const result = await imported([file('day.parquet', parquet(columns))]);
    const audit = result.audits[0]!;
    expect(result.symbols.map(({ name, columns: { count: bars } }) => [name, bars])).toEqual([
      ['A', 6],
      ['B', 5],
    ]);
    expect(countsOf(audit)).toEqual({ records: count, accepted: 11, rejected: 1 });
    expect([audit.reasons, audit.ignoredColumns]).toEqual([{ 'close is empty': 1 }, ['conditions']]);
    expect(decided(audit, 'empty volume')).toBe('2 records');
  });

  it.each(['zstd', 'lz4', 'lz4-raw'])('may be packed with %s', async (codec) => {
    const bytes = readFileSync(new URL(`parquet-files/${codec}.parquet`, import.meta.url));
    expect(barsOf(await imported([file('SPY.parquet', bytes)]))).toEqual(walkBars());
  });

  it.each([
    ['GZIP', (input: Uint8Array) => gzipSync(input)],
    ['BROTLI', (input: Uint8Array) => brotliCompressSync(input)],
    ['SNAPPY', undefined],
    ['UNCOMPRESSED', undefined],
  ] as const)('may be packed with %s', async (codec, packed) => {
    const options = { codec, ...(packed && { compressors: { [codec]: (input: Uint8Array) => packed(input) } }) };
    const bytes = parquet(walkColumns(), options);
    expect(barsOf(await imported([file('SPY.parquet', bytes)]))).toEqual(walkBars());
  });

  it.each([
    ['INT32', undefined],
    ['INT64', undefined],
    ['FIXED_LEN_BYTE_ARRAY', 7],
    ['BYTE_ARRAY', undefined],
  ] as const)('may have prices as decimals in %s, and rows without one', async (type, length) => {
    // Those that a float64 multiplied by a power of ten would miss.
    const scaled = times.map((_, i) => [29_000n, 30_001n, 1n, 28_999n][i % 4]! + BigInt(i));
    const price = { type, type_length: length, converted_type: 'DECIMAL' as const, scale: 4, precision: 9 };
    const names = ['open', 'high', 'low', 'close'] as const;
    const columns = [
      { name: 'timestamp', data: times.map((time) => BigInt(time)) },
      ...names.map((name) => ({
        name,
        data: scaled.map((value, i) =>
          name === 'open' && i === 5 ? null : value + (name === 'high' ? 5n : name === 'low' ? -1n : 0n),
        ),
      })),
    ];
    const schema = [
      { name: 'root', num_children: 5 },
      { name: 'timestamp', type: 'INT64' as const, repetition_type: 'REQUIRED' as const },
      ...names.map((name) => ({ name, ...price, repetition_type: 'OPTIONAL' as const })),
    ];
    const bytes = new Uint8Array(
      parquetWriteBuffer({ columnData: columns, schema: schema as NonNullable<Options['schema']> }),
    );
    const result = await imported([file('SPY.parquet', bytes)]);
    const text = (value: bigint): number => Number(`${value}e-4`);
    const whole = scaled.flatMap((value, i) => (i === 5 ? [] : [[value, value + 5n, value - 1n, value].map(text)]));
    expect(barsOf(result).map((bar) => bar.slice(1, 5))).toEqual(whole);
    expect(result.audits[0]!.reasons).toEqual({ 'open is empty': 1 });
  });

  it('takes the choices that a text takes', async () => {
    const found = await imported([file('x.parquet', parquet([dates, ...prices]))], {
      symbol: 'SPY',
      stamp: 'end',
      columns: 'time,close,high,low,open,',
    });
    expect(barsOf(found, 'SPY')[0]).toEqual(['2024-01-02T14:29:00Z', 100.5, 200.25, 0.1, 100, 0]);
  });

  it('in a zip archive is read there', async () => {
    const archive = zipArchive([{ path: 'SPY.parquet', content: parquet([dates, ...prices]) }]);
    expect(barsOf(await imported([file('a.zip', archive)]))).toEqual(expected);
  });

  it('that is damaged or packed once more is refused with a reason', async () => {
    const bytes = parquet([dates, ...prices]);
    for (let length = 5; length < bytes.length; length += 97)
      await expect(imported([file('a.parquet', bytes.subarray(0, length))])).rejects.toThrow(
        /^a\.parquet (?:is a Parquet file|has|is not)/,
      );
    await expect(imported([file('a.gz', gzipSync(bytes))])).rejects.toThrow('a.gz is a Parquet file within gzip');
    const few = parquet([dates, { name: 'open', data: times, type: 'DOUBLE' }]);
    await expect(imported([file('a.parquet', few)])).rejects.toThrow('a.parquet has no column for high, low, close');
  });
});
