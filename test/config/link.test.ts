import { deflateRawSync } from 'node:zlib';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fromBase64url, toBase64url } from '../../src/config/base64url.ts';
import { nonDefault } from '../../src/config/format.ts';
import type { LinkResult } from '../../src/config/link.ts';
import { decodeLink, encodeLink } from '../../src/config/link.ts';
import { readConfig } from '../../src/config/read.ts';
import type { Config } from '../../src/config/schema.ts';
import { defaultConfig } from '../../src/config/schema.ts';
import { written } from './arbitrary.ts';

const seed = Date.now() & 0x7fffffff;

function configOf(result: LinkResult | ReturnType<typeof readConfig>): Config {
  if (!result.ok) throw new Error(result.findings.map(({ message }) => message).join('; '));
  if ('empty' in result) throw new Error('The link is empty.');
  return result.config;
}

/** The link that people can read and write. */
function plainLink(config: Config): string {
  return `#config=${encodeURIComponent(JSON.stringify(nonDefault(config)))}`;
}

describe('links', () => {
  it(`give back the configuration, in both forms (seed ${seed})`, async () => {
    await fc.assert(
      fc.asyncProperty(written, async (input) => {
        const config = configOf(readConfig(input));
        const compact = await encodeLink(config);
        expect(compact).toMatch(/^#c=[A-Za-z0-9_-]+$/);
        const plain = plainLink(config);
        for (const link of [compact, plain, `https://example.org/tapedeck/?x=1${compact}`]) {
          const again = configOf(await decodeLink(link));
          expect(again).toEqual(config);
          expect(JSON.stringify(again)).toBe(JSON.stringify(config));
        }
      }),
      { seed, numRuns: 300 },
    );
  }, 60_000);

  it('hold only what differs from the defaults', async () => {
    const config = configOf(readConfig({ version: 1, replay: { speed: 'max' }, feed: { seed: 1, dropRate: 0.1 } }));
    expect(nonDefault(config)).toEqual({ replay: { speed: 'max' }, feed: { dropRate: 0.1 } });
    expect(decodeURIComponent(plainLink(config))).toBe('#config={"replay":{"speed":"max"},"feed":{"dropRate":0.1}}');
    expect((await encodeLink(defaultConfig())).length).toBeLessThan(12);
  });

  it('take the set-up of the sample in less than 200 characters', async () => {
    const setUp = { data: { dataset: 'sample', fillFrom: ['backup'] }, replay: { speed: 600 } };
    const config = configOf(readConfig(setUp));
    for (const link of [await encodeLink(config), plainLink(config)]) expect(link.length).toBeLessThan(200);
  });

  it('say which settings they gave', async () => {
    const result = await decodeLink('#config={"upkeep":{"derivedIntervals":["5m"]}}');
    expect(result).toMatchObject({ ok: true, given: new Set(['upkeep.derivedIntervals']) });
  });

  it.each(['', '#'])('%j is empty', async (hash) => {
    expect(await decodeLink(hash)).toEqual({ ok: true, empty: true });
  });

  it('may be written by hand, encoded or not', async () => {
    for (const link of ['#config={"replay": {"speed": 10}}', '#config=%7B%22replay%22%3A%7B%22speed%22%3A10%7D%7D']) {
      expect(configOf(await decodeLink(link)).replay.speed).toBe(10);
    }
  });

  it('carry names in any script', async () => {
    const config = configOf(readConfig({ data: { dataset: 'Börse 東京 📈' } }));
    expect(configOf(await decodeLink(await encodeLink(config)))).toEqual(config);
  });

  it('that no page would read are not made', async () => {
    const random = (index: number) => ((index * 2_654_435_761) % 4_294_967_296).toString(36);
    const symbols = Array.from({ length: 5_000 }, (_, index) => random(index + 1));
    const config = configOf(readConfig({ data: { symbols } }));
    await expect(encodeLink(config)).rejects.toThrow(/^The link would be \d+ characters long; at most 8192 are read\./);
  });

  it('of five hundred symbols fit', async () => {
    const symbols = Array.from({ length: 500 }, (_, index) => `S${(index * 7_919) % 10_007}`);
    const config = configOf(readConfig({ data: { symbols } }));
    expect(configOf(await decodeLink(await encodeLink(config)))).toEqual(config);
  });

  it('reads what another deflate made', async () => {
    const link = `#c=${toBase64url(deflateRawSync('{"replay":{"speed":"max"}}', { level: 0 }))}`;
    expect(configOf(await decodeLink(link)).replay.speed).toBe('max');
  });
});

describe('base64url', () => {
  it(`agrees with the platform both ways (seed ${seed})`, () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 100 }), (bytes) => {
        const text = toBase64url(bytes);
        expect(text).toBe(Buffer.from(bytes).toString('base64url'));
        expect(fromBase64url(text)).toEqual(bytes);
      }),
      { seed },
    );
  });

  it('refuses what no bytes are written as', () => {
    expect(fromBase64url('A')).toBeUndefined();
    expect(fromBase64url('AB')).toBeUndefined();
    expect(fromBase64url('AAB')).toBeUndefined();
    expect(fromBase64url('AA')).toEqual(new Uint8Array(1));
  });
});
