import type { parquetWriteBuffer } from 'hyparquet-writer';

type Column = Parameters<typeof parquetWriteBuffer>[0]['columnData'][number];

const rows = 240;
const start = Date.UTC(2024, 0, 2, 14, 30);
const cents = (i: number): number => 10_000 + ((i * 37) % 23) + ((i * i) % 7);

/**
 * Minutes of a made-up price, which the files in `parquet-files` have: written once with the programs zstd 1.5 and lz4 1.9, whose codecs
 * Node 20 has not.
 */
export function walkColumns(): Column[] {
  const each = (value: (i: number) => number): number[] => Array.from({ length: rows }, (_, i) => value(i));
  return [
    { name: 'timestamp', data: each((i) => start + i * 60_000).map((ms) => new Date(ms)), type: 'TIMESTAMP' },
    { name: 'open', data: each((i) => cents(i) / 100), type: 'DOUBLE' },
    { name: 'high', data: each((i) => (cents(i) + 9) / 100), type: 'DOUBLE' },
    { name: 'low', data: each((i) => (cents(i) - 9) / 100), type: 'DOUBLE' },
    { name: 'close', data: each((i) => (cents(i) + 3) / 100), type: 'DOUBLE' },
    { name: 'volume', data: each((i) => 100 * (i % 5)).map(BigInt), type: 'INT64' },
  ];
}

/** The same as an import gives them: start, open, high, low, close, volume. */
export function walkBars(): (string | number)[][] {
  return Array.from({ length: rows }, (_, i) => [
    new Date(start + i * 60_000).toISOString().replace('.000Z', 'Z'),
    ...[cents(i), cents(i) + 9, cents(i) - 9, cents(i) + 3].map((price) => price / 100),
    100 * (i % 5),
  ]);
}
