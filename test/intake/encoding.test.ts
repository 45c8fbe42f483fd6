import { describe, expect, it } from 'vitest';
import { encodingOf, isAscii } from '../../src/intake/encoding.ts';
import { decided, file, gzipped, header, imported } from './files.ts';

const lines = 'd,1,2,1,2,7\n'.repeat(20);

describe.each([0, 1, 2, 3])('a text that begins %i bytes into its memory', (from) => {
  const bytes = (length: number): Uint8Array => new Uint8Array(64).subarray(from, from + length);

  it.each([1, 2, 3, 4, 5, 6, 7, 8, 9])('of %i bytes is ASCII if all of them are', (length) => {
    expect(isAscii(bytes(length).fill(127))).toBe(true);
    for (let at = 0; at < length; at++) {
      const text = bytes(length).fill(65);
      text[at] = 0x80;
      expect(isAscii(text)).toBe(false);
    }
  });
});

it.each([0, 1, 2, 3, 4])('finds one letter that is none in UTF-8, with %i bytes behind it', (behind) => {
  const text = new TextEncoder().encode(`${lines}é${'x'.repeat(behind)}\n${lines}`);
  expect(encodingOf(text)).toBeUndefined();
  const western = Uint8Array.from([...text].filter((byte) => byte !== 0xc3));
  expect(encodingOf(western)?.name).toBe('Windows-1252');
});

it.each([0, 1, 2, 3, 4, 5])('refuses a text with one byte of zero, %i before its end', async (behind) => {
  const text = new TextEncoder().encode(`${header}\n2013-10-07T13:30:00Z,1,2,1,2,7\n`);
  text[text.length - 1 - behind] = 0;
  await expect(imported([file('A.csv', text)])).rejects.toThrow('is not a text but binary data');
});

describe.each([600, 20_000, 65_000, 70_000])('a letter of Windows-1252 after %i bytes', (at) => {
  // Those that end in a plain letter are read by a faster way.
  const names = ['Soci\xe9t\xe9', 'Soci\xe9t\xe9s'];
  const lines = names.map((name) => `2013-10-07T13:30:00Z,1,2,1,2,7,${name}\n`).join('');
  const text = Buffer.from(
    `${header},symbol\n`.padEnd(at, '2013-10-07T13:30:00Z,1,2,1,2,7,SPY\n') + `\n${lines}`,
    'latin1',
  );

  it.each([
    ['in slices of 64 KiB', file('A.csv', text)],
    ['in one slice', file('A.csv', text, [1_000_000])],
    ['in slices of 700 bytes', file('A.csv', text, [700])],
    ['packed', gzipped('A.csv.gz', text)],
    ['packed, in slices of 700 bytes', gzipped('A.csv.gz', text, [700])],
  ])('is read as the same, or told of, %s', async (_, source) => {
    const { symbols, audits } = await imported([source]);
    const [audit] = audits;
    const isSeen = at < 65_536;
    expect(symbols.map(({ name }) => name).filter((name) => name !== 'SPY')).toEqual(isSeen ? names : []);
    expect(decided(audit!, 'encoding')).toBe(isSeen ? 'Windows-1252' : undefined);
    const reasons = audit!.rejections.map(({ reason }) => reason).filter((reason) => reason.includes('UTF-8'));
    expect(reasons).toEqual(isSeen ? [] : ['symbol has a letter that is not UTF-8; save the file as UTF-8']);
  });
});
