import { beforeEach, describe, expect, test } from 'vitest';
import type { Edition } from '../../src/hosting/edition.ts';
import { headers } from '../../src/hosting/headers.ts';
import { Shelf } from '../../src/hosting/shelf.ts';
import { FakeCaches } from './fake-caches.ts';

const folder = 'https://host/some/where/';
const first: Edition = { version: 'one', entry: 'assets/a-1.js', files: ['', 'assets/a-1.js', 'assets/both.js'] };
const second: Edition = { version: 'two', entry: 'assets/a-2.js', files: ['', 'assets/a-2.js', 'assets/both.js'] };

let caches: FakeCaches;
let host: Map<string, { text: string; type: string }>;
let downloads: [string, boolean][];

function deploy({ entry, files }: Edition): void {
  host = new Map(
    files.map((file) => [
      folder + file,
      file === ''
        ? { text: `<script src="./${entry}">`, type: 'text/html; charset=utf-8' }
        : { text: file, type: 'text/javascript' },
    ]),
  );
}

function shelfOf(at = folder): Shelf {
  return new Shelf(caches as unknown as CacheStorage, at, async (url, fresh) => {
    downloads.push([url, fresh]);
    const file = host.get(url);
    return new Response(file?.text ?? '', { status: file ? 200 : 404, headers: { 'Content-Type': file?.type ?? '' } });
  });
}

const textOf = async (shelf: Shelf, file: string, version: string): Promise<string | undefined> =>
  (await shelf.find(folder + file, version))?.text();

beforeEach(() => {
  caches = new FakeCaches();
  downloads = [];
  deploy(first);
});

describe('adding an edition', () => {
  test('puts all of it there with the headers; the page is downloaded past the cache, hashed names are not', async () => {
    const shelf = shelfOf();
    await shelf.add(first);
    const page = await shelf.find(folder, 'one');
    for (const [name, value] of Object.entries(headers)) expect(page?.headers.get(name)).toBe(value);
    expect(await textOf(shelf, 'assets/a-1.js', 'one')).toBe('assets/a-1.js');
    expect(downloads).toContainEqual([folder, true]);
    expect(downloads).toContainEqual([`${folder}assets/a-1.js`, false]);
  });

  test('takes what is here already under the same hash', async () => {
    const shelf = shelfOf();
    await shelf.add(first);
    deploy(second);
    downloads = [];
    await shelf.add(second);
    expect(downloads.map(([url]) => url)).toEqual([folder, `${folder}assets/a-2.js`]);
    expect(await textOf(shelf, 'assets/both.js', 'two')).toBe('assets/both.js');
  });

  test.each([
    ['a file is missing', () => host.delete(`${folder}assets/both.js`), /both.js was answered with 404/],
    [
      'the host answers a script with a page',
      () => host.set(`${folder}assets/both.js`, { text: '<html>', type: 'text/html' }),
      /both.js is not what it was built as/,
    ],
    [
      'the page is of another edition',
      () => host.set(folder, { text: '<script src="./assets/a-9.js">', type: 'text/html' }),
      /is of another edition than one/,
    ],
  ])('leaves nothing when %s', async (_, arrange, reason) => {
    arrange();
    await expect(shelfOf().add(first)).rejects.toThrow(reason);
    expect(await caches.keys()).toEqual([]);
  });
});

describe('with two editions', () => {
  let shelf: Shelf;
  beforeEach(async () => {
    shelf = shelfOf();
    await shelf.add(first);
    deploy(second);
    await shelf.add(second);
  });

  test('each finds its own page, and what only the other has', async () => {
    expect(await textOf(shelf, '', 'one')).toContain('a-1.js');
    expect(await textOf(shelf, '', 'two')).toContain('a-2.js');
    expect(await textOf(shelf, 'assets/a-1.js', 'two')).toBe('assets/a-1.js');
    expect(await textOf(shelf, 'assets/none.js', 'two')).toBeUndefined();
  });

  test('the old one stays while a page of it is open, and goes with the last', async () => {
    await shelf.clear('two', [`${folder}assets/a-1.js`, `${folder}assets/a-2.js`]);
    expect(await caches.keys()).toHaveLength(2);
    await shelf.clear('two', [`${folder}assets/a-2.js`]);
    expect(await textOf(shelf, 'assets/a-1.js', 'two')).toBeUndefined();
    expect(await textOf(shelf, 'assets/a-2.js', 'two')).toBe('assets/a-2.js');
  });

  test('pages of other folders of the host are let be', async () => {
    await caches.open('of another page');
    await shelfOf('https://host/some/where/else/').clear('none', []);
    await shelf.clear('two', []);
    expect(await caches.keys()).toEqual([`tapedeck ${folder} two`, 'of another page']);
  });
});
