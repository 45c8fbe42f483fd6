import { expect, test } from 'vitest';
import { adjustmentsHeadBytes } from '../../src/intake/adjustments-file.ts';
import { whole } from '../../src/intake/byte-slices.ts';
import { contentsOf } from '../../src/intake/contents.ts';
import { onceOpened } from '../../src/intake/once-opened.ts';
import { csv, file } from './files.ts';

const lines = csv(...Array.from({ length: 40 }, (_, i) => `2013-10-07T13:${10 + i}:00Z,1,1,1,1,${i}`));
const textOf = async (slices: AsyncIterable<Uint8Array>): Promise<string> =>
  new TextDecoder().decode(await whole(slices));

test('what looked at the beginning reads on from there, with one opening', async () => {
  for (const chunks of [[7], [50, 3], [65_536]]) {
    const source = file('A.csv', lines, chunks);
    const once = onceOpened(source);
    const [read] = (await contentsOf(once)).files;
    expect(await textOf(once.open(0, 4))).toBe(lines.slice(0, 4));
    expect(await textOf(read!.open())).toBe(lines);
    await once.close();
    expect([source.opened, source.closed]).toEqual([1, 1]);
    expect(await textOf(once.open())).toBe(lines);
    expect(await textOf(once.open(2, adjustmentsHeadBytes + 9))).toBe(lines.slice(2, adjustmentsHeadBytes + 9));
    expect([source.opened, source.closed]).toEqual([3, 3]);
  }
});

test('it is closed where nobody reads it, or not to its end', async () => {
  for (const isBegun of [false, true]) {
    const source = file('A.csv', lines, [50]);
    const once = onceOpened(source);
    await contentsOf(once);
    if (isBegun) for await (const slice of once.open()) if (slice.length > 0) break;
    await once.close();
    expect([source.opened, source.closed]).toEqual([1, 1]);
  }
});

test('an empty file is read as one', async () => {
  const once = onceOpened(file('A.csv', ''));
  await contentsOf(once);
  expect(await textOf(once.open())).toBe('');
  await once.close();
});
