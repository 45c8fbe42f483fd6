import { deflateRawSync } from 'node:zlib';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { toBase64url } from '../../src/config/base64url.ts';
import { deflate, inflate } from '../../src/config/deflate.ts';
import { compactLimit, decodeLink, encodeLink, inflatedLimit, plainLimit } from '../../src/config/link.ts';
import { defaultConfig } from '../../src/config/schema.ts';

const seed = Date.now() & 0x7fffffff;

async function messages(link: string): Promise<string[]> {
  const result = await decodeLink(link);
  return result.ok ? [] : result.findings.map(({ message }) => message);
}

function compact(content: string | Uint8Array): string {
  return `#c=${toBase64url(deflateRawSync(content))}`;
}

/** The least time that a task takes; tried again while a busy machine makes it take longer than `enough`. */
async function milliseconds(task: () => Promise<unknown>, enough: number): Promise<number> {
  let least = Infinity;
  for (let attempt = 0; attempt < 10 && least > enough; attempt++) {
    const start = performance.now();
    await task();
    least = Math.min(least, performance.now() - start);
  }
  return least;
}

describe('a hostile link', () => {
  it.each([
    [
      'config={}',
      'The link "config={}" has no #; it must have #config= and a configuration, or #c= and the text that Share makes.',
    ],
    [
      '#x',
      'The link begins with #"x"; it must have #config= and a configuration, or #c= and the text that Share makes.',
    ],
    ['#c=', 'The link ends too early, after 0 characters; copy all of it.'],
    ['#c=q64FAA.', 'The link has the character U+002E at place 7; it may have letters, digits, - and _ only.'],
    ['#c=q64F+A', 'The link has the character U+002B at place 5; it may have letters, digits, - and _ only.'],
    ['#c=q64Fé', 'The link has the character U+00E9 at place 5; it may have letters, digits, - and _ only.'],
    ['#c=q64F📈', 'The link has the character U+1F4C8 at place 5; it may have letters, digits, - and _ only.'],
    ['#c=q64FA', 'The link ends too early, after 5 characters; copy all of it.'],
    ['#c=_____w', 'The link cannot be unpacked: a part of it is missing or changed; copy all of it.'],
    ['#config=\u0000', 'The link has the character U+0000 at place 1; it may have printable characters only.'],
    ['#config=%7', 'The link has a % that begins no character; write a % itself as %25.'],
    ['#config=%ff', 'The link has a % that begins no character; write a % itself as %25.'],
    ['#config=[]', 'configuration was a list of 0; it must be an object { data, session, … }'],
    ['#config=null', 'configuration was null; it must be an object { data, session, … }'],
    ['#config={"replay":{"speed":1e999}}', 'replay.speed was Infinity; it must be a finite number'],
    [
      '#config={"data":[]}',
      'data was a list of 0; it must be an object { dataset, symbols, from, to, interval, fillFrom, streams, adjust }',
    ],
    ['#config={}&proof=', 'The proof ends too early, after 0 characters; copy all of it.'],
    ['#config={}&proof=_____w', 'The proof cannot be unpacked: a part of it is missing or changed; copy all of it.'],
    [
      `#config={}&proof=${toBase64url(deflateRawSync('{"engine":1}'))}`,
      'The proof in the link is none that this page reads (engine: Invalid type: Expected string but received 1); ask for the link again.',
    ],
    [
      '#config={"__proto__":{"polluted":1}}',
      '__proto__ is not a setting; there are version, data, session, upkeep, history, prefetch, replay, feed, strategy and broker',
    ],
  ])('%j', async (link, message) => {
    expect(await messages(link)).toEqual([message]);
    expect(({} as { polluted?: number }).polluted).toBeUndefined();
  });

  it.each(['#config=', '#config={', '#config={"replay":{"speed":NaN}}', '#config=<script>', compact('hello')])(
    '%j is not JSON',
    async (link) => {
      expect((await messages(link))[0]).toMatch(/^The link does not hold JSON: /);
    },
  );

  it('too long is refused before it is looked at', async () => {
    expect(await messages(`#c=${'.'.repeat(compactLimit + 1)}`)).toEqual([
      'The link is 8193 characters long; at most 8192 are read.',
    ]);
    expect(await messages(`#config=${'%'.repeat(plainLimit + 1)}`)).toEqual([
      'The link is 65537 characters long; at most 65536 are read.',
    ]);
    expect((await messages(`#config=${' '.repeat(plainLimit - 2)}{}`)).length).toBe(0);
  });

  it('cut off anywhere is refused', async () => {
    const link = await encodeLink({ ...defaultConfig(), replay: { speed: 'max' } });
    for (let length = 3; length < link.length; length++) {
      expect((await messages(link.slice(0, length)))[0]).toMatch(/^The link (ends too early|cannot be unpacked)/);
    }
  });

  it('nested as deep as it can be', async () => {
    const deep = `{"session":{"custom":${'['.repeat(100_000)}${']'.repeat(100_000)}}}`;
    expect(await messages(compact(deep))).toEqual([expect.stringMatching(/nested too deep|does not hold JSON/)]);
    expect((await messages(`#config=${'['.repeat(30_000)}${']'.repeat(30_000)}`)).length).toBe(1);
  });

  it('that is not UTF-8', async () => {
    expect(await messages(compact(new Uint8Array([0x7b, 0xff, 0x7d])))).toEqual([
      'The link does not hold text in UTF-8; it was not made by Share.',
    ]);
  });

  it('that unpacks to megabytes', async () => {
    const bomb = compact(new Uint8Array(4_000_000));
    expect(bomb.length).toBeLessThan(compactLimit);
    expect(await messages(bomb)).toEqual([
      'The link unpacks to more than 262144 bytes; no configuration is that large.',
    ]);
  });
});

