import { parquetMetadata, parquetReadObjects } from 'hyparquet';
import { beforeEach, describe, expect, it } from 'vitest';
import { defaultChoices } from '../../src/intake/choices.ts';
import { exportBlob, type ExportFormat } from '../../src/library/export-dataset.ts';
import { fileSource } from '../../src/library/file-source.ts';
import { importFiles } from '../../src/library/import.ts';
import { keepSample } from '../../src/library/keep-sample.ts';
import type { Manifest } from '../../src/library/manifest.ts';
import { MemoryStore } from '../../src/library/memory-store.ts';
import { minute } from '../../src/time/instant.ts';
import { bar, keeping, store, stored, type Row } from './made-bars.ts';

const monday = Date.UTC(2024, 10, 25, 14, 30);

describe('an export', { timeout: 60_000 }, () => {
  let library: MemoryStore;
  beforeEach(() => void (library = new MemoryStore()));

  const exported = (manifest: Manifest, format: ExportFormat) => exportBlob(manifest, format, library, keeping());

  async function imported(file: Blob, name: string): Promise<Manifest> {
    const sources = [fileSource({ path: name, file: new File([file], name) })];
    const options = { ...keeping(), onProgress: () => undefined };
    const { manifest, audits } = await importFiles(sources, defaultChoices, new MemoryStore(), options);
    expect(audits[0]!.decisions.filter(({ guess }) => guess)).toEqual([]);
    return manifest;
  }

  it.each(['csv', 'csv.gz'] as const)('as %s is read back to the same bars', async (format) => {
    const [sample] = await keepSample(['sample'], library, keeping());
    const file = await exported(sample!, format);
    const back = await imported(file, `sample.${format}`);
    expect([back.sha256, back.bars, back.interval]).toEqual([sample!.sha256, sample!.bars, '1m']);
  });

  it('says the interval where the bars do not: a single bar of 5m', async () => {
    const made = await store(library, 'one', '5m', { SPY: [bar(monday, 100)] });
    const file = await exported(made, 'csv');
    expect(await file.text()).toBe(
      'Tapedeck 5m bar start,symbol,open,high,low,close,volume\n2024-11-25T14:30:00Z,SPY,100,100.5,99.75,100.25,100\n',
    );
    expect(await imported(file, 'one.csv')).toMatchObject({ sha256: made.sha256, interval: '5m' });
  });

  it('keeps every bit of values, and times of a second and of a millisecond', async () => {
    const odd: Row[] = [
      [monday, 0.1 + 0.2, 1e21, 5e-324, 1 / 3, 123_456_789.123_456_79],
      [monday + 1_000, 1e-7, 1e-7, 1e-7, 1e-7, 1e22],
    ];
    const bars = await store(library, 'odd', '1s', { X: odd });
    expect((await imported(await exported(bars, 'csv'), 'odd.csv')).sha256).toBe(bars.sha256);
    const tick = (time: number, price: number): Row => [time, price, 2];
    const ticks = await store(library, 'ticks', 'ticks', {
      ES: [tick(monday + 1, 5), tick(monday + 1, 4), tick(monday + 1, 5)],
    });
    expect((await imported(await exported(ticks, 'csv'), 'ticks.csv')).sha256).toBe(ticks.sha256);
    const quotes = await store(library, 'quotes', 'quotes', {
      ES: [[monday, 5, 5.25, 10, 0]],
      NQ: [[monday + 999, 6, 5, 1, 2]],
    });
    expect((await imported(await exported(quotes, 'csv.gz'), 'quotes.csv.gz')).sha256).toBe(quotes.sha256);
  });

  it('has no cell that a spreadsheet runs as a formula, and gives each symbol back as it was', async () => {
    const names = ['=X', '+1', '-5', '@A', "'Q", "'=R", 'a,b', 'say "x"', 'EURUSD=X', '=1,"2"', '#N', '0700'];
    const symbols = Object.fromEntries(names.map((name, i) => [name, [bar(monday, 10 + i), bar(monday + minute, 11)]]));
    const made = await store(library, 'names', '1m', symbols);
    const file = await exported(made, 'csv');
    const cells = (await file.text()).split('\n').flatMap((line) => line.split(/,(?=(?:[^"]*"[^"]*")*[^"]*$)/));
    expect(cells.filter((cell) => /^"?[=+\-@\t\r]/.test(cell))).toEqual([]);
    const back = await imported(file, 'names.csv');
    expect(back.symbols.map(({ name }) => name)).toEqual([...names].sort());
    expect(back.sha256).toBe(made.sha256);
  });

  it('as Parquet has the same rows, with types that say what they are', async () => {
    const symbols = Object.fromEntries(
      Array.from({ length: 30 }, (_, i) => [
        `S${String(i).padStart(2, '0')}`,
        Array.from({ length: 3_000 }, (_row, k) => bar(monday + k * minute, 50 + ((k * 7) % 31) / 100)),
      ]),
    );
    const made = await store(library, 'many', '1m', symbols);
    const file = await (await exported(made, 'parquet')).arrayBuffer();
    const { key_value_metadata: facts, row_groups: groups } = parquetMetadata(file);
    expect(facts).toEqual([{ key: 'tapedeck', value: '{"kind":"bars","interval":"1m"}' }]);
    expect(groups).toHaveLength(2);
    const rows = await parquetReadObjects({ file });
    expect(rows).toHaveLength(90_000);
    const own = rows.filter(({ symbol }) => symbol === 'S29');
    expect(
      own.map(({ time, open, high, low, close, volume }) => [(time as Date).getTime(), open, high, low, close, volume]),
    ).toEqual(await stored(library, made, 'S29'));
  });

  it('as Parquet is read back to the same bars, quotes and ticks, whatever their symbols are called', async () => {
    const [sample] = await keepSample(['sample'], library, keeping());
    const back = await imported(await exported(sample!, 'parquet'), 'sample.parquet');
    expect([back.sha256, back.bars, back.interval]).toEqual([sample!.sha256, sample!.bars, '1m']);
    const names = ['=X', "'Q", "'=R", 'a,b', 'say "x"', 'tab\there', '#N', '0700'];
    const odd = { ...Object.fromEntries(names.map((name, i) => [name, [bar(monday, 10 + i)]])) };
    const made = [
      await store(library, 'one', '5m', odd),
      await store(library, 'odd', '1s', { X: [[monday, 0.1 + 0.2, 1e21, 5e-324, 1 / 3, 123_456_789.123_456_79]] }),
      await store(library, 'quotes', 'quotes', { ES: [[monday, 5, 5.25, 10, 0]], NQ: [[monday + 999, 6, 5, 1, 2]] }),
      await store(library, 'ticks', 'ticks', { ES: [1, 1, 2].map((ms) => [monday + ms, 5, 2]) }),
    ];
    for (const each of made) {
      const read = await imported(await exported(each, 'parquet'), `${each.name}.parquet`);
      expect([read.sha256, read.interval], each.name).toEqual([each.sha256, each.interval]);
    }
  });

  it('says which dataset, symbol and chunk cannot be read', async () => {
    const made = await store(library, 'A', '1m', { SPY: [bar(monday, 1)] });
    await library.remove(made.id);
    await expect(exported(made, 'csv.gz')).rejects.toThrow(
      'The stored bars of SPY in "A" cannot be read: chunk 0 of symbol 0',
    );
  });

  it('ends when it is cancelled', async () => {
    const made = await store(library, 'A', '1m', {
      SPY: Array.from({ length: 200_000 }, (_, i) => bar(monday + i * minute, 5)),
    });
    const controller = new AbortController();
    const options = {
      ...keeping(),
      signal: controller.signal,
      onBars: (bars: number) => bars > 40_000 && controller.abort(new Error('enough')),
    };
    await expect(exportBlob(made, 'csv', library, options)).rejects.toThrow('enough');
  });
});
