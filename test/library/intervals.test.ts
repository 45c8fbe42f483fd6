import { describe, expect, it } from 'vitest';
import { defaultConfig } from '../../src/config/schema.ts';
import { defaultChoices } from '../../src/intake/choices.ts';
import { MemoryStore } from '../../src/library/memory-store.ts';
import { instant, isoText, minute } from '../../src/time/instant.ts';
import { fileSource } from '../../src/library/file-source.ts';
import { importFiles } from '../../src/library/import.ts';
import { previewFiles } from '../../src/library/import-preview.ts';
import { leftOutPart } from '../../src/library/lists.ts';
import { calendar } from '../../src/time/calendar.ts';
import { keeping, stored } from './made-bars.ts';
import { openedLibrary } from './opened-library.ts';

const monday = Date.UTC(2024, 10, 25, 14, 30);
const ignore = () => undefined;

function chosen(path: string, minutes: number, count: number, price = 100) {
  let text = 'timestamp,open,high,low,close,volume\n';
  for (let i = 0; i < count; i++)
    text += `${isoText(instant(monday + i * minutes * minute))},${price},${price + 1},${price - 1},${price},${i}\n`;
  return { path, file: new File([text], path) };
}

/** Bars of symbols with their intervals in minutes, in one file, and a line that is none. */
function oneFile(path: string, symbols: Readonly<Record<string, readonly [minutes: number, count: number]>>) {
  const lines = Object.entries(symbols).flatMap(([symbol, [minutes, count]]) =>
    Array.from({ length: count }, (_, i) => {
      const at = isoText(instant(monday + i * minutes * minute));
      return `${at},${symbol},100,101,99,100,${i}`;
    }),
  );
  const text = ['timestamp,symbol,open,high,low,close,volume', ...lines, 'never,SPY,1,1,1,1,1', ''].join('\n');
  return { path, file: new File([text], path) };
}

describe('symbols of several intervals in one file', () => {
  const symbols = { SPY: [1, 300], QQQ: [1, 200], DAX: [1_440, 60], one: [1, 1] } as const;
  const all = { wanted: '', kind: '', from: 0, count: 100 };

  it.each(['in memory', 'staged'])(
    'become a dataset an interval, with what was left out of the file (%s)',
    async (where) => {
      const store = new MemoryStore();
      const chosenFile = oneFile('mixed.csv', symbols);
      const { files } = await previewFiles([fileSource(chosenFile)], defaultChoices);
      expect(files[0]!.intervals).toEqual([minute, 1_440 * minute]);
      const summary = await importFiles([fileSource(chosenFile)], defaultChoices, store, {
        ...keeping(),
        onProgress: ignore,
        market: calendar('XNYS'),
        ...(where === 'staged' && { heldRows: 100 }),
      });
      const found = [summary, ...summary.others!];
      expect(found.map(({ manifest: { name, interval, bars } }) => [name, interval, bars])).toEqual([
        ['mixed', '1m', 501],
        ['mixed 1d', '1d', 60],
      ]);
      expect((await store.list()).map(({ name }) => name)).toEqual(['mixed', 'mixed 1d']);
      const alone = await openedLibrary().service.importFiles(
        [oneFile('DAX.csv', { DAX: symbols.DAX })],
        defaultChoices,
        ignore,
      );
      expect(found[1]!.manifest.sha256).toBe(alone.manifest.sha256);
      for (const { manifest, audits, coverage } of found) {
        expect(audits).toMatchObject([{ file: 'mixed.csv', records: 563, accepted: 561, rejected: 1, headers: 1 }]);
        expect(audits[0]!.decisions.find(({ name }) => name === 'intervals apart')!.value).toBe(
          'bars: 501 of 1m (QQQ, SPY, one), 60 of 1d (DAX)',
        );
        expect(coverage).not.toBeNull();
        expect((await leftOutPart(store, { ...all, dataset: manifest.id })).entries).toMatchObject([
          { file: 'mixed.csv', line: 563, text: 'never,SPY,1,1,1,1,1' },
        ]);
        expect((await stored(store, manifest, manifest.symbols[0]!.name)).length).toBe(manifest.symbols[0]!.bars);
      }
      // Nothing of what was staged is left.
      await expect(store.chunk(summary.manifest.id, -1, 0)).rejects.toThrow();
    },
  );

  it('are not added to a dataset of one, which stays as it is', async () => {
    const { store, service } = openedLibrary();
    const { manifest } = await service.importFiles([chosen('SPY.csv', 1, 100)], defaultChoices, ignore);
    const added = service.appendFiles(
      ...([manifest.id, [oneFile('mixed.csv', symbols)], defaultChoices, ignore, defaultConfig().session] as const),
    );
    await expect(added).rejects.toThrow(
      'the files have symbols of several intervals, such as bars of 1d of DAX, which cannot be added to "SPY"',
    );
    expect(await store.all()).toEqual([manifest]);
  });
});

