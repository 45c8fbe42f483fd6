import { createHash } from 'node:crypto';
import { sha256 } from '@noble/hashes/sha2.js';
import { expect, it } from 'vitest';
import { barColumns } from '../../src/bars/columns.ts';
import { recordColumns } from '../../src/bars/records.ts';
import { BlockHashes, datasetSha256, recordsSha256, sha256Of } from '../../src/intake/dataset-hash.ts';
import { nativeSha256 } from '../../src/intake/platform.ts';
import { breathe } from './files.ts';

const parts = ['start', 'open', 'high', 'low', 'close', 'volume'] as const;

function symbol(name: string, count: number, interval = '1m') {
  const columns = barColumns(count + 3);
  columns.count = count;
  parts.forEach((part, column) => columns[part].forEach((_, i) => (columns[part][i] = i / 7 + column)));
  return { name, interval, columns };
}

/** The hash by the words of its doc comment, with the library of Node. */
function bySpecification(symbols: ReturnType<typeof symbol>[]): string {
  const hash = createHash('sha256');
  for (const { name, interval, columns } of symbols) {
    hash.update(`${name}\0${interval}\0`, 'utf8');
    const count = Buffer.alloc(8);
    count.writeBigUInt64LE(BigInt(columns.count));
    hash.update(count);
    for (let first = 0; first < columns.count; first += 16_384) {
      const block = createHash('sha256');
      for (let i = first; i < Math.min(first + 16_384, columns.count); i++) {
        const bar = Buffer.alloc(48);
        parts.forEach((part, column) => bar.writeDoubleLE(columns[part][i]! + 0, column * 8));
        block.update(bar);
      }
      hash.update(block.digest());
    }
  }
  return `sha256:${hash.digest('hex')}`;
}

it('is what its comment says, also over more bars than a block', async () => {
  const [a, b, u, lower] = [symbol('A', 40_000), symbol('B', 16_384), symbol('Ä😀', 1), symbol('a', 2)];
  expect(await datasetSha256([u, lower, b, a], breathe)).toBe(bySpecification([a, b, lower, u]));
});

it('has the intervals of one symbol in their order', async () => {
  const [minutes, days] = [symbol('A', 2), symbol('A', 2, '1d')];
  expect(await datasetSha256([days, minutes], breathe)).toBe(bySpecification([days, minutes]));
  expect(await datasetSha256([minutes, days], breathe)).toBe(bySpecification([days, minutes]));
});

it('does not see room behind the bars, or the sign of zero', async () => {
  const [a, b] = [symbol('A', 5), symbol('A', 5)];
  b.columns.volume[7] = 99;
  a.columns.volume[0] = 0;
  b.columns.volume[0] = -0;
  expect(await datasetSha256([a], breathe)).toBe(await datasetSha256([b], breathe));
});

it('sees any value, name, interval and border between symbols', async () => {
  const hashes = new Set([await datasetSha256([symbol('A', 5)], breathe)]);
  for (const part of parts) {
    const changed = symbol('A', 5);
    changed.columns[part][4] = changed.columns[part][4]! + 1e-12;
    hashes.add(await datasetSha256([changed], breathe));
  }
  for (const each of [symbol('B', 5), symbol('A', 4), symbol('A', 5, '2m')])
    hashes.add(await datasetSha256([each], breathe));
  hashes.add(await datasetSha256([symbol('A', 2), symbol('B', 3)], breathe));
  hashes.add(await datasetSha256([symbol('A', 3), symbol('B', 2)], breathe));
  expect(hashes.size).toBe(12);
});

it('lets the host breathe between blocks', async () => {
  let breaths = 0;
  await datasetSha256([symbol('A', 3 * 16_384)], async () => void breaths++);
  expect(breaths).toBe(3);
});

it('is the same with the SHA-256 of the platform and with our own', async () => {
  const symbols = [symbol('A', 20_000), symbol('B', 3)];
  const native = nativeSha256();
  expect(native).toBeDefined();
  expect(await datasetSha256(symbols, breathe, sha256)).toBe(await datasetSha256(symbols, breathe, native));
});

it('of quotes and ticks has their kind in place of the interval, and their columns', async () => {
  for (const kind of ['quotes', 'ticks'] as const) {
    const columns = recordColumns(kind, 20_001);
    columns.count = 20_000;
    [columns.time, ...columns.values].forEach((column, k) => column.forEach((_, i) => (column[i] = i / 7 + k)));
    const hash = createHash('sha256').update(`A\0${kind}\0`);
    const count = Buffer.alloc(8);
    count.writeBigUInt64LE(20_000n);
    hash.update(count);
    for (const [first, end] of [
      [0, 16_384],
      [16_384, 20_000],
    ] as const) {
      const block = createHash('sha256');
      for (let i = first; i < end; i++)
        for (const column of [columns.time, ...columns.values]) {
          const value = Buffer.alloc(8);
          value.writeDoubleLE(column[i]!);
          block.update(value);
        }
      hash.update(block.digest());
    }
    expect(await recordsSha256(kind, [{ name: 'A', columns }], breathe)).toBe(`sha256:${hash.digest('hex')}`);
  }
});

it('is the same of pieces of whole blocks, and refuses a piece that begins within one', async () => {
  const whole = symbol('A', 40_000);
  const blocks = new BlockHashes();
  for (const [from, end] of [
    [0, 32_768],
    [32_768, 40_000],
  ] as const) {
    const piece = barColumns(end - from);
    for (const part of parts) piece[part].set(whole.columns[part].subarray(from, end));
    piece.count = end - from;
    await blocks.addBars(piece, breathe);
  }
  expect(sha256Of([{ name: 'A', what: '1m', blocks }])).toBe(await datasetSha256([whole], breathe));
  await expect(blocks.addBars(whole.columns, breathe)).rejects.toThrow('within a block');
});
