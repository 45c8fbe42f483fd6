import fc from 'fast-check';
import { expect, it } from 'vitest';
import type { LeftOut } from '../../src/intake/audit.ts';
import type { ConflictRule } from '../../src/intake/choices.ts';
import { entriesOf } from '../../src/intake/entry-pages.ts';
import { Collector } from '../../src/intake/collector.ts';
import { defaultChoices } from '../../src/intake/choices.ts';
import { readFile } from '../../src/intake/read-file.ts';
import { datasetSha256, recordsSha256 } from '../../src/intake/dataset-hash.ts';
import { recordColumns } from '../../src/bars/records.ts';
import { MemoryStore } from '../../src/library/memory-store.ts';
import { StagingArea } from '../../src/library/staging-area.ts';
import { minute } from '../../src/time/instant.ts';
import { breathe, csv, file, imported } from '../intake/files.ts';
import { randomWalk } from '../support/synthetic.ts';

/** A collector that stages its rows whenever it holds so many, and lets go of what it left out. */
function staging(rows: number, rule: ConflictRule = 'last'): Collector {
  const keepLeftOut = () => Promise.resolve();
  return new Collector({ staging: new StagingArea(new MemoryStore(), 'import'), rows, breathe, keepLeftOut }, rule);
}

const day = Date.UTC(2013, 9, 7);
/** Bars of few symbols, times and values, so that they meet in every way. */
const bar = fc
  .tuple(fc.constantFrom('A', 'B', 'Ä'), fc.nat(12), fc.nat(3))
  .map(
    ([symbol, minutes, value]) => `${symbol},${new Date(day + minutes * minute).toISOString()},1,9,1,1,${value / 10}`,
  );
const text = fc
  .array(bar, { minLength: 1, maxLength: 40 })
  .map((lines) => ['symbol,timestamp,open,high,low,close,volume', ...lines, ''].join('\n'));

/** Bars of those lines whose symbol and time no other value has. */
function barsTaken(lines: string): number {
  const values = new Map<string, Set<string>>();
  for (const line of lines.split('\n').filter((each) => each !== '')) {
    const [symbol, time, ...rest] = line.split(',');
    const key = `${symbol} ${time}`;
    values.set(key, (values.get(key) ?? new Set()).add(rest.join()));
  }
  return [...values.values()].filter(({ size }) => size === 1).length;
}

const listed = ({ leftOut }: Collector): LeftOut[] => leftOut.take(true).flatMap((page) => entriesOf<LeftOut>(page));

it('gives the same bars, counts and hash wherever the rows are', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(text, { minLength: 1, maxLength: 6 }),
      fc.integer({ min: 1, max: 60 }),
      fc.constantFrom<ConflictRule>('last', 'first', 'reject'),
      async (texts, rows, conflicts) => {
        const files = texts.map((each, i) => file(`${i}.csv`, each, [100]));
        const together = texts.flatMap((each) => each.split('\n').slice(1)).join('\n');
        fc.pre(conflicts !== 'reject' || barsTaken(together) > 0);
        const [inMemory, inStaging] = [new Collector(null, conflicts), staging(rows, conflicts)];
        const held = await imported(files, {}, inMemory);
        const staged = await imported(files, {}, inStaging);
        expect(staged).toEqual(held);
        const lost = listed(inMemory);
        expect(listed(inStaging)).toEqual(lost);
        expect(lost).toHaveLength(held.audits.reduce((sum, { conflicts: each }) => sum + each, 0));
        const { symbols, interval } = held;
        expect(staged.sha256).toBe(
          await datasetSha256(
            symbols.map(({ name, columns }) => ({ name, interval, columns })),
            breathe,
          ),
        );
      },
    ),
    { numRuns: 200 },
  );
}, 60_000);

it('merges runs of many places, one behind the other and in each other', async () => {
  const walk = randomWalk('2013-01-02', '2013-12-31', 5);
  const lines = Array.from({ length: walk.count }, (_, i) => {
    const values = (['open', 'high', 'low', 'close', 'volume'] as const).map((name) => walk[name][i]!);
    return `${new Date(walk.start[i]!).toISOString()},${values.join()}`;
  });
  const shuffled = [...lines.filter((_, i) => i % 3 === 0), ...lines.filter((_, i) => i % 3 > 0), ...lines.slice(-9)];
  for (const each of [lines, shuffled, lines.toReversed()]) {
    const files = [file('1.csv', csv(...each.slice(0, 50_000))), file('2.csv', csv(...each.slice(50_000)))];
    const held = await imported(files, { symbol: 'A' });
    const staged = await imported(files, { symbol: 'A' }, staging(30_000));
    expect(staged.sha256).toBe(held.sha256);
    expect(staged.audits).toEqual(held.audits);
    expect(staged.bars).toBe(walk.count);
  }
}, 60_000);

it('gives pieces again, each of whole blocks but the last', async () => {
  const collector = staging(10_000);
  const lines = Array.from({ length: 40_000 }, (_, i) => `${new Date(day + i * minute).toISOString()},1,1,1,1,${i}`);
  await readFile(file('A.csv', csv(...lines)), defaultChoices, collector);
  const { symbols } = await collector.finish(breathe);
  for (let time = 0; time < 2; time++) {
    const counts: number[] = [];
    for await (const { count, start, volume } of symbols[0]!.pieces()) {
      expect(start[0]).toBe(day + counts.length * 16_384 * minute);
      expect(volume[count - 1]).toBe(counts.length * 16_384 + count - 1);
      counts.push(count);
    }
    expect(counts).toEqual([16_384, 16_384, 7_232]);
  }
});

it('keeps ticks of one time in their order', async () => {
  const ticks = Array.from({ length: 30_000 }, (_, i) => [day + Math.floor(((i * 7) % 1_000) / 10) * 50, 1 + i / 4, i]);
  const lines = ticks.map(([time, price, size]) => `${new Date(time!).toISOString()},${price},${size}`);
  const collector = staging(9_000);
  await readFile(file('A.csv', ['timestamp,price,size', ...lines, ''].join('\n')), defaultChoices, collector);
  const { symbols, records, sha256 } = await collector.finishRecords('ticks', breathe);
  expect(records).toBe(30_000);
  ticks.sort(([a], [b]) => a! - b!);
  const columns = recordColumns('ticks', records);
  columns.count = records;
  for (const [c, column] of [columns.time, ...columns.values].entries()) column.set(ticks.map((tick) => tick[c]!));
  expect(sha256).toBe(await recordsSha256('ticks', [{ name: 'A', columns }], breathe));
  expect(symbols[0]).toMatchObject({ name: 'A', count: 30_000, from: ticks[0]![0], to: ticks.at(-1)![0] });
});

it('says with the next rows that earlier ones could not be stored', async () => {
  const store = new MemoryStore();
  const area = new StagingArea(store, 'import');
  store.putChunks = () => Promise.reject(new DOMException('no room', 'QuotaExceededError'));
  const rows = {
    count: 8_000,
    columns: Array.from({ length: 7 }, () => Float64Array.from({ length: 8_000 }, (_, i) => i / 7)),
  };
  const keeping = async () => {
    for (let i = 0; i < 20; i++) await area.keep(rows);
  };
  await expect(keeping()).rejects.toThrow('no room');
  await area.settled();
});
