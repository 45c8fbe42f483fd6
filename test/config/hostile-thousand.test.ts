import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { deflateRawSync } from 'node:zlib';
import { afterEach, expect, test, vi } from 'vitest';
import { toBase64url } from '../../src/config/base64url.ts';
import { decodeLink } from '../../src/config/link.ts';
import { groups, settings } from '../../src/config/schema.ts';

const compact = (text: string | Uint8Array): string => `#c=${toBase64url(deflateRawSync(text))}`;
const plain = (text: string): string => `#config=${encodeURIComponent(text)}`;
/** The JSON by hand and as Share packs it. */
const both = (text: string): string[] => [plain(text), compact(text)];
const holders = Object.entries(groups).flatMap(([name, entry]) => ('kind' in entry ? [] : [name]));
const inGroup = (group: string | null, key: string, json: string): string =>
  group === null ? `{${JSON.stringify(key)}:${json}}` : `{${JSON.stringify(group)}:{${JSON.stringify(key)}:${json}}}`;

const prototypes = [
  '__proto__',
  'constructor',
  'prototype',
  'toString',
  'valueOf',
  'hasOwnProperty',
  '__defineGetter__',
];
const scripts = [
  '<script>globalThis.hit=1</script>',
  '"><img src=x onerror=globalThis.hit=1>',
  'javascript:globalThis.hit=1',
  '${globalThis.hit=1}',
  "';globalThis.hit=1;//",
  '\u202e\u0000<svg/onload=globalThis.hit=1>',
];
const numbers = ['1e999', '-1e999', '1e308', '-0', '0.1e-400', '9007199254740993', '-1', '2147483648', '1.5', '"NaN"'];
const shapes = ['[]', '{}', '[[]]', '[null]', '""', 'true', `"${'x'.repeat(5_000)}"`, `[${'"x",'.repeat(3_000)}"x"]`];

/** One of each kind of attack for each place that there is for it; the same at every run. */
function attacks(): string[] {
  const links: string[] = [];
  for (const key of prototypes) {
    for (const value of ['{"polluted":1}', '1', 'null', '[]']) {
      links.push(...both(`{${JSON.stringify(key)}:${value}}`));
      for (const group of holders) links.push(plain(inGroup(group, key, value)));
    }
    for (const open of ['{"session":{"custom":', '{"strategy":{"name":"scripted","params":', '{"data":{"streams":['])
      links.push(compact(`${open}{"${key}":{"polluted":1}}${open.endsWith('[') ? ']' : ''}}}`));
  }
  for (const { group, key } of settings) {
    for (const script of scripts) links.push(compact(inGroup(group, key, JSON.stringify(script))));
    for (const number of numbers) links.push(plain(inGroup(group, key, number)));
    for (const shape of shapes) links.push(compact(inGroup(group, key, shape)));
  }
  for (const depth of [100, 10_000, 60_000]) {
    for (const [open, close] of [
      ['[', ']'],
      ['{"a":', '}'],
    ] as const) {
      const deep = `${open.repeat(depth)}1${close.repeat(depth)}`;
      links.push(compact(deep), compact(`{"session":{"custom":${deep}}}`), plain(deep).slice(0, 65_000));
    }
  }
  for (const megabytes of [1, 4, 16])
    links.push(compact(new Uint8Array(megabytes * 1e6)), compact(' '.repeat(megabytes * 1e6)));
  // Sizes that are right each by itself and whose product explodes.
  const symbols = JSON.stringify(Array.from({ length: 1_000 }, (_, i) => `S${i}`));
  const windows = JSON.stringify(Array.from({ length: 60 }, (_, i) => ({ interval: `${i + 1}m`, sessions: 1_000 })));
  links.push(...both(`{"data":{"symbols":${symbols}},"history":{"windows":${windows}}}`));
  links.push(...both(`{"history":{"trailingDays":1000000},"upkeep":{"maxRetries":1000000}}`));
  for (const length of [8_191, 8_192, 8_193, 65_536, 65_537, 1_000_000])
    links.push(`#c=${'A'.repeat(length)}`, `#config=${'%41'.repeat(length)}`);
  return links;
}

/** A thousand of them, spread over all kinds. */
function aThousand(): string[] {
  const all = attacks();
  return Array.from({ length: 1_000 }, (_, i) => all[Math.floor((i * all.length) / 1_000)]!);
}

/** Bytes of the heap after everything that nobody holds is let go. */
function heap(): number {
  setFlagsFromString('--expose_gc');
  (runInNewContext('gc') as () => void)();
  return process.memoryUsage().heapUsed;
}

/** What a prototype has, so that a change of it shows. */
function prototypesNow(): string {
  const all = [Object, Array, Function, String, Number, Boolean, Map, Set, Promise, RegExp, Error];
  return JSON.stringify(all.map(({ prototype }) => Object.getOwnPropertyNames(prototype).sort()));
}

afterEach(() => vi.unstubAllGlobals());

test('a thousand hostile links are refused or read, each at once, in little memory, and leave nothing behind', async () => {
  const links = aThousand();
  expect(new Set(links).size).toBe(1_000);
  const fetched = vi.fn();
  vi.stubGlobal('fetch', fetched);
  const before = prototypesNow();
  for (const link of links.slice(0, 50)) await decodeLink(link);
  const held = heap();
  let accepted = 0;
  const slow: string[] = [];
  for (const link of links) {
    let least = Infinity;
    // A busy machine may take a moment away; ten times in a row it does not.
    for (let attempt = 0; attempt < 10 && least > 50; attempt++) {
      const start = performance.now();
      const read = await decodeLink(link);
      least = Math.min(least, performance.now() - start);
      if (attempt === 0 && read.ok) accepted++;
      if (!read.ok) for (const { message } of read.findings) expect(message.length).toBeLessThan(500);
    }
    if (least > 50) slow.push(`${least.toFixed(0)} ms: ${link.slice(0, 80)}`);
  }
  expect(slow).toEqual([]);
  expect(heap() - held).toBeLessThan(8e6);
  expect(prototypesNow()).toBe(before);
  expect(({} as { polluted?: number }).polluted).toBeUndefined();
  expect((globalThis as { hit?: number }).hit).toBeUndefined();
  expect(fetched).not.toHaveBeenCalled();
  // Texts and numbers that a setting may have are read as what they are.
  expect(accepted).toBeLessThan(400);
}, 60_000);
