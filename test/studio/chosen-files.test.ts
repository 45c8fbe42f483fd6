import { expect, it } from 'vitest';
import { filesDropped } from '../../src/studio/chosen-files.ts';

const fileEntry = (name: string) => ({
  ...{ name, isFile: true, isDirectory: false },
  file: (give: (file: File) => void) => give(new File(['x'], name)),
});

/** A folder that gives two of its entries at a time, as browsers give a hundred. */
function folderEntry(name: string, ...entries: object[]) {
  const createReader = () => {
    const left = [...entries];
    return { readEntries: (give: (some: object[]) => void) => give(left.splice(0, 2)) };
  };
  return { name, isFile: false, isDirectory: true, createReader };
}

const transfer = (entries: readonly { name: string }[]) =>
  ({
    items: entries.map((entry) => ({ kind: 'file', webkitGetAsEntry: () => entry })),
    files: entries.map(({ name }) => new File(['x'], name)),
  }) as unknown as DataTransfer;

it('finds the files of folders at any depth, by path and in its order', async () => {
  const spy = folderEntry('spy', ...['3.zip', '1.zip', '2.zip'].map(fileEntry));
  const found = await filesDropped(
    transfer([folderEntry('lean', spy, folderEntry('none'), fileEntry('a.md')), fileEntry('z.csv')]),
  );
  expect(found.map(({ path, file }) => [path, file.name])).toEqual([
    ['lean/a.md', 'a.md'],
    ['lean/spy/1.zip', '1.zip'],
    ['lean/spy/2.zip', '2.zip'],
    ['lean/spy/3.zip', '3.zip'],
    ['z.csv', 'z.csv'],
  ]);
});

it('leaves files that were dropped without a folder in their order', async () => {
  const found = await filesDropped(transfer([fileEntry('B.csv'), fileEntry('A.csv')]));
  expect(found.map(({ path }) => path)).toEqual(['B.csv', 'A.csv']);
});

it('rejects when a folder cannot be read', async () => {
  const gone = {
    name: 'gone',
    isFile: false,
    isDirectory: true,
    createReader: () => ({ readEntries: (_: unknown, fail: (error: Error) => void) => fail(new Error('gone')) }),
  };
  await expect(filesDropped(transfer([gone]))).rejects.toThrow('gone');
});