describe('inflating', () => {
  it('stops a bomb of 200 MB at once, in little memory', async () => {
    const bomb = deflateRawSync(new Uint8Array(200_000_000));
    const before = process.memoryUsage().rss;
    expect(await inflate(bomb, inflatedLimit)).toEqual({ ok: false, reason: 'too long' });
    expect(await milliseconds(() => inflate(bomb, inflatedLimit), 50)).toBeLessThan(50);
    expect(process.memoryUsage().rss - before).toBeLessThan(50_000_000);
  }, 60_000);

  it('takes exactly the limit and not a byte more', async () => {
    const bytes = new Uint8Array(inflatedLimit + 1).map((_, index) => index * 31);
    const most = await inflate(deflateRawSync(bytes.subarray(1)), inflatedLimit);
    expect(most.ok && Buffer.compare(most.bytes, bytes.subarray(1))).toBe(0);
    expect(await inflate(deflateRawSync(bytes), inflatedLimit)).toEqual({ ok: false, reason: 'too long' });
  });

  it(`undoes deflating (seed ${seed})`, async () => {
    await fc.assert(
      fc.asyncProperty(fc.uint8Array({ maxLength: 5_000 }), async (bytes) => {
        expect(await inflate(await deflate(bytes), 5_000)).toEqual({ ok: true, bytes });
      }),
      { seed, numRuns: 50 },
    );
  });
});

/** A right link, and then a few characters changed, removed, repeated or put in. */
const damaged = fc
  .tuple(
    fc.constantFrom(
      '#config={"replay":{"speed":"max"},"data":{"symbols":["SPY","QQQ"],"from":"2013-10-04"}}',
      '#config=%7B%22feed%22%3A%7B%22dropRate%22%3A0.1%2C%22seed%22%3A7%7D%7D',
      compact('{"replay":{"speed":"max"},"data":{"symbols":["SPY","QQQ"],"from":"2013-10-04"}}'),
    ),
    fc.array(fc.tuple(fc.nat(200), fc.nat(3), fc.string({ unit: 'binary', maxLength: 3 })), {
      minLength: 1,
      maxLength: 6,
    }),
  )
  .map(([link, edits]) => {
    const prefix = link.indexOf('=') + 1;
    return edits.reduce((text, [place, removed, put]) => {
      const at = prefix + (place % (text.length - prefix + 1));
      return text.slice(0, at) + put + text.slice(at + removed);
    }, link);
  });

const hostile = fc.oneof(
  damaged,
  fc.string({ unit: 'binary' }).map((text) => `#${text}`),
  fc.string({ unit: 'binary' }).map((text) => `#config=${text}`),
  fc.json({ maxDepth: 10 }).map((json) => `#config=${encodeURIComponent(json)}`),
  fc.json({ maxDepth: 10 }).map(compact),
  fc.uint8Array({ maxLength: 300 }).map((bytes) => `#c=${toBase64url(bytes)}`),
  fc.uint8Array({ maxLength: 300 }).map(compact),
);

/** `HOSTILE_LINKS=100000` looks at so many. */
const generated = Number(process.env['HOSTILE_LINKS'] ?? 2_000);

describe(`${generated} links made up at random`, () => {
  it(
    `are accepted or refused, quickly and without a throw (seed ${seed})`,
    async () => {
      let accepted = 0;
      let refused = 0;
      let slow = 0;
      await fc.assert(
        fc.asyncProperty(hostile, async (link) => {
          const result = await decodeLink(link);
          if ((await milliseconds(() => decodeLink(link), 50)) > 50) slow++;
          if (result.ok) accepted++;
          else {
            refused++;
            expect(result.findings.length).toBeGreaterThan(0);
            for (const { message } of result.findings) {
              expect(message.length).toBeGreaterThan(20);
              expect(message.length).toBeLessThan(500);
            }
          }
        }),
        { seed, numRuns: generated },
      );
      expect(accepted + refused).toBe(generated);
      expect(({} as { polluted?: number }).polluted).toBeUndefined();
      expect(refused).toBeGreaterThan(generated / 2);
      expect(accepted).toBeGreaterThan(0);
      expect(slow).toBe(0);
    },
    60_000 + generated * 10,
  );
});
