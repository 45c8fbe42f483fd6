import { describe, expect, test } from 'vitest';
import { hexWords, Mix } from '../../src/session/mix.ts';
import { seeded } from '../support/synthetic.ts';

function digestOf(...parts: readonly Int32Array[]): string {
  const mix = new Mix();
  for (const part of parts) mix.words(part, 0, part.length);
  const out = new Int32Array(4);
  mix.digest(out);
  return hexWords(out);
}

function randomWords(length: number, seed: number): Int32Array {
  const random = seeded(seed);
  return Int32Array.from({ length }, () => Math.floor(random() * 4_294_967_296) | 0);
}

describe('a digest of words', () => {
  test('is 32 hex digits, the same for the same words, whatever array they lie in', () => {
    const words = randomWords(50, 1);
    expect(digestOf(words)).toMatch(/^[0-9a-f]{32}$/);
    const wide = new Int32Array(100).fill(-1);
    wide.set(words, 30);
    const mix = new Mix().words(wide, 30, 80);
    const out = new Int32Array(6);
    mix.digest(out, 2);
    expect(hexWords(out, 2)).toBe(digestOf(words));
    expect([out[0], out[1]]).toEqual([0, 0]);
  });

  test.each([0, 1, 2, 3, 4, 5, 31, 64])('of %i words changes with any bit of any word', (length) => {
    const words = randomWords(length, 7 + length);
    const before = digestOf(words);
    for (let i = 0; i < length; i++)
      for (let bit = 0; bit < 32; bit++) {
        words[i]! ^= 1 << bit;
        if (digestOf(words) === before) expect.fail(`bit ${bit} of word ${i} does not count`);
        words[i]! ^= 1 << bit;
      }
    expect(digestOf(words)).toBe(before);
  });

  test('changes in every lane when one word changes, and about half of the bits turn over', () => {
    const words = randomWords(40, 3);
    const before = digestOf(words);
    let turned = 0;
    for (let i = 0; i < 40; i++) {
      words[i]! ^= 1;
      const after = digestOf(words);
      words[i]! ^= 1;
      for (let lane = 0; lane < 4; lane++)
        expect(after.slice(lane * 8, lane * 8 + 8)).not.toBe(before.slice(lane * 8, lane * 8 + 8));
      for (let digit = 0; digit < 32; digit++)
        for (let x = parseInt(before[digit]!, 16) ^ parseInt(after[digit]!, 16); x > 0; x >>= 1) turned += x & 1;
    }
    const share = turned / (40 * 128);
    expect(share).toBeGreaterThan(0.4);
    expect(share).toBeLessThan(0.6);
  });

  test('tells zeros of one length from zeros of another', () => {
    const digests = Array.from({ length: 40 }, (_, length) => digestOf(new Int32Array(length)));
    expect(new Set(digests).size).toBe(40);
  });

  test('depends on the order of words and of parts', () => {
    const [a, b] = [randomWords(8, 1), randomWords(8, 2)];
    const swapped = Int32Array.from(a);
    [swapped[0], swapped[4]] = [a[4]!, a[0]!];
    expect(new Set([digestOf(a, b), digestOf(b, a), digestOf(swapped, b)]).size).toBe(3);
  });
});
