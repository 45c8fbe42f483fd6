import { expect, it } from 'vitest';
import { entriesOf, EntryPages, pageEntries } from '../../src/intake/entry-pages.ts';

it('gives full pages once, and the rest at the end', () => {
  const pages = new EntryPages<number>(10_000);
  for (let i = 0; i < pageEntries + 3; i++) pages.add(i);
  const first = pages.take(false);
  expect(first.map((page) => entriesOf<number>(page).length)).toEqual([pageEntries]);
  expect(pages.take(false)).toEqual([]);
  expect(pages.take(true).map((page) => entriesOf<number>(page))).toEqual([
    [pageEntries, pageEntries + 1, pageEntries + 2],
  ]);
  expect(pages.take(true)).toEqual([]);
});

it('counts what it has no room for', () => {
  const pages = new EntryPages<number>(4);
  for (let i = 0; i < 9; i++) pages.add(i);
  expect([pages.added, pages.kept]).toEqual([9, 4]);
  expect(pages.take(true).flatMap((page) => entriesOf<number>(page))).toEqual([0, 1, 2, 3]);
});
