import { beforeEach, describe, expect, it } from 'vitest';
import { defaultChoices } from '../../src/intake/choices.ts';
import type { MemoryStore } from '../../src/library/memory-store.ts';
import type { ChosenFile } from '../../src/library/chosen-file.ts';
import type { ImportProgress } from '../../src/library/import.ts';
import { sampleSha256 } from '../../src/sample/identity.ts';
import { isoText, instant, minute } from '../../src/time/instant.ts';
import { openedLibrary } from './opened-library.ts';

/** A CSV of `bars` one-minute bars of one symbol. */
function csv(bars: number, price = 100): string {
  const lines = ['timestamp,open,high,low,close,volume'];
  for (let i = 0; i < bars; i++) {
    const at = isoText(instant(Date.UTC(2020, 0, 2, 14, 30) + i * minute));
    lines.push(`${at},${price},${price + 1},${price - 1},${price},${i}`);
  }
  return lines.join('\n') + '\n';
}

const file = (name: string, text: string): ChosenFile => ({ path: name, file: new File([text], name) });
const ignore = () => undefined;

describe('the library service', () => {
  let service: ReturnType<typeof openedLibrary>['service'];
  let store: MemoryStore;
  let changes: number;
  beforeEach(() => {
    let now = 0;
    let ids = 0;
    changes = 0;
    ({ store, service } = openedLibrary({
      now: () => (now += 20),
      newId: () => `id${++ids}`,
      changed: () => void changes++,
    }));
  });

  it('imports a file under its name and says so to other tabs', async () => {
    const summary = await service.importFiles([file('SPY.csv', csv(500))], defaultChoices, ignore);
    expect(summary).toMatchObject({
      existing: false,
      manifest: { id: 'id1', name: 'SPY', interval: '1m', bars: 500, symbols: [{ name: 'SPY', bars: 500 }] },
      audits: [{ file: 'SPY.csv', records: 501, accepted: 500, headers: 1 }],
    });
    expect(await service.list()).toEqual([summary.manifest]);
    expect(changes).toBe(1);
  });

  it('imports several files as one dataset named after the first', async () => {
    const files = [file('B.csv', csv(10)), file('A.csv', csv(20))];
    const { manifest } = await service.importFiles(files, defaultChoices, ignore);
    expect(manifest).toMatchObject({ name: 'B', bars: 30 });
    expect(manifest.symbols.map(({ name, bars }) => [name, bars])).toEqual([
      ['A', 20],
      ['B', 10],
    ]);
  });

  it('finds the same bars again, and gives other bars a name of their own', async () => {
    await service.importFiles([file('SPY.csv', csv(10))], defaultChoices, ignore);
    const same = await service.importFiles([file('SPY.csv', csv(10))], defaultChoices, ignore);
    expect([same.existing, same.manifest.id]).toEqual([true, 'id1']);
    expect(changes).toBe(1);
    const other = await service.importFiles([file('SPY.csv', csv(10, 50))], defaultChoices, ignore);
    expect([other.existing, other.manifest.name]).toEqual([false, 'SPY 2']);
  });

  it('says how far it is, in bytes and bars', async () => {
    const seen: ImportProgress[] = [];
    const text = csv(5_000);
    await service.importFiles([file('SPY.csv', text)], defaultChoices, (progress) => void seen.push(progress));
    expect([...new Set(seen.map(({ stage }) => stage))]).toEqual(['reading', 'sorting', 'storing']);
    const read = seen.findLast(({ stage }) => stage === 'reading');
    expect(read).toMatchObject({ file: 'SPY.csv', bytes: text.length, totalBytes: text.length, bars: 5_000 });
  });

  it.each(['reading', 'sorting', 'storing'] as const)(
    'cancelled while %s, leaves the library as it was',
    async (stage) => {
      const cancelled = service.importFiles([file('SPY.csv', csv(5_000))], defaultChoices, (progress) => {
        if (progress.stage === stage) service.cancel();
      });
      await expect(cancelled).rejects.toThrow('The import was cancelled; the library is as it was');
      expect(await service.list()).toEqual([]);
      expect(changes).toBe(0);
      await expect(service.importFiles([file('SPY.csv', csv(10))], defaultChoices, ignore)).resolves.toBeDefined();
    },
  );

  it('does one import at a time', async () => {
    const first = service.importFiles([file('A.csv', csv(10))], defaultChoices, ignore);
    await expect(service.importFiles([file('B.csv', csv(10))], defaultChoices, ignore)).rejects.toThrow(
      'Another import is running; wait for it or cancel it',
    );
    await first;
  });

  it('is given files some at a time; those behind a place are given anew', async () => {
    const names = ['A.csv', 'B.csv', 'C.csv', 'D.csv'];
    const files = names.map((name) => file(name, csv(10)));
    const { asThePageCallsIt: service } = openedLibrary();
    service.giveFiles(files.slice(0, 2), 0);
    service.giveFiles(files.slice(2), 2);
    expect((await service.preview(defaultChoices)).count).toBe(4);
    service.giveFiles([file('E.csv', csv(10))], 1);
    const imported = service.importFiles(defaultChoices, ignore);
    service.giveFiles([], 0);
    expect((await imported).audits.map((audit) => audit.file)).toEqual(['A.csv', 'E.csv']);
    await expect(service.importFiles(defaultChoices, ignore)).rejects.toThrow('there was no file to import');
  });

  it('refuses to import nothing', async () => {
    await expect(service.importFiles([], defaultChoices, ignore)).rejects.toThrow('there was no file to import');
  });

  it('names the file that cannot be read', async () => {
    const files = [file('good.csv', csv(10)), file('empty.csv', '')];
    await expect(service.importFiles(files, defaultChoices, ignore)).rejects.toThrow('empty.csv');
    await expect(service.preview(files, defaultChoices)).rejects.toThrow('empty.csv');
    expect(await service.list()).toEqual([]);
  });

  it('previews files', async () => {
    const { files, count, skipped } = await service.preview([file('SPY.csv', csv(10))], defaultChoices);
    expect([files.length, count, skipped]).toEqual([1, 1, []]);
    expect(files[0]).toMatchObject({ file: 'SPY.csv', symbol: 'SPY', needsZone: false });
  });

  it('renames and removes, and says so', async () => {
    const { manifest } = await service.importFiles([file('SPY.csv', csv(10))], defaultChoices, ignore);
    expect((await service.rename(manifest.id, 'Mine')).name).toBe('Mine');
    await service.remove(manifest.id);
    expect(await service.list()).toEqual([]);
    expect(changes).toBe(3);
  });

  it('looks at the sample without storing it, and stores it as an import would', async () => {
    const preview = await service.previewSample();
    expect(preview.map(({ name, sha256 }) => [name, sha256])).toEqual(Object.entries(sampleSha256));
    expect(await service.list()).toEqual([]);
    expect(changes).toBe(0);
    const kept = await service.keepSample(['sample', 'backup']);
    expect((await service.list()).map(({ id }) => id).sort()).toEqual(kept.map(({ id }) => id).sort());
    expect(kept[0]).toMatchObject({ name: 'sample', kind: 'bars', interval: '1m', bars: preview[0]!.bars });
    expect(changes).toBe(1);
  });

  it('stores the sample once, whatever it is called by now, and beside other bars of its name', async () => {
    const own = await service.importFiles([file('backup.csv', csv(10))], defaultChoices, ignore);
    const [sample, backup] = await service.keepSample(['sample', 'backup']);
    expect([sample!.name, backup!.name]).toEqual(['sample', 'backup 2']);
    const renamed = await service.rename(sample!.id, 'demo');
    expect(await service.keepSample(['sample', 'backup'])).toEqual([renamed, backup]);
    expect((await service.list()).map(({ id }) => id).sort()).toEqual([own.manifest.id, sample!.id, backup!.id].sort());
  });

  it('leaves the library as it was where there is no room for the sample', async () => {
    store.putChunks = () => Promise.reject(new DOMException('no room', 'QuotaExceededError'));
    await expect(service.keepSample(['sample'])).rejects.toThrow(/full/);
    expect(await service.list()).toEqual([]);
  });

  it('knows nothing of the storage where the browser does not say', async () => {
    expect(await service.storage()).toEqual({ usedBytes: undefined, quotaBytes: undefined, persisted: false });
  });
});