describe('files of several intervals', () => {
  const minutes = chosen('SPY_1min.csv', 1, 100);
  const fives = chosen('SPY_5min.csv', 5, 60, 50);

  it('become a dataset an interval, each as if it had come alone, also where they have one symbol', async () => {
    const { store, service } = openedLibrary();
    const preview = await service.preview([minutes, fives], defaultChoices);
    expect(preview.files.map(({ intervals }) => intervals)).toEqual([[minute], [5 * minute]]);
    const summary = await service.importFiles([minutes, fives], defaultChoices, ignore);
    const found = [summary, ...summary.others!].map(({ manifest, audits }) => ({
      ...{ name: manifest.name, interval: manifest.interval, bars: manifest.bars },
      files: audits.map(({ file, accepted, conflicts }) => [file, accepted, conflicts]),
    }));
    expect(found).toEqual([
      { name: 'SPY_1min', interval: '1m', bars: 100, files: [['SPY_1min.csv', 100, 0]] },
      { name: 'SPY_5min', interval: '5m', bars: 60, files: [['SPY_5min.csv', 60, 0]] },
    ]);
    for (const [file, { manifest }] of [[minutes, summary] as const, [fives, summary.others![0]!] as const]) {
      const alone = await openedLibrary().service.importFiles([file], defaultChoices, ignore);
      expect(alone.manifest.sha256).toBe(manifest.sha256);
      expect(alone.others).toBeUndefined();
    }
    const again = await service.importFiles([minutes, fives], defaultChoices, ignore);
    expect([again.existing, again.others![0]!.existing, (await store.list()).length]).toEqual([true, true, 2]);
  });

  it('of a folder have its name, and the interval behind it', async () => {
    const paths = [
      chosen('us/A.csv', 5, 60),
      chosen('us/B.csv', 1, 60),
      chosen('us/C.csv', 1, 60),
      chosen('us/D.csv', 60, 60),
    ];
    const { store, service } = openedLibrary();
    await service.importFiles(paths, defaultChoices, ignore);
    const listed = (await store.list()).map(({ name, symbols }) => [name, symbols.map((each) => each.name).join(' ')]);
    expect(listed).toEqual([
      ['us', 'A'],
      ['us 1h', 'D'],
      ['us 1m', 'B C'],
    ]);
  });

  it('a file that could be of the interval stays with the others: few bars, or thinly traded', async () => {
    const { store, service } = openedLibrary();
    const few = chosen('B.csv', 5, 10);
    await service.importFiles([chosen('A.csv', 1, 100), few], defaultChoices, ignore);
    expect((await store.list()).map(({ interval, symbols }) => [interval, symbols.length])).toEqual([['1m', 2]]);
  });

  it('are told apart where they are short: by the name, by days without a time, by bars that are closer', async () => {
    const days = ['time,open,high,low,close', '2024-11-25,10,11,9,10', '2024-11-26,10,11,9,10', ''].join('\n');
    const daily = { path: 'SPY.csv', file: new File([days], 'SPY.csv') };
    const drops = [
      [chosen('SPY_1m.csv', 1, 100), chosen('SPY_1h.csv', 60, 7)],
      [chosen('SPY_1m.csv', 1, 100), daily],
      [chosen('SPY a.csv', 60, 100), chosen('SPY b.csv', 5, 10)],
    ];
    const found = [];
    for (const files of drops) {
      const { manifest, others } = await openedLibrary().service.importFiles(files, defaultChoices, ignore);
      found.push([manifest, ...others!.map((each) => each.manifest)].map(({ interval, bars }) => [interval, bars]));
    }
    expect(found).toEqual([
      [
        ['1m', 100],
        ['1h', 7],
      ],
      [
        ['1m', 100],
        ['1d', 2],
      ],
      [
        ['1h', 100],
        ['5m', 10],
      ],
    ]);
  });

  it.each(['in memory', 'staged'])(
    'in one file of one symbol, by a column, become a dataset each (%s)',
    async (where) => {
      const line = (i: number, length: number): string =>
        `${isoText(instant(monday + i * length * minute))},${length}m,10,11,9,${10 + length / 100},${i}`;
      const lines = Array.from({ length: 300 }, (_, i) => [
        line(i, 1),
        ...(i % 5 === 0 ? [line(i / 5, 5)] : []),
      ]).flat();
      const text = ['timestamp,timeframe,open,high,low,close,volume', ...lines, ''].join('\n');
      const store = new MemoryStore();
      const { manifest, others } = await importFiles(
        [fileSource({ path: 'SPY.csv', file: new File([text], 'SPY.csv') })],
        ...([defaultChoices, store] as const),
        { ...keeping(), onProgress: ignore, ...(where === 'staged' && { heldRows: 100 }) },
      );
      const [fives] = others!;
      expect([manifest, fives!.manifest].map(({ name, interval, bars }) => [name, interval, bars])).toEqual([
        ['SPY', '1m', 300],
        ['SPY 5m', '5m', 60],
      ]);
      expect((await stored(store, fives!.manifest, 'SPY'))[59]).toEqual([monday + 295 * minute, 10, 11, 9, 10.05, 59]);
      expect((await stored(store, manifest, 'SPY'))[59]).toEqual([monday + 59 * minute, 10, 11, 9, 10.01, 59]);
    },
  );

  it('are not added to a dataset of one', async () => {
    const { store, service } = openedLibrary();
    const { manifest } = await service.importFiles([minutes], defaultChoices, ignore);
    const added = service.appendFiles(manifest.id, [minutes, fives], defaultChoices, ignore, defaultConfig().session);
    await expect(added).rejects.toThrow(
      'SPY_5min.csv has bars of 5m, "SPY_1min" has bars of 1m; import it as a dataset of its own',
    );
    expect(await store.list()).toEqual([manifest]);
  });

  it('say what was stored when a later one fails', async () => {
    const { store, service } = openedLibrary();
    const commit = store.commit.bind(store);
    let commits = 0;
    store.commit = (...manifest) =>
      ++commits === 2 ? Promise.reject(new Error('the disk is gone')) : commit(...manifest);
    const failed = service.importFiles([minutes, fives], defaultChoices, ignore);
    await expect(failed).rejects.toThrow(/the disk is gone.*; "SPY_1min" was stored before$/);
    expect((await store.list()).map(({ name }) => name)).toEqual(['SPY_1min']);
  });
});
