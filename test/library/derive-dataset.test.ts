import fc from 'fast-check';
import { beforeEach, describe, expect, it } from 'vitest';
import { appendPart, deriveDataset, type DeriveOptions } from '../../src/library/derive-dataset.ts';
import { leftOutPart } from '../../src/library/lists.ts';
import type { Manifest } from '../../src/library/manifest.ts';
import { MemoryStore } from '../../src/library/memory-store.ts';
import { originRuns, originsList } from '../../src/library/origins.ts';
import { storedRows } from '../../src/library/stored-rows.ts';
import { calendar } from '../../src/time/calendar.ts';
import { day, instant, minute } from '../../src/time/instant.ts';
import { bar, keeping, store, stored, type Row } from './made-bars.ts';

const monday = Date.UTC(2024, 10, 25, 14, 30);
const xnys = calendar('XNYS');

/** A session's minutes of XNYS from 09:30 on. */
function minutes(from: number, count: number, price = 100): Row[] {
  return Array.from({ length: count }, (_, i) => bar(from + i * minute, price + i / 100));
}

describe('a dataset that is made of others', { timeout: 60_000 }, () => {
  let library: MemoryStore;
  let options: DeriveOptions;
  beforeEach(() => {
    library = new MemoryStore();
    options = { ...keeping(), market: xnys };
  });

  const origins = async (manifest: Manifest, symbol = 0) =>
    originRuns(await library.page(manifest.id, originsList, symbol));

  it('has all bars of several; of one slot that of the earlier one, and knows which came from which', async () => {
    const own = minutes(monday, 3);
    const [a, b] = [
      await store(library, 'A', '1m', { SPY: own }),
      await store(library, 'B', '1m', {
        SPY: [...minutes(monday, 1), bar(monday + minute, 7), ...minutes(monday + 5 * minute, 2)],
        QQQ: own,
      }),
    ];
    const made = await deriveDataset({ how: 'union', datasets: [a.id, b.id], name: 'Both' }, library, options);
    expect(made).toMatchObject({
      existing: false,
      manifest: { name: 'Both', bars: 8, interval: '1m', making: { how: 'union', duplicates: 1, conflicts: 1 } },
      given: [
        { name: 'A', taken: 3, duplicates: 0, conflicts: 0 },
        { name: 'B', taken: 5, duplicates: 1, conflicts: 1 },
      ],
    });
    expect(await stored(library, made.manifest, 'SPY')).toEqual([...own, ...minutes(monday + 5 * minute, 2)]);
    const query = { dataset: made.manifest.id, wanted: '', kind: '', from: 0, count: 10 };
    expect(await leftOutPart(library, query)).toEqual({
      total: 1,
      entries: [
        {
          ...{ file: 'dataset "B"', line: null, kind: 'conflict' },
          reason:
            'SPY at 2024-11-25T14:31:00Z has other values in dataset "A" (open 100.01 high 100.51 low 99.76 close 100.26 volume 100), which was taken as the first one',
          text: 'open 7 high 7.5 low 6.75 close 7.25 volume 100',
        },
      ],
    });
    expect(made.manifest.leftOut).toBe(1);
    expect(made.manifest.making!.sources).toEqual([
      { name: 'A', sha256: a.sha256, bars: 3 },
      { name: 'B', sha256: b.sha256, bars: 5 },
    ]);
    expect(await origins(made.manifest, 1)).toEqual([
      { from: monday, to: monday + 2 * minute, bars: 3, source: 0 },
      { from: monday + 5 * minute, to: monday + 6 * minute, bars: 2, source: 1 },
    ]);
    // The other order takes the other bar, and what is the same whichever way has one hash.
    const other = await deriveDataset({ how: 'union', datasets: [b.id, a.id], name: 'Both' }, library, options);
    expect(other.manifest).toMatchObject({ name: 'Both 2', bars: 8 });
    expect(await stored(library, other.manifest, 'SPY')).toContainEqual(bar(monday + minute, 7));
  });

  it('refuses datasets of different kinds and intervals, one alone, and a name that cannot be', async () => {
    const a = await store(library, 'A', '1m', { SPY: minutes(monday, 2) });
    const b = await store(library, 'B', '5m', { SPY: [bar(monday, 1)] });
    const union = (datasets: readonly string[], name = 'x') =>
      deriveDataset({ how: 'union', datasets, name }, library, options);
    await expect(union([a.id, b.id])).rejects.toThrow(
      '"A" has bars of 1m and "B" bars of 5m; choose datasets of the same',
    );
    await expect(union([a.id])).rejects.toThrow('one dataset was chosen');
    await expect(union([a.id, 'gone'])).rejects.toThrow('dataset gone is not in the library');
    await expect(union([a.id, a.id], ' ')).rejects.toThrow('the name of a dataset was empty');
    expect((await library.all()).map(({ name }) => name).sort()).toEqual(['A', 'B']);
  });

  it('takes equal ticks of one time as often as the dataset that has the most of them', async () => {
    const tick = (time: number, price: number, size: number): Row => [time, price, size];
    const a = await store(library, 'A', 'ticks', {
      ES: [tick(1, 10, 1), tick(5, 10, 1), tick(5, 10, 1), tick(5, 11, 2)],
    });
    const b = await store(library, 'B', 'ticks', {
      ES: [tick(5, 11, 2), tick(5, 10, 1), tick(5, 12, 1), tick(9, 1, 1)],
    });
    const made = await deriveDataset({ how: 'union', datasets: [a.id, b.id], name: 'Both' }, library, options);
    expect(await stored(library, made.manifest, 'ES')).toEqual([
      ...[tick(1, 10, 1), tick(5, 10, 1), tick(5, 10, 1), tick(5, 11, 2), tick(5, 12, 1)],
      tick(9, 1, 1),
    ]);
    expect(made.given[1]).toEqual({ name: 'B', taken: 2, duplicates: 2, conflicts: 0 });
  });

  it('is cut by symbols and days', async () => {
    const all = {
      QQQ: minutes(monday, 400),
      SPY: [...minutes(monday, 3), ...minutes(monday + day, 3), ...minutes(monday + 2 * day, 3)],
    };
    const a = await store(library, 'A', '1m', all);
    const at = (ms: number) => instant(Date.UTC(2024, 10, ms, 5));
    const days = { first: '2024-11-26', last: '2024-11-27', from: at(26), to: at(28) };
    const cut = { how: 'cut', dataset: a.id, name: 'Part' } as const;
    const made = await deriveDataset({ ...cut, symbols: ['SPY'], days }, library, options);
    expect(made.manifest.symbols.map(({ name, bars }) => [name, bars])).toEqual([['SPY', 6]]);
    expect(await stored(library, made.manifest, 'SPY')).toEqual(all.SPY.slice(3));
    expect(made.manifest.making!.sources).toEqual([{ name: 'A', sha256: a.sha256, bars: 6 }]);
    const whole = await deriveDataset({ ...cut, symbols: null, days: null }, library, options);
    expect(whole.manifest.sha256).toBe(a.sha256);
    await expect(
      deriveDataset({ ...cut, symbols: ['SPY'], days: { ...days, from: at(1), to: at(2) } }, library, options),
    ).rejects.toThrow('there would be no bars in it; choose more symbols or a longer range');
  });

  it('takes a bar of a day by its date, whether it is stamped with the midnight of UTC or of the market', async () => {
    const utc = [25, 26, 27].map((date) => bar(Date.UTC(2024, 10, date), date));
    const local = [26, 27, 29].map((date) => bar(Date.UTC(2024, 10, date, 5), date));
    const [a, b] = [await store(library, 'A', '1d', { SPY: utc }), await store(library, 'B', '1d', { SPY: local })];
    const made = await deriveDataset({ how: 'union', datasets: [a.id, b.id], name: 'Both' }, library, options);
    expect(await stored(library, made.manifest, 'SPY')).toEqual([...utc, local[2]]);
    expect(made.given[1]).toMatchObject({ taken: 1, duplicates: 2, conflicts: 0 });
    const days = {
      first: '2024-11-26',
      last: '2024-11-27',
      from: instant(Date.UTC(2024, 10, 26, 5)),
      to: instant(Date.UTC(2024, 10, 28, 5)),
    };
    const cut = await deriveDataset({ how: 'cut', dataset: a.id, symbols: null, days, name: 'Cut' }, library, options);
    expect(await stored(library, cut.manifest, 'SPY')).toEqual(utc.slice(1));
  });

  it('is repaired from others: what is missing by the calendar is filled, and nothing else is taken', async () => {
    const whole = [...minutes(monday, 390), ...minutes(monday + day, 390)];
    const knockedOut = whole.filter((_, i) => i % 97 !== 3 && (i < 200 || i > 210));
    const outside = minutes(monday - 30 * minute, 5);
    const [a, b, c] = [
      await store(library, 'A', '1m', { SPY: knockedOut }),
      await store(library, 'B', '1m', { SPY: whole.slice(0, 205) }),
      await store(library, 'C', '1m', { QQQ: whole, SPY: [...outside, ...whole.map(([time]) => bar(time!, 5))] }),
    ];
    const repair = { how: 'repair', dataset: a.id, name: 'A repaired' } as const;
    const made = await deriveDataset({ ...repair, sources: [b.id, c.id] }, library, options);
    const missing = whole.length - knockedOut.length;
    expect(made.repair).toEqual({ calendar: 'XNYS', expected: 780, missing });
    expect(made.manifest.symbols.map(({ name, bars }) => [name, bars])).toEqual([['SPY', 780]]);
    const filled = await stored(library, made.manifest, 'SPY');
    expect(filled.slice(0, 205)).toEqual(whole.slice(0, 205));
    expect(filled[210]).toEqual(bar(whole[210]![0]!, 5));
    const fromB = whole.slice(0, 205).length - knockedOut.filter(([time]) => time! < whole[205]![0]!).length;
    expect(made.manifest.making!.sources.map(({ name, bars }) => [name, bars])).toEqual([
      ['A', knockedOut.length],
      ['B', fromB],
      ['C', missing - fromB],
    ]);
    const runs = await origins(made.manifest);
    expect(runs.reduce((sum, { bars }) => sum + bars, 0)).toBe(780);
    expect(runs.filter(({ source }) => source === 1)[0]).toEqual({
      from: whole[3]![0],
      to: whole[3]![0],
      bars: 1,
      source: 1,
    });

    // Repaired again, it still knows the first sources.
    const again = await deriveDataset(
      { ...repair, dataset: made.manifest.id, sources: [c.id], name: 'again' },
      library,
      options,
    );
    expect(again.repair!.missing).toBe(0);
    expect(again.manifest.sha256).toBe(made.manifest.sha256);
    expect(again.manifest.making!.sources).toEqual(made.manifest.making!.sources);
    expect(await origins(again.manifest)).toEqual(runs);
  });

  it('knows what was told of its symbols, of each what the first tells', async () => {
    const [a, b] = [
      await store(library, 'A', '1m', { SPY: minutes(monday, 2) }),
      await store(library, 'B', '1m', { ES: minutes(monday, 2), SPY: minutes(monday, 2) }),
    ];
    const told = (currency: string) => ({ tickSize: 0.25, multiplier: null, currency });
    await library.describe(a.id, { instruments: { SPY: told('USD') } });
    await library.describe(b.id, { instruments: { SPY: told('EUR'), ES: told('GBP') } });
    const made = await deriveDataset({ how: 'union', datasets: [a.id, b.id], name: 'Both' }, library, options);
    expect(made.manifest.instruments).toEqual({ SPY: told('USD'), ES: told('GBP') });
  });

  it('leaves the library as it was when it is cancelled, cannot be read or cannot be stored', async () => {
    const a = await store(library, 'A', '1m', { SPY: minutes(monday, 40_000) });
    const b = await store(library, 'B', '1m', { SPY: minutes(monday + 90_000 * minute, 40_000) });
    const order = { how: 'union', datasets: [a.id, b.id], name: 'Both' } as const;
    const controller = new AbortController();
    const cancelled = deriveDataset(order, library, {
      ...options,
      signal: controller.signal,
      onBars: (bars) => bars > 30_000 && controller.abort(new Error('cancelled')),
    });
    await expect(cancelled).rejects.toThrow('cancelled');
    const put = library.putChunks.bind(library);
    library.putChunks = () => Promise.reject(new DOMException('full', 'QuotaExceededError'));
    await expect(deriveDataset(order, library, options)).rejects.toThrow('storage is full');
    library.putChunks = put;
    const chunk = library.chunk.bind(library);
    library.chunk = (...place) => chunk(...place).then((bytes) => (place[2] === 1 ? bytes.slice(8) : bytes));
    await expect(deriveDataset(order, library, options)).rejects.toThrow(
      'The stored bars of SPY in "A" cannot be read: chunk has',
    );
    library.chunk = chunk;
    expect((await library.all()).map(({ id }) => id)).toEqual([a.id, b.id]);
    expect((await deriveDataset(order, library, options)).manifest.bars).toBe(80_000);
  });

  it('grows by what is added: the same bars change nothing, others come under the same name', async () => {
    const a = await store(library, 'SPY', '1m', { SPY: minutes(monday, 5) });
    const add = async (rows: readonly Row[], rule: 'first' | 'last' | 'reject' = 'last') => {
      const other = new MemoryStore();
      const added = await store(other, 'more', '1m', { SPY: rows });
      const target = (await library.list()).find(({ name }) => name === 'SPY')!;
      const part = { manifest: added, rows: (symbol: number) => storedRows(other, added, symbol) };
      return appendPart(target, part, rule, library, options);
    };
    const same = await add(minutes(monday, 3));
    expect(same).toMatchObject({ existing: true, manifest: { id: a.id, sha256: a.sha256 } });
    expect(await library.all()).toHaveLength(1);

    const changed = [bar(monday + 4 * minute, 50), ...minutes(monday + 5 * minute, 2)];
    const grown = await add(changed);
    expect(grown).toMatchObject({ existing: false, manifest: { name: 'SPY', bars: 7, replaces: a.id } });
    expect(grown.given).toEqual([
      { name: 'SPY', taken: 4, duplicates: 0, conflicts: 1 },
      { name: 'more', taken: 3, duplicates: 0, conflicts: 0 },
    ]);
    expect(await stored(library, grown.manifest, 'SPY')).toEqual([...minutes(monday, 4), ...changed]);
    expect(await library.list()).toHaveLength(1);
    // Whoever reads the one before still can.
    expect(await stored(library, a, 'SPY')).toEqual(minutes(monday, 5));

    const kept = await add([bar(monday, 50)], 'first');
    // What was not taken is listed, so it is a new version all the same.
    expect(kept).toMatchObject({ existing: false, given: [{ conflicts: 0 }, { conflicts: 1 }] });
    expect(kept.manifest).toMatchObject({ sha256: grown.manifest.sha256, leftOut: 2, pages: { 'left out': 1 } });
    const rejected = await add([bar(monday, 50)], 'reject');
    expect(rejected.given).toMatchObject([{ conflicts: 1 }, { conflicts: 1 }]);
    expect((await stored(library, rejected.manifest, 'SPY'))[0]).toEqual(minutes(monday, 5)[1]);
  });

  it('is the same whatever way bars are shared out among datasets', async () => {
    const whole = minutes(monday, 20_000);
    const one = await store(library, 'one', '1m', { SPY: whole });
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 1, max: 4 }), fc.integer(), async (parts, seed) => {
        const shared = Array.from({ length: parts }, (): Row[] => []);
        let state = seed;
        for (const row of whole) {
          state = (Math.imul(state, 1_664_525) + 1_013_904_223) | 0;
          shared[(state >>> 8) % parts]!.push(row);
          if (state < 0) shared[(state >>> 16) % parts]!.push(row);
        }
        const datasets = [];
        for (const [i, rows] of shared.entries()) {
          const unique = [...new Map(rows.map((row) => [row[0], row])).values()];
          datasets.push((await store(library, `part ${i}`, '1m', { SPY: unique })).id);
        }
        if (parts === 1) datasets.push(one.id);
        const made = await deriveDataset({ how: 'union', datasets, name: 'all' }, library, options);
        expect(made.manifest.sha256).toBe(one.sha256);
      }),
      { numRuns: 4 },
    );
  });
});
