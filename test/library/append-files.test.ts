import { describe, expect, it } from 'vitest';
import { defaultChoices } from '../../src/intake/choices.ts';
import { defaultConfig } from '../../src/config/schema.ts';
import { leftOutCount, type Manifest } from '../../src/library/manifest.ts';
import { instant, isoText, minute } from '../../src/time/instant.ts';
import { openedLibrary } from './opened-library.ts';

const monday = Date.UTC(2024, 10, 25, 14, 30);

function file(name: string, from: number, end: number, price = 100) {
  let text = 'timestamp,symbol,open,high,low,close,volume\n';
  for (let i = from; i < end; i++)
    text += `${isoText(instant(monday + i * minute))},SPY,${price},${price + 1},${price - 1},${price},${i}\n`;
  return { path: name, file: new File([text], name) };
}

const ignore = () => undefined;
const rules = defaultConfig().session;

describe('files that are added to a dataset', { timeout: 60_000 }, () => {
  it('make it the dataset that one import of all of them makes; again they change nothing', async () => {
    const { store, service } = openedLibrary();
    const { manifest } = await service.importFiles([file('SPY.csv', 0, 400)], defaultChoices, ignore);
    const later = [file('later.csv', 390, 800), file('latest.csv', 800, 900)];
    const summary = await service.appendFiles(manifest.id, later, defaultChoices, ignore, rules);
    const together = openedLibrary();
    const all = await together.service.importFiles([file('SPY.csv', 0, 400), ...later], defaultChoices, ignore);
    expect(summary.manifest).toMatchObject({ name: 'SPY', sha256: all.manifest.sha256, bars: 900 });
    expect(summary.manifest.audits.map(({ file: name, accepted }) => [name, accepted])).toEqual([
      ['SPY.csv', 400],
      ['later.csv', 400],
      ['latest.csv', 100],
    ]);
    const countsOf = ({ audits }: Manifest) => audits.map((audit) => ({ ...audit, decisions: [] }));
    expect(countsOf(summary.manifest)).toEqual(countsOf(all.manifest));
    expect(summary.derived!.given.map(({ taken, duplicates }) => [taken, duplicates])).toEqual([
      [400, 0],
      [500, 10],
    ]);
    expect((await store.all()).map(({ id }) => id)).toEqual([summary.manifest.id]);

    const again = await service.appendFiles(summary.manifest.id, later, defaultChoices, ignore, rules);
    expect(again).toMatchObject({
      existing: true,
      manifest: { id: summary.manifest.id, sha256: all.manifest.sha256 },
    });
    expect((await store.all()).map(({ id }) => id)).toEqual([summary.manifest.id]);
  });

  it('have what was left out of them listed behind what was before, and all bars looked at for what is suspicious', async () => {
    const rows = (from: number, end: number, bad: number): string => {
      let text = 'timestamp,symbol,open,high,low,close,volume\n';
      for (let i = from; i < end; i++) {
        const price = i === 250 ? 1_000 : 100 + (i % 7);
        text += `${isoText(instant(monday + i * minute))},SPY,${price},${price + 1},${price - 1},${price},${i + 1}\n`;
      }
      for (let i = 0; i < bad; i++) text += `broken ${end} ${i},SPY\n`;
      return text;
    };
    const texts = { first: rows(0, 200, 501), second: rows(200, 390, 700), third: rows(370, 390, 2) };
    const files = Object.entries(texts).map(([name, text]) => ({
      path: `${name}.csv`,
      file: new File([text], `${name}.csv`),
    }));
    const lists = async ({ service }: ReturnType<typeof openedLibrary>, dataset: string) => {
      const query = { dataset, wanted: '', kind: '', from: 0, count: 10_000 };
      return { leftOut: await service.leftOut(query), flags: await service.flags(query) };
    };
    const together = openedLibrary();
    const all = await together.service.importFiles(files, defaultChoices, ignore, rules);
    const wanted = await lists(together, all.manifest.id);
    expect([wanted.leftOut.total, wanted.flags.total > 0]).toEqual([1_203, true]);

    const here = openedLibrary();
    const { manifest: before } = await here.service.importFiles(files.slice(0, 1), defaultChoices, ignore, rules);
    const added = await here.service.appendFiles(before.id, files.slice(1), defaultChoices, ignore, rules);
    expect(await lists(here, added.manifest.id)).toEqual(wanted);
    expect(added.manifest.flags).toEqual(all.manifest.flags);
    expect(added.coverage).toEqual(all.coverage);
    const found = { wanted: 'broken 390 699', kind: 'rejected', from: 0, count: 10 };
    expect(await here.service.leftOut({ ...found, dataset: added.manifest.id })).toMatchObject({
      total: 1,
      entries: [{ file: 'second.csv', line: 891 }],
    });
    expect(await (await here.service.leftOutCsv(added.manifest.id)).text()).toBe(
      await (await together.service.leftOutCsv(all.manifest.id)).text(),
    );
  });

  it('have each bar listed that contradicts one that is there, with line, both values and what was taken', async () => {
    const values = (price: number, volume: number) =>
      `open ${price} high ${price + 1} low ${price - 1} close ${price} volume ${volume}`;
    const reason = (i: number, where: string, price: number, fate: string) =>
      `SPY at ${isoText(instant(monday + i * minute))} has other values in ${where} (${values(price, i)}), ${fate}`;
    const stored = (i: number, fate: string) => ({
      ...{ file: 'dataset "SPY"', line: null, kind: 'conflict', text: values(100, i) },
      reason: reason(i, `line ${i - 9_996} of later.csv`, 50, fate),
    });
    const added = (i: number, fate: string) => ({
      ...{ file: 'later.csv', line: i - 9_996, kind: 'conflict', text: values(50, i) },
      reason: reason(i, 'dataset "SPY"', 100, fate),
    });
    const lost = {
      last: (i: number) => [stored(i, 'which was taken as the last one')],
      first: (i: number) => [added(i, 'which was taken as the first one')],
      reject: (i: number) => [stored(i, 'so that neither was taken'), added(i, 'so that neither was taken')],
    };
    for (const conflicts of ['last', 'first', 'reject'] as const) {
      const { service } = openedLibrary();
      const before = [file('SPY.csv', 0, 10_000), file('other.csv', 10_000, 10_001)];
      const { manifest } = await service.importFiles(before, defaultChoices, ignore);
      const files = [file('later.csv', 9_998, 10_000, 50), file('more.csv', 9_990, 9_992)];
      const choices = { ...defaultChoices, conflicts };
      const summary = await service.appendFiles(manifest.id, files, choices, ignore, rules);
      const query = { dataset: summary.manifest.id, wanted: '', kind: '', from: 0, count: 10 };
      const wanted = [9_998, 9_999].flatMap(lost[conflicts]);
      expect(await service.leftOut(query)).toEqual({ total: wanted.length, entries: wanted });
      expect(leftOutCount(summary.manifest)).toBe(wanted.length);
      expect(await service.leftOut({ ...query, wanted: 'later' })).toMatchObject({ total: wanted.length });
      const ofFiles = conflicts === 'last' ? 0 : 2;
      const counts = summary.audits.map(({ file: name, ...audit }) => [
        name,
        audit.accepted,
        audit.duplicates,
        audit.conflicts,
      ]);
      expect(counts).toEqual([
        ['later.csv', 2 - ofFiles, 0, ofFiles],
        ['more.csv', 0, 2, 0],
      ]);
      const csv = await (await service.leftOutCsv(summary.manifest.id)).text();
      if (conflicts !== 'first') expect(csv.split('\r\n')[1]).toContain('"dataset ""SPY""",,conflict,');
    }
  });

  it('have as many of those listed as an import has, a page at a time', async () => {
    const { store, service } = openedLibrary();
    const { manifest } = await service.importFiles([file('SPY.csv', 0, 20_000)], defaultChoices, ignore);
    const contradicting = file('later.csv', 0, 20_000, 50);
    const summary = await service.appendFiles(manifest.id, [contradicting], defaultChoices, ignore, rules);
    expect(summary.manifest.pages).toMatchObject({ 'left out': 40 });
    expect(leftOutCount(summary.manifest)).toBe(20_000);
    expect((await store.all()).map(({ id }) => id)).toEqual([summary.manifest.id]);
  });

  it('that cannot be read, or have another interval, leave it as it was', async () => {
    const { store, service } = openedLibrary();
    const { manifest } = await service.importFiles([file('SPY.csv', 0, 400)], defaultChoices, ignore);
    const broken = { path: 'no.csv', file: new File(['nothing'], 'no.csv') };
    await expect(service.appendFiles(manifest.id, [broken], defaultChoices, ignore, rules)).rejects.toThrow('no.csv');
    const days = 'date,open,high,low,close\n2024-11-25,1,1,1,1\n2024-11-26,1,1,1,1\n2024-11-27,1,1,1,1\n';
    const daily = { path: 'days.csv', file: new File([days], 'days.csv') };
    await expect(service.appendFiles(manifest.id, [daily], defaultChoices, ignore, rules)).rejects.toThrow(
      'days.csv has bars of 1d, "SPY" has bars of 1m; import it as a dataset of its own',
    );
    await expect(service.appendFiles('gone', [daily], defaultChoices, ignore, rules)).rejects.toThrow(
      'dataset gone is not in the library',
    );
    expect(await store.all()).toEqual([manifest]);
    expect(await store.chunk(manifest.id, 0, 0)).toBeInstanceOf(Uint8Array);
  });
});
