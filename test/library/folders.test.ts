import { describe, expect, it } from 'vitest';
import { defaultChoices } from '../../src/intake/choices.ts';
import type { ByteSource } from '../../src/intake/source.ts';
import { importFiles } from '../../src/library/import.ts';
import { previewFiles } from '../../src/library/import-preview.ts';
import { MemoryStore } from '../../src/library/memory-store.ts';
import { csv, file } from '../intake/files.ts';
import { zipArchive } from '../support/zip-archive.ts';

const day = (n: number) =>
  csv(
    `${new Date(Date.UTC(2020, 0, n, 15)).toISOString().slice(0, 19)}Z,1,4,0.5,2,${n}`,
    `${new Date(Date.UTC(2020, 0, n, 15, 1)).toISOString().slice(0, 19)}Z,1,4,0.5,2,${n}`,
  );
const zipped = (n: number) => zipArchive([{ path: 'spy.csv', content: day(n) }]);
const name = (n: number) => `minute/spy/2020${String(n).padStart(4, '0')}.zip`;
const folder = (days: number): ByteSource[] => Array.from({ length: days }, (_, n) => file(name(n + 1), zipped(n + 1)));

function imported(sources: readonly ByteSource[]) {
  let ids = 0;
  return importFiles(sources, defaultChoices, new MemoryStore(), {
    now: () => 0,
    newId: () => `id${ids++}`,
    breathe: async () => undefined,
    onProgress: ({ bytes, totalBytes }) => expect(bytes).toBeLessThanOrEqual(totalBytes),
  });
}

describe('a folder', () => {
  it('is one dataset under its name, of whose files each has its audit, whatever their order', async () => {
    const files = folder(40);
    const { manifest, audits, skipped } = await imported(files);
    expect(manifest).toMatchObject({ name: 'minute', bars: 80, symbols: [{ name: 'spy' }] });
    expect(audits.map(({ file: path, accepted }) => [path, accepted])).toEqual(
      files.map((each) => [`${each.name}/spy.csv`, 2]),
    );
    expect(skipped).toEqual([]);
    expect((await imported(files.toReversed())).manifest.sha256).toBe(manifest.sha256);
  });

  it('keeps equal decisions of its files as one', async () => {
    const { audits } = await imported(folder(3));
    expect(audits[1]!.decisions.length).toBeGreaterThan(4);
    for (const [i, decision] of audits[1]!.decisions.entries()) expect(audits[2]!.decisions[i]).toBe(decision);
  });

  it('tells what of it is no data, which the dataset keeps', async () => {
    const others = [file('minute/.DS_Store', 'x'), file('minute/README.md', 'x'), file('minute/spy/none.csv', '')];
    const { manifest, skipped } = await imported([...others, ...folder(2)]);
    expect(skipped).toEqual([
      { file: 'minute/.DS_Store', reason: 'it is hidden' },
      { file: 'minute/README.md', reason: 'it is about the files' },
      { file: 'minute/spy/none.csv', reason: 'it is empty' },
    ]);
    expect(manifest.skipped).toEqual(skipped);
    await expect(imported(others)).rejects.toThrow(
      'There is no file to import among 3: minute/.DS_Store is not read, as it is hidden',
    );
  });

  it('with a damaged file is refused whole, by its path', async () => {
    const files = [...folder(2), file('minute/spy/cut.zip', zipped(3).subarray(0, 90))];
    await expect(imported(files)).rejects.toThrow('minute/spy/cut.zip is a zip archive that is cut short');
  });
});

it('a file that was chosen by itself is read whatever its name', async () => {
  expect((await imported([file('README.txt', day(1))])).manifest.bars).toBe(2);
});

describe('a preview', () => {
  it('looks at all of few files, and into archives', async () => {
    const { files, count, skipped } = await previewFiles(
      [
        file('B.csv', day(1)),
        file(
          'a.zip',
          zipArchive([
            { path: 'C.csv', content: day(2) },
            { path: 'x.md', content: 'x' },
          ]),
        ),
      ],
      defaultChoices,
    );
    expect([files.map((each) => each.file), count]).toEqual([['B.csv', 'a.zip/C.csv'], 2]);
    expect(skipped).toEqual([{ file: 'a.zip/x.md', reason: '.md files are not read' }]);
  });

  it('looks at some of many from all over, the first and the last among them', async () => {
    const { files, count } = await previewFiles(folder(2_000), defaultChoices);
    expect([files.length, count]).toEqual([12, 2_000]);
    expect([files[0]!.file, files[11]!.file]).toEqual([`${name(1)}/spy.csv`, `${name(2_000)}/spy.csv`]);
    const archive = zipArchive(Array.from({ length: 100 }, (_, n) => ({ path: `${n}.csv`, content: day(n + 1) })));
    const inside = await previewFiles([file('a.zip', archive)], defaultChoices);
    expect([inside.files.length, inside.count]).toEqual([12, 100]);
  });
});
