import { describe, expect, it } from 'vitest';
import { defaultConfig } from '../../src/config/schema.ts';
import { defaultChoices } from '../../src/intake/choices.ts';
import { MemoryStore } from '../../src/library/memory-store.ts';
import { createLibraryService } from '../../src/library/service.ts';
import { instant, isoText, minute } from '../../src/time/instant.ts';
import { keeping } from './made-bars.ts';

const monday = Date.UTC(2024, 10, 25, 14, 30);
const ignore = () => undefined;

function chosen(path: string, minutes: number, count: number, price = 100) {
  let text = 'timestamp,open,high,low,close,volume\n';
  for (let i = 0; i < count; i++)
    text += `${isoText(instant(monday + i * minutes * minute))},${price},${price + 1},${price - 1},${price},${i}\n`;
  return { path, file: new File([text], path) };
}

function library() {
  const store = new MemoryStore();
  const { now, newId } = keeping();
  const surroundings = { now, newId, locks: Promise.resolve(undefined), storage: undefined, changed: ignore };
  return { store, service: createLibraryService(store, surroundings) };
}

describe('files of several intervals', () => {
  const minutes = chosen('SPY_1min.csv', 1, 100);
  const fives = chosen('SPY_5min.csv', 5, 60, 50);

  it('become a dataset an interval, each as if it had come alone, also where they have one symbol', async () => {
    const { store, service } = library();
    const preview = await service.preview([minutes, fives], defaultChoices);
    expect(preview.files.map(({ intervalMs }) => intervalMs)).toEqual([minute, 5 * minute]);
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
      const alone = await library().service.importFiles([file], defaultChoices, ignore);
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
    const { store, service } = library();
    await service.importFiles(paths, defaultChoices, ignore);
    const listed = (await store.list()).map(({ name, symbols }) => [name, symbols.map((each) => each.name).join(' ')]);
    expect(listed).toEqual([
      ['us', 'A'],
      ['us 1h', 'D'],
      ['us 1m', 'B C'],
    ]);
  });

  it('a file that could be of the interval stays with the others: few bars, or thinly traded', async () => {
    const { store, service } = library();
    const few = chosen('B.csv', 5, 10);
    await service.importFiles([chosen('A.csv', 1, 100), few], defaultChoices, ignore);
    expect((await store.list()).map(({ interval, symbols }) => [interval, symbols.length])).toEqual([['1m', 2]]);
  });

  it('are not added to a dataset of one', async () => {
    const { store, service } = library();
    const { manifest } = await service.importFiles([minutes], defaultChoices, ignore);
    const added = service.appendFiles(manifest.id, [minutes, fives], defaultChoices, ignore, defaultConfig().session);
    await expect(added).rejects.toThrow(
      'SPY_5min.csv has bars of 5m, "SPY_1min" has bars of 1m; import it as a dataset of its own',
    );
    expect(await store.list()).toEqual([manifest]);
  });

  it('say what was stored when a later one fails', async () => {
    const { store, service } = library();
    const commit = store.commit.bind(store);
    let commits = 0;
    store.commit = (...manifest) =>
      ++commits === 2 ? Promise.reject(new Error('the disk is gone')) : commit(...manifest);
    const failed = service.importFiles([minutes, fives], defaultChoices, ignore);
    await expect(failed).rejects.toThrow(/the disk is gone.*; "SPY_1min" was stored before$/);
    expect((await store.list()).map(({ name }) => name)).toEqual(['SPY_1min']);
  });
});
